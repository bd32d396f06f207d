"""The filters of the Explore page: whose act, what kind, who counted, how many dead, how exactly known, how judged."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from pages.parts.explore_state import Desk, ask, change, outlook
from pages.parts.explore_widgets import changed, stand, taken
from story.query import UNCLAIMED, Query

STEPS = (0, 1, 5, 10, 25, 50, 100, 500, 1000, 5000, 100000)
AT_LEAST = (
    "A record passes where one of its figures of deaths touches the range, whoever counted. Figures are never added."
)
AT_MOST = "Records without a figure of deaths pass only where neither end sets a limit."
ENDS = {STEPS[0]: "any", STEPS[-1]: "no limit"}  # no two alike: Streamlit tells options apart by their words
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
    kept = [value for value in values if value in chosen]
    key = stand(f"filter-{name}", kept)
    st.multiselect(
        label,
        values,
        default=kept,
        format_func=say,
        key=key,
        help=note,
        placeholder="All",
        on_change=lambda: take_choice(name, key),
    )


def take_choice(name: str, key: str) -> None:
    """Take in what was chosen or left out of one filter."""
    if change_of := taken(key):
        ask(**{name: changed(getattr(outlook().query, name), change_of)})


def show_deaths() -> None:
    """The least and the most deaths that any one figure of a record gives."""
    least, most = outlook().query.deaths or (STEPS[0], STEPS[-1])
    steps = sorted({*STEPS, least, most})
    left, right = st.columns(2)
    with left:
        choose_step("least", "Deaths, at least", [step for step in steps if step <= most], least, AT_LEAST)
    with right:
        choose_step("most", "At most", [step for step in steps if step >= least], most, AT_MOST)


def choose_step(end: str, label: str, steps: list[int], now: int, note: str) -> None:
    """One end of the range of deaths."""
    key = stand(f"filter-deaths-{end}", now)
    st.selectbox(
        label,
        steps,
        index=steps.index(now),
        key=key,
        format_func=lambda number: ENDS.get(number) or f"{number:,}",
        help=note,
        on_change=lambda: take_step(end, key),
    )


def take_step(end: str, key: str) -> None:
    """Take in a step that was chosen for one end of the range."""
    if change_of := taken(key):
        take_deaths(**{end: change_of[1]})


def take_deaths(least: int | None = None, most: int | None = None) -> None:
    """Take in an end of the range; a range without limits is no filter."""
    before = outlook().query.deaths or (STEPS[0], STEPS[-1])
    deaths = (before[0] if least is None else least, before[1] if most is None else most)
    ask(deaths=None if deaths == (STEPS[0], STEPS[-1]) else deaths)
