"""The same records as a table in step with the map, for the keyboard and for screen readers."""

from pathlib import Path

import streamlit as st

from pages.parts.explore_state import Desk, outlook
from story.query import Record

_HERE = Path(__file__).parent
KEY = "list"

_LIST = st.components.v2.component(
    "explore_list",
    html='<div class="explore-list"></div>',
    js=(_HERE / "explore_list.js").read_text(),
    isolate_styles=False,
)


def show_list(desk: Desk, shown: tuple[Record, ...]) -> None:
    """A row for each record that passes the filters; a press on one goes where those on the map go (explore_press)."""
    record = outlook().record
    chosen = desk.by_id[record].number if record else -1
    numbers = [each.number for each in shown]
    _LIST(
        key=KEY,
        data={"rows": f"embed/{desk.bundle.atlas.rows}", "shown": numbers, "chosen": chosen},
        height="content",
    )
