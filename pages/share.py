"""The story for pages of others: what to show and how, live, with code, link, card and QR code to take along."""

import streamlit as st

from pages.parts.masthead import show_masthead
from pages.parts.share import STYLE, show_share
from pages.parts.share_choices import choose, read_choices
from story.bundle import find_bundle
from story.drawing_pool import BusyError, find_pool
from story.drawing_process import LostError
from story.pictures import find_kept
from story.sharing import Sharing, render_sharing
from story.snippets import carry
from story.wording import read_words

bundle = find_bundle()
words = read_words(bundle.language)
st.html(STYLE)
show_masthead(bundle, words["share"]["title"], words["share"]["lead"])
options = read_choices(bundle, st.session_state["came-from"])
carried = choose(bundle, options, words)
sharing = Sharing(bundle, options)
if carried:
    chapter = sharing.shown.chapter.slug
    poster = next(one for one in bundle.pictures.values() if (one.slug, one.kind) == (chapter, "poster"))
    try:
        drawn = find_kept(bundle.story, poster) or find_pool().ask(bundle, poster).result()
        sharing = Sharing(bundle, options, carry(drawn))
    except (BusyError, LostError):
        st.info(words["share"]["busy"])
show_share(render_sharing(sharing), words["share"])
