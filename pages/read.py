"""The story, as the reader shows it."""

import streamlit as st

from pages.parts.reader import show_reader

PAGES = {
    "explore": "Explore the map",
    "evidence": "Evidence",
    "sources": "Sources",
    "rules": "How we judge",
    "share": "Share",
    "teach": "Teach",
    "present": "Present",
}

if asked := show_reader(PAGES):
    page, chapter = asked
    st.switch_page(f"{page}.py", query_params={"from": chapter} if chapter else None)
