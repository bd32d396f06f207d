"""The head of a page, with the way back to the chapter that the reader came from."""

import streamlit as st

from pages.parts.sheet import show_sheet
from story.bundle import Bundle
from story.masthead import render_masthead

FROM = "from"  # in the address: the slug of a chapter


def show_masthead(bundle: Bundle, title: str, lead: str) -> None:
    """Show the title, what the page is, and the way back; the chapter is remembered over pages and reruns."""
    came_from = st.session_state["came-from"] = st.query_params.get(FROM) or st.session_state.get("came-from", "")
    show_sheet(
        render_masthead(bundle.story, title, lead, came_from=came_from, language=bundle.language), key="masthead"
    )
