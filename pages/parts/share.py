"""What the Share page shows below its choices, as a Streamlit component that copies."""

from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent
STYLE = _HERE / "share.css"

_SHARE = st.components.v2.component(
    "share",
    html='<div class="sheet sharing">\n</div><p class="unseen" role="status"></p>',
    js=(_HERE / "share.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def show_share(html: str, words: dict[str, Any]) -> None:
    """Show HTML that is escaped already; its buttons copy what they name and say so, to eyes and ears."""
    said = {"copy": words["copy_it"], "copied": words["copied"], "notCopied": words["not_copied"]}
    _SHARE(key="share", data={"html": html, **said}, height="content")
