"""Counts for the charts of the free map: acts by time and group, figures of deaths by counter, figures compared.

A count of records is ours and says so. A figure belongs to the one who gave it: figures are shown side by side,
never added.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from story.atlas import Series
from story.atlas_layers import compared
from story.compare import qualifier
from story.facts import Fact, Figure
from story.query import Record, counters_of, counts_deaths, figure_range

YEAR_LENGTH = 4
MONTH_LENGTH = 7


@dataclass(frozen=True, slots=True)
class Act:
    """How many records of acts begin in a month or year (ISO), by the layer that says whose acts they are."""

    when: str
    group: str
    count: int


@dataclass(frozen=True, slots=True)
class Toll:
    """One figure of deaths: who counted, what, from `low` to `high`, in which record."""

    counter: str
    what: str
    low: float
    high: float
    record: str
    title: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of a series: a year or name, who counted it, how many, in which record."""

    word: str
    counter: str
    number: float
    record: str


def count_acts(records: Iterable[Record], *, monthly: bool) -> tuple[Act, ...]:
    """Records of acts by the month (or year) in which they begin, and by group; each record counts once a group.

    Where only the year is known the record counts in no month: it stands in the count by year alone.
    """
    length = MONTH_LENGTH if monthly else YEAR_LENGTH
    counts: Counter[tuple[str, str]] = Counter()
    for record in records:
        if record.span is None or (monthly and record.fact.date_precision in {"year", "none"}):
            continue
        for group in record.groups:
            counts[(record.span[0][:length], group)] += 1
    return tuple(Act(when, group, count) for (when, group), count in sorted(counts.items()))


def every_time(acts: Iterable[Act], *, monthly: bool) -> list[str]:
    """Every month (or year) from the first act's to the last one's, so that on a chart a quiet time is seen as one."""
    times = [act.when for act in acts]
    return pd.period_range(min(times), max(times), freq="M" if monthly else "Y").astype(str).tolist() if times else []


def list_tolls(records: Iterable[Record]) -> tuple[Toll, ...]:
    """Every figure of deaths of the records, one for each counter that gave it."""
    return tuple(
        Toll(counter, _say_what(figure), *figure_range(figure), record.fact.id, record.fact.title)
        for record in records
        for figure in record.fact.figures
        if counts_deaths(figure)
        for counter in counters_of(figure)
    )


def _say_what(figure: Figure) -> str:
    return f"{figure.what} ({said})" if (said := qualifier(figure)) else figure.what


def compare(series: Series, facts: dict[str, Fact]) -> tuple[Compared, ...]:
    """The figures of a series, each under the name of its counter."""
    return tuple(
        Compared(word, counter, figure.middle, fact)
        for fact, counter in series.facts.items()
        for word, figure in compared(series, facts[fact])
    )
