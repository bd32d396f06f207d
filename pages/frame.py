"""The frame of every page: its title, its navigation, and the faults of a story that cannot be told."""

import streamlit as st

from pages.parts.faults import show_faults
from story.bundle import find_bundle
from story.faults import StoryError
from story.page import WEB

st.set_page_config(page_title="The Line Between", page_icon=str(WEB / "icon.svg"), layout="wide")

try:
    find_bundle()
except StoryError as error:
    show_faults(error)
    st.stop()

page = st.navigation(
    [
        st.Page(
            "read.py",
            title="Read",
            icon=":material/menu_book:",
            default=True,
            help="The story: the essay's twelve paragraphs retold, with a map that moves and the record beside it.",
        ),
        st.Page(
            "sources.py",
            title="Sources",
            icon=":material/fact_check:",
            help="Every record with its sources, every map dataset with its licence, and where the evidence ends.",
        ),
    ],
    position="top",
)
page.run()
