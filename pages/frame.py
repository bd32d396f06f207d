"""The frame of every page: its title, its navigation, and the faults of a story that cannot be told."""

import streamlit as st

from pages.parts.faults import show_faults
from pages.parts.paper import lay_paper
from story.bundle import find_bundle
from story.faults import StoryError
from story.templates import WEB

st.set_page_config(page_title="The Line Between", page_icon=str(WEB / "icon.svg"), layout="wide")

try:
    story = find_bundle().story
except StoryError as error:
    show_faults(error)
    st.stop()

pages = [
    st.Page(
        "read.py",
        title="Read",
        default=True,
        help="The story: the essay's twelve paragraphs retold, with a map that moves and the record beside it.",
    ),
    st.Page(
        "explore.py",
        title="Explore",
        help="Every layer and record on one map: by time, by place, by who did what, by who counted.",
    ),
    st.Page(
        "evidence.py",
        title="Evidence",
        help="Every claim of the essay with its verdict and the records for it and against it; filter, search, cite.",
    ),
    st.Page(
        "sources.py",
        title="Sources",
        help="Every publisher with what rests on it, every record with its links, every map dataset; how to cite.",
    ),
    st.Page(
        "rules.py",
        title="How we judge",
        help="What each verdict means and how it was reached, what was not checked, and every correction.",
    ),
    st.Page(
        "share.py",
        title="Share",
        help="The story, or a part of it, for a page of your own: live, with the code to paste, the link, a QR code.",
    ),
    st.Page(
        "teach.py",
        title="Teach",
        help="A lesson of 45 minutes: present it, hand it out, weigh the evidence; plan, notes, glossary and timeline.",
    ),
    st.Page(
        "present.py",
        title="Present",
        help="One chapter fills the screen, step by step; the presenter's window follows on the second screen.",
    ),
]
page = st.navigation(pages, position="hidden")
if page.url_path:  # the story has a look and a bar of its own
    lay_paper(story.settings.title, pages)
page.run()
