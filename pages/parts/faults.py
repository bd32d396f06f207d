"""Shows what is wrong with a story's files, instead of a traceback."""

import streamlit as st

from story.faults import StoryError


def show_faults(error: StoryError) -> None:
    """A table of all faults: where, what was found, what was expected, the nearest valid value."""
    st.title("This story cannot be told yet")
    st.write(f"Its files have {len(error.faults)} faults. `python -m story.check` lists them too.")
    rows = [
        {
            "File": fault.file,
            "Line": fault.line,
            "Key": fault.key,
            "Found": fault.found,
            "Expected": fault.expected,
            "Did you mean": fault.nearest,
        }
        for fault in error.faults
    ]
    st.dataframe(rows, hide_index=True, alt="Faults of the story's files")
