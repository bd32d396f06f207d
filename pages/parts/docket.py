"""What the evidence and sources pages look things up in, made once for all readers."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from story.bundle import find_bundle
from story.cases import Case, collect_cases
from story.publishers import Publisher, publisher_index
from story.sourcing import list_pages, render_sourcing
from story.wording import read_words


@st.cache_resource(show_spinner=False)
def find_cases(version: str) -> Sequence[Case]:  # noqa: ARG001 - a new version is a new cache entry
    """Every claim of our story with all that can be asked of it."""
    return collect_cases(find_bundle().story)


@st.cache_resource(show_spinner=False)
def find_publishers(version: str) -> Sequence[Publisher]:  # noqa: ARG001 - a new version is a new cache entry
    """Every publisher of our story with what rests on it."""
    return publisher_index(find_bundle().story)


@st.cache_data(show_spinner=False)
def write_sourcing(version: str, language: str) -> str:
    """The publishers and what rests on little, as HTML."""
    return render_sourcing(find_bundle().story, find_publishers(version), language=language)


@st.cache_data(show_spinner=False)
def list_all_pages(version: str, language: str) -> pd.DataFrame:  # noqa: ARG001 - as above
    """Every page that a drawn or cited record names, as a table."""
    return pd.DataFrame(list_pages(find_bundle().story, read_words(language)))
