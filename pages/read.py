"""The story, as the reader shows it."""

import streamlit as st

from pages.parts.reader import show_reader

PAGES = {"sources": "Sources"}

if asked := show_reader(PAGES):
    st.switch_page(f"{asked}.py")
