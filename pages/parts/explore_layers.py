"""The layers of the free map: a switch, a sign, source and licence for each, the opacity of each heading."""

from pathlib import Path
from typing import Any

import streamlit as st

from pages.parts.explore_state import Desk, change, outlook
from story.outlook import read_outlook

_HERE = Path(__file__).parent
KEY = "layers"

_LAYERS = st.components.v2.component(
    "explore_layers",
    html='<div class="explore-layers atlas-ui"></div>',
    js=(_HERE / "explore_layers.js").read_text(),
    isolate_styles=False,
)


def show_layers(desk: Desk) -> None:
    """Every layer under its heading; the legend itself is a file, fetched once."""
    now = outlook()
    _LAYERS(
        key=KEY,
        data={"legend": f"embed/{desk.bundle.atlas.legend}", "layers": now.layers, "fade": dict(now.opacity)},
        on_wanted_change=lambda: take_layers(desk),
        height="content",
    )


def take_layers(desk: Desk) -> None:
    """Take in which layers the visitor has switched on, and how faint; held against what is known, like an address."""
    wanted: Any = (st.session_state.get(KEY) or {}).get("wanted")
    if isinstance(wanted, dict):
        said = read_outlook({"layers": str(wanted.get("layers")), "fade": str(wanted.get("fade"))}, desk.known)
        change(layers=said.layers, opacity=said.opacity)
