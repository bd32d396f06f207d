"""The reader as a Streamlit component: it takes the story that the first page brought along, or fetches it."""

import re
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from story.settings import SLUG

_HERE = Path(__file__).parent

_READER = st.components.v2.component(
    "the_line_between",
    html='<div class="reader-home">\n</div>',
    css=(_HERE / "reader.css").read_text(),
    js=(_HERE / "reader.js").read_text(),
    isolate_styles=False,
)


def show_reader(pages: Mapping[str, str]) -> tuple[str, str] | None:
    """Mount the story over the whole page; it keeps its place in the text over reruns and pages.

    `pages` (address -> title) stand at the end of its table of contents. Gives the address of the page that the
    reader has just asked for and the chapter that it was asked from (empty where that is no slug), else None.
    """
    data = {
        "address": "embed/",
        "pages": [{"address": each, "title": title} for each, title in pages.items()],
    }
    result = _READER(key="reader", data=data, on_page_change=lambda: None, height="content", width="stretch")
    asked, _, chapter = (result.page or "").partition("#")
    return (asked, chapter if re.fullmatch(SLUG, chapter) else "") if asked in pages else None
