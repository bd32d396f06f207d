"""What all pages but the story share: the reader's paper, ink and type, and a bar that leads to the other pages."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

STYLE = Path(__file__).with_name("paper.css")


def lay_paper(title: str, pages: Sequence[StreamlitPage]) -> None:
    """Give the page that follows the look of the story, and above it the way to all `pages`."""
    st.html(STYLE)
    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="brand">{escape(title)}</p>', width="content")
        for page in pages:
            st.page_link(page, icon="", help="")
