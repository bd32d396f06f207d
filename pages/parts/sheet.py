"""A sheet: HTML that the story's templates have written, as a Streamlit component whose links ask the app."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

import streamlit as st

_HERE = Path(__file__).parent

_SHEET = st.components.v2.component(
    "sheet",
    html='<div class="sheet">\n</div><p class="unseen" role="status"></p>',
    js=(_HERE / "sheet.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def show_sheet(
    html: str,
    *,
    key: str,
    on_asked: Callable[[dict[str, list[str]]], None] | None = None,
    said: str = "",
    lead: str = "",
) -> None:
    """Show HTML that is escaped already.

    A link in it that has the attribute `data-go` calls `on_asked` with the values of its query, before the next run.
    `said` is read out where it has changed; `lead` is a selector of what the reader is led to, once.
    """

    def ask() -> None:
        if on_asked:
            on_asked(parse_qs(str(st.session_state[key].asked or "").partition("?")[2], keep_blank_values=False))

    _SHEET(key=key, data={"html": html, "said": said, "lead": lead}, on_asked_change=ask, height="content")
