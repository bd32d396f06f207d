"""The stage in the app: the page for a projector, in a frame of its own."""

import streamlit as st

from pages.parts.masthead import show_masthead
from story.bundle import find_bundle
from story.wording import read_words

bundle = find_bundle()
words = read_words(bundle.language)["teach_page"]
show_masthead(bundle, words["present_title"], words["present_lead"])
chapter = st.session_state["came-from"]
query = f"&chapter={chapter}" if chapter in bundle.heads else ""
st.link_button(words["present"], f"./embed/?layout=present{query}", icon=":material/open_in_new:")
home = f"/{st.get_option('server.baseUrlPath').strip('/')}".rstrip("/")  # a frame's address is no relative one
st.iframe(f"{home}/embed/?layout=present{query}", height=640, alt=words["stage"])
