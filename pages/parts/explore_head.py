"""The head of the Explore page: the way back to the story, and the search for a place."""

import streamlit as st

from pages.parts.explore_state import Desk, change, fly_to, outlook
from story.outlook import spot_at

NEAR_ZOOM = 8.5


def show_head(desk: Desk) -> None:
    """Title, search, and the way back to the chapter that the visitor came from."""
    title, search, back = st.columns([3, 3, 2], vertical_alignment="center")
    title.html('<h1 class="explore-title">Explore the map</h1>')
    search.selectbox(
        "Search for a place",
        sorted(desk.places),
        index=None,
        key="search",
        placeholder="Search for a place",
        label_visibility="collapsed",
        on_change=lambda: take_search(desk),
    )
    slug = outlook().came_from
    chapter = {"chapter": slug} if slug else None
    back.page_link("read.py", label="Back to the story", icon=":material/arrow_back:", query_params=chapter)


def take_search(desk: Desk) -> None:
    """Fly to the place that was searched for, and say what lies around it."""
    name = st.session_state.search
    if name in desk.places:
        lon, lat = desk.places[name]
        change(spot=spot_at(lat, lon), place=name, record="")
        st.session_state.panel = "Record"
        fly_to(lat, lon, NEAR_ZOOM)
