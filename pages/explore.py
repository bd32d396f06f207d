"""The whole map: every layer and record, by time, by place, by who did what and who counted."""

from pathlib import Path

import streamlit as st

from pages.parts.explore_charts import show_charts
from pages.parts.explore_filters import show_filters
from pages.parts.explore_head import show_head
from pages.parts.explore_layers import show_layers
from pages.parts.explore_list import show_list
from pages.parts.explore_map import show_map
from pages.parts.explore_record import show_record
from pages.parts.explore_state import PANELS, begin, controlled, find_desk, outlook, say_in_address
from pages.parts.explore_time import show_time
from story.query import select
from story.styles import palette_css

desk = find_desk()
begin(desk)
css = (Path(__file__).parent / "parts" / "explore.css").read_text(encoding="utf-8")
st.html(f"<style>{palette_css(desk.story).replace('.story', '.atlas-ui')}\n{css}</style>")
show_head(desk)


@st.fragment
def show_desk() -> None:
    """Map and time on one side, what belongs to them on the other, the table below."""
    shown = select(desk.records, outlook().query)
    left, right = st.columns([7, 3])
    with left, st.container(key="atlas-frame"):
        show_map(desk, shown)
        show_time(desk)
    with right, st.container(key="atlas-side"):
        key = controlled("panel-choice", st.session_state.panel)
        st.segmented_control(
            "Beside the map",
            PANELS,
            key=key,
            required=True,
            label_visibility="collapsed",
            on_change=lambda: st.session_state.update(panel=st.session_state[key]),
        )
        {"Layers": lambda: show_layers(desk), "Filter": lambda: show_filters(desk)}.get(
            st.session_state.panel,
            lambda: show_charts(desk, shown) if st.session_state.panel == "Charts" else show_record(desk, shown),
        )()
    show_list(desk, shown)
    say_in_address(desk)


show_desk()
