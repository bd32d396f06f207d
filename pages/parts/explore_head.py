"""The head of the Explore page: the way back to the story, and the search for a place."""

import streamlit as st

from pages.parts.explore_search import show_search
from pages.parts.explore_state import Desk, outlook


def show_head(desk: Desk) -> None:
    """Title, search, and the way back to the chapter that the visitor came from."""
    with st.container(key="atlas-head"):
        title, search, back = st.columns([3, 4, 2], vertical_alignment="center")
    title.html('<h1 class="explore-title">Explore the map</h1>')
    with search:
        show_search(desk)
    slug = outlook().came_from
    chapter = {"chapter": slug} if slug else None
    back.page_link("read.py", label="Back to the story", icon=":material/arrow_back:", query_params=chapter, help="")
