"""The filters of the evidence page as widgets; what they ask stands in the address and nowhere else."""

from collections.abc import Sequence
from dataclasses import fields

import streamlit as st

from story.cases import Case
from story.evidence import Desk, label_choices
from story.search import MOST_LETTERS, Search, clean_words, read_search

PREFIX = "ask-"  # of the widgets' keys: the session's state is shared by all pages


def read_asked(cases: Sequence[Case]) -> Search:
    """What the address asks; what it does not know is left out."""
    return read_search({name: st.query_params.get_all(name) for name in st.query_params}, cases)


def ask_by_link(params: dict[str, list[str]]) -> None:
    """Ask what a link of the page asks: put it into the address."""
    st.query_params.from_dict(params)


def ask(desk: Desk) -> None:
    """Show the filters as the address has them; a choice changes the address."""
    said = desk.words["evidence"]["filters"]
    labels = label_choices(desk)
    with st.container(key="filters"):
        st.session_state[PREFIX + "words"] = desk.search.words
        st.text_input(
            said["words"],
            key=PREFIX + "words",
            type="search",
            placeholder=said["words_hint"],
            max_chars=MOST_LETTERS,
            on_change=_ask_anew,
        )
        for name, choices in labels.items():
            st.session_state[PREFIX + name] = getattr(desk.search, name)
            st.selectbox(
                said[name], list(choices), key=PREFIX + name, format_func=choices.__getitem__, on_change=_ask_anew
            )


def _ask_anew() -> None:
    names = [field.name for field in fields(Search) if PREFIX + field.name in st.session_state]
    asked = {name: clean_words(str(st.session_state[PREFIX + name] or "")) for name in names}
    st.query_params.from_dict(Search(**asked).params)
