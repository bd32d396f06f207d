"""The span of time under the map: a histogram of records with two handles, which can play."""

from pathlib import Path
from typing import Any

import streamlit as st

from pages.parts.explore_state import Desk, outlook, show
from story.outlook import with_months
from story.query import Query, Record, select, year_counts

_HERE = Path(__file__).parent
KEY = "time"
FEW = 0.2  # share of the records that the long, empty beginning may hold

_TIME = st.components.v2.component(
    "explore_time",
    html='<div class="explore-time"></div>',
    js=(_HERE / "explore_time.js").read_text(),
    isolate_styles=False,
)


def show_time(desk: Desk) -> None:
    """The histogram: of all records, and of those that pass all filters but time; the chosen span is marked."""
    now = outlook()
    others = Query(**{name: getattr(now.query, name) for name in Query.__slots__ if name != "months"})
    passing = select(desk.records, others)
    _TIME(
        key=KEY,
        data={
            "span": desk.known.months,
            "months": now.query.months or desk.known.months,
            "heard": st.session_state.get("time-heard", 0),
            "years": [[year, count] for year, count in year_counts(passing).items()],
            "split": split_year(desk.records),
        },
        on_months_change=lambda: take_months(desk),
        height="content",
    )


def take_months(desk: Desk) -> None:
    """Take in the span that the visitor has chosen."""
    told: Any = (st.session_state.get(KEY) or {}).get("months")
    if not isinstance(told, dict):
        return
    st.session_state["time-heard"] = told.get("turn", 0)
    months = told.get("months")
    if isinstance(months, list | tuple) and len(months) == len(desk.known.months):
        show(with_months(outlook(), (str(months[0]), str(months[1])), desk.known))


def split_year(records: tuple[Record, ...]) -> int:
    """The year from which on the records are dense: before it lies at most a fifth of them."""
    counts = year_counts(records)
    seen, few = 0, FEW * sum(counts.values())
    for year, count in counts.items():
        seen += count
        if seen > few:
            return year
    return min(counts, default=0)
