"""The layers of the free map: a switch, a sign, source and licence for each, the opacity of each heading."""

from pathlib import Path
from typing import Any

import streamlit as st

from pages.parts.explore_state import Desk, change, open_record, outlook
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
        data={
            "legend": f"embed/{desk.bundle.atlas.legend}",
            "heard": st.session_state.get("layers-heard", 0),
            "layers": now.layers,
            "fade": dict(now.opacity),
            "borders": now.borders or next((view.id for view in desk.story.viewpoints), ""),
        },
        on_wanted_change=lambda: take_layers(desk),
        on_record_change=lambda: open_record(str((st.session_state.get(KEY) or {}).get("record")), desk, fly=True),
        height="content",
    )


def take_layers(desk: Desk) -> None:
    """Take in the layers, how faint they are, and the viewpoint; held against what is known, like an address."""
    wanted: Any = (st.session_state.get(KEY) or {}).get("wanted")
    if isinstance(wanted, dict):
        st.session_state["layers-heard"] = wanted.get("turn", 0)
        said = read_outlook({key: str(wanted.get(key)) for key in ("layers", "fade", "borders")}, desk.known)
        change(layers=said.layers, opacity=said.opacity, borders=said.borders)
