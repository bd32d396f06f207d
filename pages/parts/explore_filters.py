"""The filters of the Explore page: whose act, what kind, who counted, how many dead, how exactly known, how judged."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from pages.parts.explore_state import Desk, ask, change, controlled, outlook
from story.query import UNCLAIMED, Query

STEPS = (0, 1, 5, 10, 25, 50, 100, 500, 1000, 5000, 100000)
Say = Callable[[str], str]


def show_filters(desk: Desk) -> None:
    """A list for each filter; nothing chosen means that all pass."""
    explore, groups = desk.words["explore"], desk.story.atlas.groups
    verdicts = {**desk.words["verdicts"], UNCLAIMED: explore["no_claim"]}
    choose("groups", "Whose act", groups.get, desk, "Only attacks, strikes and operations have one.")
    choose("kinds", "Kind of record", explore["kinds"].get, desk)
    choose("counters", "Who counted", str, desk, "Who gave a figure, without who handed it on. Two records at least.")
    show_deaths()
    choose("verdicts", "Verdict on a claim that rests on it", verdicts.get, desk)
    choose("precisions", "How exactly the place is known", explore["precisions"].get, desk)
    choose("statuses", "How well sourced", explore["statuses"].get, desk)
    st.button(
        "Clear all filters",
        on_click=lambda: change(query=Query(months=outlook().query.months)),
        disabled=replace(outlook().query, months=None) == Query(),
    )


def choose(name: str, label: str, say: Any, desk: Desk, note: str | None = None) -> None:
    """One filter: the values of `name` in the query."""
    values = desk.known.filters[name]
    chosen = getattr(outlook().query, name)
    key = controlled(f"filter-{name}", [value for value in values if value in chosen])
    st.multiselect(
        label,
        values,
        format_func=say,
        key=key,
        help=note,
        placeholder="All",
        on_change=lambda: ask(**{name: frozenset(st.session_state[key])}),
    )


def show_deaths() -> None:
    """The least and the most deaths that any one figure of a record gives."""
    deaths = outlook().query.deaths or (STEPS[0], STEPS[-1])
    steps = sorted({*STEPS, *deaths})
    key = controlled("filter-deaths", deaths)
    st.select_slider(
        "Deaths, by any one figure",
        steps,
        key=key,
        format_func=lambda number: "any" if number in {STEPS[0], STEPS[-1]} else f"{number:,}",
        help="A record passes where one of its figures of deaths touches the range, whoever counted. "
        "Figures are never added. Records without such a figure pass only when both ends say any.",
        on_change=lambda: take_deaths(st.session_state[key]),
    )


def take_deaths(chosen: Any) -> None:
    """Take in the range that was chosen; both ends at "any" are no filter, and a range has two ends."""
    if isinstance(chosen, tuple):
        ask(deaths=None if chosen == (STEPS[0], STEPS[-1]) else chosen)
