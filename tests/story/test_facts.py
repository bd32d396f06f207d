"""The models of the record: what they refuse, and what they compute."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from story.facts import Fact, Figure, Source

FACT: dict[str, Any] = {
    "id": "a-lamp",
    "kind": "event",
    "title": "A lamp",
    "date_precision": "none",
    "summary": "It burns.",
    "status": "sourced",
}
numbers = st.floats(0, 1e9)


@pytest.mark.parametrize(
    "numbers_given",
    [{}, {"low": 1}, {"high": 1}, {"low": 2, "high": 1}],
    ids=["none", "only low", "only high", "upside down"],
)
def test_a_figure_needs_a_value_or_a_whole_range(numbers_given: dict[str, float]) -> None:
    with pytest.raises(ValidationError, match="'low'"):
        Figure(what="killed", unit="people", according_to="A log", **numbers_given)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf"), 10**400])
def test_a_number_without_end_is_refused(number: float) -> None:
    with pytest.raises(ValidationError, match=r"finite number|valid number|too large"):
        Figure(what="killed", value=number, unit="people", according_to="A log")


def test_a_figure_without_an_author_is_refused() -> None:
    with pytest.raises(ValidationError, match="according_to"):
        Figure(what="killed", value=1, unit="people", according_to=" ")


@given(numbers, numbers)
def test_the_middle_of_a_range_lies_in_it(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert low <= Figure(what="x", low=low, high=high, unit="x", according_to="y").middle <= high


@given(numbers)
def test_the_middle_of_a_value_is_the_value(value: float) -> None:
    assert Figure(what="x", value=value, unit="x", according_to="y").middle == value


@pytest.mark.parametrize("url", ["ftp://a.example/", "javascript:alert(1)", "a.example", "https://a b.example/", ""])
def test_a_source_must_have_a_web_address(url: str) -> None:
    with pytest.raises(ValidationError, match="url"):
        Source(publisher="A", title="B", url=url, tier="press")


@pytest.mark.parametrize(
    ("key", "value"),
    [("lat", 91), ("lat", -91), ("lon", 181), ("lon", -181), ("id", "A Lamp"), ("title", ""), ("kind", "rumour")],
)
def test_a_fact_refuses_what_cannot_be(key: str, value: object) -> None:
    with pytest.raises(ValidationError, match=key):
        Fact(**{**FACT, key: value})


def test_a_fact_refuses_a_key_it_does_not_know_and_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="editor_note"):
        Fact(**FACT, editor_note="check this")
    with pytest.raises(ValidationError, match="frozen"):
        Fact(**FACT).title = "Another"  # type: ignore[misc] - that is the point


@pytest.mark.parametrize(
    ("dates", "first"),
    [({"date": "1906-01-02"}, "1906-01-02"), ({"start": "1905", "end": "1907"}, "1905"), ({}, "")],
)
def test_the_first_day_is_the_date_or_the_start(dates: dict[str, str], first: str) -> None:
    assert Fact(**FACT, **dates).first_day == first


def test_the_first_of_two_figures_of_one_name_is_found_and_an_unknown_one_is_none() -> None:
    figures = [{"what": "lost", "value": value, "unit": "crates", "according_to": "A"} for value in (1, 2)]
    fact = Fact(**FACT, figures=figures)
    found = fact.figure("lost")
    assert found is not None
    assert found.value == 1
    assert fact.figure("found") is None


@pytest.mark.parametrize(
    ("keys", "open_upwards"),
    [({"value": 10}, False), ({"value": 10, "at_least": True}, True), ({"value": 10, "low": 10}, True)],
)
def test_a_least_number_knows_that_it_is_one(keys: dict[str, Any], *, open_upwards: bool) -> None:
    assert Figure(what="killed", unit="people", according_to="A log", **keys).is_least is open_upwards


@pytest.mark.parametrize("keys", [{"low": 1, "high": 2}, {"value": 1, "unit": "people (at least)"}])
def test_at_least_is_said_once_and_of_one_number(keys: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="at_least"):
        Figure.model_validate({"what": "x", "unit": "people", "according_to": "y", "at_least": True} | keys)


def test_a_figure_that_was_replaced_is_never_chosen() -> None:
    early = Figure(what="killed", value=17, unit="people", according_to="A log", superseded_by="killed that day")
    late = Figure(what="killed that day", value=35, unit="people", according_to="A log")
    fact = Fact.model_validate(FACT | {"figures": [early, late]})
    assert fact.figure("killed") is None
    assert fact.figure("killed that day") == late
    again = early.model_copy(update={"superseded_by": "killed"})
    both = Fact.model_validate(FACT | {"figures": [again, late.model_copy(update={"what": "killed"})]})
    assert both.counted("killed") == (both.figures[1],)
