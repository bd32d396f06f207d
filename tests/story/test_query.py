"""Filters of records: what is shown is what passes, whatever is asked, and asking twice changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.facts import Fact, Figure
from story.query import (
    UNCLAIMED,
    Query,
    counters_of,
    counts_deaths,
    figure_range,
    list_records,
    month_span,
    passes,
    select,
    year_counts,
)
from tests.story import told

RECORDS = list_records(told.real().story)
MONTHS = sorted({month for record in RECORDS if record.span for month in record.span})


def some(values: Any) -> st.SearchStrategy[frozenset[str]]:
    """Any few of the values that records have."""
    return st.frozensets(st.sampled_from(sorted(values)), max_size=3)


QUERIES = st.builds(
    Query,
    months=st.none() | st.tuples(st.sampled_from(MONTHS), st.sampled_from(MONTHS)).map(lambda two: tuple(sorted(two))),
    groups=some(told.real().story.atlas.groups),
    kinds=some({record.fact.kind for record in RECORDS}),
    counters=some({counter for record in RECORDS for counter in record.counters}),
    precisions=some({record.fact.coord_precision or "none" for record in RECORDS}),
    verdicts=some({verdict for record in RECORDS for verdict in record.verdicts}),
    statuses=some({record.fact.status for record in RECORDS}),
    deaths=st.none() | st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda two: tuple(sorted(two))),
)


def figure(**parts: Any) -> Figure:
    """A figure of people killed, but for what is said."""
    return Figure(**{"what": "killed", "value": 3, "unit": "people", "according_to": "UNAMA", **parts})


def fact(**parts: Any) -> Fact:
    """A dated fact, but for what is said."""
    whole = {"id": "a", "kind": "event", "title": "A", "date_precision": "day", "summary": "S", "status": "sourced"}
    return Fact(**{**whole, **parts})


@given(QUERIES)
def test_what_is_shown_is_what_passes_every_filter_alone(query: Query) -> None:
    alone = [Query(**{name: getattr(query, name)}) for name in Query.__slots__]
    shown = select(RECORDS, query)
    assert shown == tuple(record for record in RECORDS if all(passes(record, one) for one in alone))


@given(QUERIES)
def test_asking_twice_changes_nothing(query: Query) -> None:
    once = select(RECORDS, query)
    assert select(once, query) == once


@given(QUERIES, QUERIES)
def test_the_order_of_two_questions_does_not_matter(one: Query, other: Query) -> None:
    assert select(select(RECORDS, one), other) == select(select(RECORDS, other), one)


@given(QUERIES)
def test_the_order_of_records_does_not_matter(query: Query) -> None:
    assert {record.number for record in select(RECORDS[::-1], query)} == {
        record.number for record in select(RECORDS, query)
    }


def test_an_empty_question_shows_every_fact_in_order() -> None:
    assert [record.fact for record in select(RECORDS, Query())] == list(told.real().story.facts.values())
    assert [record.number for record in RECORDS] == list(range(len(RECORDS)))


@pytest.mark.parametrize("name", ["groups", "kinds", "counters", "precisions", "verdicts", "statuses"])
def test_each_filter_keeps_some_records_and_drops_others(name: str) -> None:
    values = {
        "groups": "strikes",
        "kinds": "operation",
        "counters": "UNAMA",
        "precisions": "province",
        "verdicts": UNCLAIMED,
        "statuses": "weakly-sourced",
    }
    shown = select(RECORDS, Query(**{name: frozenset({values[name]})}))
    assert 0 < len(shown) < len(RECORDS)


@pytest.mark.parametrize(
    ("parts", "span"),
    [
        ({"date": "2025-10-09"}, ("2025-10", "2025-10")),
        ({"date": "2025", "date_precision": "year"}, ("2025-01", "2025-12")),
        ({"date": "2025-03-01", "date_precision": "year"}, ("2025-01", "2025-12")),
        ({"start": "2004-06-17", "end": "2018-01-24"}, ("2004-06", "2018-01")),
        ({"start": "2004"}, ("2004-01", "2004-12")),
        ({}, None),
    ],
)
def test_a_date_is_no_more_exact_than_it_is_known(parts: dict[str, str], span: tuple[str, str] | None) -> None:
    assert month_span(fact(**parts)) == span


def test_a_record_without_a_date_passes_any_span_of_time() -> None:
    undated = [record for record in RECORDS if record.span is None]
    assert undated
    assert all(passes(record, Query(months=("1900-01", "1900-02"))) for record in undated)


@pytest.mark.parametrize(
    ("what", "unit", "counted"),
    [
        ("civilians killed", "people", True),
        ("deaths in 2024", "people (about)", True),
        ("civilians killed or injured, whole year", "people", False),
        ("injured", "people", False),
        ("villages killed off", "houses", False),
    ],
)
def test_only_people_killed_count_as_deaths(what: str, unit: str, *, counted: bool) -> None:
    assert counts_deaths(figure(what=what, unit=unit)) is counted


def test_a_range_of_deaths_is_touched_by_one_figure_and_never_by_a_sum() -> None:
    two = fact(figures=(figure(value=30), figure(value=40, according_to="IEA")))
    told_of = list_records(_story_of(two))
    assert select(told_of, Query(deaths=(35, 45)))
    assert not select(told_of, Query(deaths=(60, 80)))


def _story_of(one: Fact) -> Any:
    from dataclasses import replace  # noqa: PLC0415 - only here

    return replace(told.tiny(), facts={one.id: one}, claims=(), layers={})


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("UNAMA (preliminary, 16 October 2025)", ("UNAMA",)),
        ("officials, via Dawn", ("Officials",)),
        ("ISPR / Tarar", ("ISPR", "Tarar")),
        ("home department, via Dawn (32); health minister, via Geo (38)", ("Home department", "Health minister")),
        ("Stanford/NYU", ("Stanford/NYU",)),
    ],
)
def test_a_counter_is_named_without_who_handed_it_on(by: str, names: tuple[str, ...]) -> None:
    assert counters_of(figure(according_to=by)) == names


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_figure_lies_within_its_own_range(value: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    least, most = figure_range(figure(value=value, low=low, high=high))
    assert least <= value <= most
    assert (least, most) == (min(value, low), max(value, high))


def test_every_dated_record_counts_in_the_year_in_which_it_begins() -> None:
    counts = year_counts(RECORDS)
    assert sum(counts.values()) == sum(record.span is not None for record in RECORDS)
    assert list(counts) == sorted(counts)


def test_a_count_of_deaths_that_was_replaced_is_none_of_the_counts() -> None:
    assert counts_deaths(figure(what="killed", unit="people"))
    assert not counts_deaths(figure(what="killed", unit="people", superseded_by="killed, later"))
