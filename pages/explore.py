"""The whole map: every layer and record, by time, by place, by who did what and who counted."""

from pathlib import Path

import streamlit as st

from pages.parts.explore_charts import show_charts
from pages.parts.explore_data import show_data
from pages.parts.explore_filters import show_filters
from pages.parts.explore_head import show_head
from pages.parts.explore_layers import show_layers
from pages.parts.explore_list import show_list
from pages.parts.explore_map import show_map
from pages.parts.explore_press import hear_presses
from pages.parts.explore_record import show_record
from pages.parts.explore_series import show_all_series
from pages.parts.explore_state import DESK, PANELS, Desk, begin, beside, find_desk, outlook, say_in_address
from pages.parts.explore_time import show_time
from pages.parts.explore_widgets import stand, taken
from story.query import Record, select
from story.styles import palette_css

desk = find_desk()
begin(desk)
css = (Path(__file__).parent / "parts" / "explore.css").read_text(encoding="utf-8")
st.html(f"<style>{palette_css(desk.story).replace('.story', '.atlas-ui')}\n{css}</style>")
show_head(desk)


def show_panel(panel: str, desk: Desk, shown: tuple[Record, ...]) -> None:
    """One of the panels beside the map."""
    match panel:
        case "Layers":
            show_layers(desk)
        case "Filter":
            show_filters(desk)
        case "Charts":
            show_charts(desk, shown)
            show_all_series(desk)
        case "Data":
            show_data(desk, shown)
        case _:
            show_record(desk, shown)


def show_choice() -> None:
    """The choice of the panel."""
    panel = st.session_state.panel
    key = stand("panel-choice", panel)
    st.segmented_control(
        "Beside the map",
        PANELS,
        default=panel,
        key=key,
        required=True,
        label_visibility="collapsed",
        on_change=lambda: take_panel(key),
    )


def take_panel(key: str) -> None:
    """Take in the panel that the visitor has turned to."""
    if turned := taken(key):
        st.session_state.panel = st.session_state.turned = turned[1]


@st.fragment(key=DESK)
def show_desk() -> None:
    """Map and time on one side, what belongs to them on the other, the table below."""
    shown = select(desk.records, outlook().query)
    left, right = st.columns([7, 3])
    with left, st.container(key="atlas-frame"):
        show_map(desk, shown)
        show_time(desk)
    with right, st.container(key="atlas-side"):
        show_choice()
        # The panel that was left stays where it was, unseen (explore.css): the browser forgets a press on what is gone.
        drawn = beside()
        for panel in PANELS:
            with st.container(key=f"beside-{panel.lower()}"):
                if panel in drawn:
                    show_panel(panel, desk, shown)
    show_list(desk, shown)
    hear_presses(desk)
    say_in_address(desk)
    st.session_state.turned = None


show_desk()
