"""How to cite a work: its forms to choose from, to copy and to download."""

from typing import Any

import streamlit as st

from story.citation import Work, write_citations


def show_citation(work: Work, words: dict[str, Any], *, key: str) -> None:
    """Show a work's citation in the form that the reader chooses; each can be copied and saved as a file."""
    said, written = words["sourcing"], write_citations(work)
    form = st.segmented_control(
        said["cite_form"],
        list(written),
        default=next(iter(written)),
        required=True,
        format_func=lambda name: said.get(name, name),
        key=f"{key}-form",
    )
    chosen = written[form or next(iter(written))]
    st.code(chosen.text, language=None, wrap_lines=True)
    st.download_button(
        f"{said['cite_download']} {chosen.file_name}",
        chosen.text,
        chosen.file_name,
        chosen.media_type,
        key=f"{key}-file",
        on_click="ignore",
    )
