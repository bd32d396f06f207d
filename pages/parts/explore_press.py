"""Presses on the map and on the table's rows: each is taken once, in their order, however many are on their way.

Both tell the page of a press at once, and the page hands it on until it hears that it was taken. A press says when it
was made (`at`, milliseconds of the page's own clock) and which panel stood beside the map then.
"""

from collections.abc import Mapping
from math import isfinite
from pathlib import Path
from typing import Any

import streamlit as st

from pages.parts.explore_state import PANELS, Desk, change, open_record
from story.outlook import spot_at

_HERE = Path(__file__).parent
KEY = "press"

_PRESS = st.components.v2.component(
    "explore_press",
    html='<div class="explore-press"></div>',
    js=(_HERE / "explore_press.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def hear_presses(desk: Desk) -> None:
    """Listen to the map and the table; nothing is seen of it."""
    _PRESS(key=KEY, data={"taken": st.session_state.get("taken", 0.0)}, on_told_change=lambda: take_presses(desk))


def take_presses(desk: Desk) -> None:
    """Take in the presses that are new, held against what is known."""
    told: Any = (st.session_state.get(KEY) or {}).get("told")
    turned = st.session_state.get("turned")
    for press in told if isinstance(told, list) else []:
        at = press.get("at") if isinstance(press, Mapping) else None
        if _is_number(at) and at > st.session_state.get("taken", 0.0):
            st.session_state.taken = at
            take_press(press, desk)
            if turned in PANELS and turned != press.get("panel"):  # by the visitor, after this press
                st.session_state.panel = turned


def take_press(press: Mapping[str, Any], desk: Desk) -> None:
    """Take in one press: a mark or a row opens its record, any other place what lies around it."""
    spot = press.get("spot")
    if isinstance(press.get("fact"), str):
        open_record(press["fact"], desk, fly=press.get("fly") is True)
    elif isinstance(spot, list) and len(spot) == len(("lat", "lon")) and all(map(_is_number, spot)):
        change(spot=spot_at(*spot), record="", place="")
        st.session_state.panel = PANELS[0]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
