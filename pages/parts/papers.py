"""Paper and slides for a class: made when somebody asks, with progress, and kept until the story changes."""

from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import streamlit as st

from story.bundle import Bundle
from story.handout import NoLessonError, make_handouts
from story.pdf import PAPERS, NoPaperError, Paper

PDF, PPTX = "application/pdf", "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@dataclass
class Shelf:
    """What was made, by version and paper; one making at a time, for all who ask."""

    made: dict[tuple[str, str], dict[str, bytes]] = field(default_factory=dict)
    making: Lock = field(default_factory=Lock)


@st.cache_resource(show_spinner=False)
def shelf() -> Shelf:
    """The one shelf of this server."""
    return Shelf()


def show_papers(bundle: Bundle, words: dict[str, Any]) -> None:
    """A choice of paper, a button that makes everything, and then a button for each file."""
    paper = st.radio(words["paper"], list(PAPERS), format_func=PAPERS.__getitem__, horizontal=True, key="paper")
    key = (bundle.version, paper)
    if st.button(words["make"], key="make-papers", icon=":material/print:", disabled=key in shelf().made):
        _make(bundle, paper, words)
    if files := shelf().made.get(key):
        st.success(words["made"].format(count=len(files)))
        with st.container(horizontal=True):
            for name, content in files.items():
                kind = name.partition(".")[0].partition("-")[0]
                mime = PPTX if name.endswith(".pptx") else PDF
                file = f"{bundle.story.settings.id}-{name}"
                label = f"{words['kinds'][kind]} ({name.rpartition('.')[2].upper()})"
                st.download_button(
                    label, content, file, mime, key=f"take-{name}", icon=":material/download:", on_click="ignore"
                )


def _make(bundle: Bundle, paper: Paper, words: dict[str, Any]) -> None:
    bar = st.progress(0.0)

    def tell(done: int, total: int, what: str) -> None:
        bar.progress(done / total, words["making"].format(done=done, total=total, what=what))

    key = (bundle.version, paper)
    try:
        with shelf().making:
            if key not in shelf().made:
                made = make_handouts(bundle.story, bundle.language, papers=(paper,), tell=tell)
                for old in [each for each in shelf().made if each[0] != bundle.version]:
                    del shelf().made[old]
                shelf().made[key] = made
    except (NoLessonError, NoPaperError) as error:
        st.error(words["failed"].format(why=error))
    bar.empty()
