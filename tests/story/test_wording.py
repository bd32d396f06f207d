"""Words for dates, numbers and sources: no more exact than what is known."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.facts import Fact, Figure, Source
from story.wording import (
    read_words,
    say_date,
    say_direction,
    say_fact,
    say_figure,
    say_number,
    say_source,
    say_tier,
)

WORDS = read_words("en")


def fact(**given_keys: object) -> Fact:
    """Give a fact with some keys of its own."""
    base = {"id": "a", "kind": "event", "title": "A", "date_precision": "day", "summary": "B", "status": "sourced"}
    return Fact.model_validate(base | given_keys)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"date": "2025-10-09"}, "9 October 2025"),
        ({"date": "2025-10-09", "date_precision": "month"}, "October 2025"),
        ({"date": "2025-10-09", "date_precision": "quarter"}, "fourth quarter of 2025"),
        ({"start": "2026-01-01", "end": "2026-03-31", "date_precision": "quarter"}, "first quarter of 2026"),
        ({"date": "2024-12-31", "date_precision": "none", "date_note": "A compilation."}, "A compilation."),
        ({"date": "2025-10-09", "date_precision": "year"}, "2025"),
        ({"date": "2025-10"}, "October 2025"),
        ({"date": "2025"}, "2025"),
        ({"start": "2025-10-11", "end": "2025-10-12"}, "11 October 2025 to 12 October 2025"),
        ({"start": "2025-10-11"}, "11 October 2025"),
        ({"start": "2025-01", "end": "2025-12", "date_precision": "year"}, "2025"),
        ({}, ""),
        ({"date": "2025-10-09", "date_note": "by one account"}, "9 October 2025 (by one account)"),
    ],
)
def test_a_date_is_said_no_more_exactly_than_it_is_known(keys: dict[str, str], said: str) -> None:
    assert say_date(fact(**keys), WORDS) == said


@given(st.dates())
def test_every_day_is_said_with_its_month(day: object) -> None:
    iso = str(day)
    said = say_date(fact(date=iso), WORDS)
    assert said == f"{int(iso[8:])} {WORDS['months'][int(iso[5:7]) - 1]} {iso[:4]}"


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_keep_every_digit(number: int) -> None:
    assert int(say_number(number).replace(",", "")) == number
    assert "." not in say_number(number)


@given(st.floats(-1e9, 1e9))
def test_a_number_is_said_to_two_decimals_and_never_ends_in_a_point(number: float) -> None:
    said = say_number(number)
    assert float(said.replace(",", "")) == pytest.approx(number, abs=0.00501)
    assert re.fullmatch(r"-?\d{1,3}(,\d{3})*(\.\d{1,2})?", said)


@pytest.mark.parametrize(
    ("numbers", "unit", "said"),
    [
        ({"value": 3485}, "people", "3,485"),
        ({"value": 27.4}, "billion dollars", "27.4 billion dollars"),
        ({"low": 424, "high": 969}, "people", "424–969"),
        ({"low": 5, "high": 5}, "strikes", "5"),
        ({"value": 1000, "at_least": True}, "km", "at least 1,000 km"),
        ({"value": 10, "low": 10}, "people", "at least 10"),
        ({"low": 0, "high": 2}, "per cent", "0–2 per cent"),
    ],
)
def test_a_figure_is_said_with_its_range_and_unit(numbers: dict[str, float], unit: str, said: str) -> None:
    assert say_figure(Figure(what="x", unit=unit, according_to="A", **numbers)) == said


@pytest.mark.parametrize(
    ("end", "wind"),
    [
        ((0, 1), "north"),
        ((1, 1), "north-east"),
        ((1, 0), "east"),
        ((0, -1), "south"),
        ((-1, 0), "west"),
        ((-1, 1), "north-west"),
    ],
)
def test_directions_are_winds(end: tuple[float, float], wind: str) -> None:
    assert say_direction((0, 0), end, WORDS) == wind


def test_a_bearing_just_under_a_whole_turn_is_north_again() -> None:
    assert say_direction((0, 0), (-0.01, 1), WORDS) == "north"


def test_a_source_says_who_owns_it_and_a_title_nobody_read_is_left_out() -> None:
    source = Source(
        publisher="A", title="B", url="https://a.example/", published="1906", tier="press", state_media=True
    )
    assert say_tier(source, WORDS) == "press, state-owned"
    assert say_source(source) == "A, B (1906)"
    assert say_source(source.model_copy(update={"title_seen": False, "published": None})) == "A"


def test_a_card_says_how_sure_a_record_and_its_place_are() -> None:
    card = say_fact(fact(lat=1, lon=2, coord_precision="district", status="weakly-sourced"), WORDS)
    assert "Weakly sourced" in card.sure
    assert "district only" in card.sure


@pytest.mark.parametrize("key", ["verdicts", "stances", "tiers", "statuses", "precisions"])
def test_every_closed_set_has_its_words(key: str) -> None:
    from typing import get_args  # noqa: PLC0415 - only here

    from story import facts  # noqa: PLC0415 - only here

    options = {
        "verdicts": get_args(facts.Verdict),
        "stances": get_args(facts.Stance),
        "tiers": get_args(facts.Tier),
        "precisions": get_args(facts.Precision),
        "statuses": get_args(Fact.model_fields["status"].annotation),
    }
    assert set(WORDS[key]) == set(options[key])


def test_a_count_that_was_replaced_says_so() -> None:
    early = {"what": "killed", "value": 17, "unit": "people", "according_to": "A log", "superseded_by": "killed, later"}
    late = {"what": "killed, later", "value": 35, "unit": "people", "according_to": "A log"}
    card = say_fact(fact(figures=[early, late]), WORDS)
    assert [each["by"] for each in card.figures] == ["A log; replaced by a later count of theirs", "A log"]
