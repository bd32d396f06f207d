"""For teachers: present the story, hand it out, weigh it; the plan, notes, glossary and timeline of a lesson."""

from pathlib import Path

import streamlit as st

from pages.parts.masthead import show_masthead
from pages.parts.papers import show_papers
from pages.parts.sheet import show_sheet
from story.bundle import find_bundle
from story.teachpage import render_teaching, render_ways
from story.wording import read_words

STYLE = Path(__file__).parent / "parts" / "teach.css"

bundle = find_bundle()
words = read_words(bundle.language)["teach_page"]
st.html(STYLE)
show_masthead(bundle, words["title"], words["lead"])
if bundle.language not in bundle.story.lessons:
    st.info(words["no_lesson"])
else:
    show_sheet(render_ways(bundle.language), key="teach-ways")
    st.subheader(words["papers"])
    st.caption(words["papers_says"])
    show_papers(bundle, words)
    show_sheet(render_teaching(bundle.story, bundle.language), key="teaching")
