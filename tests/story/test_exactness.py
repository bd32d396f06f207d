"""Dates and places: malformed, out of order, too exact, too late, or not known well enough to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.exactness import PARTS, comes_before, end_of_evidence
from tests.story.faulty import change, line_of, untaught
from tests.story.told import EVIDENCE_END, real

if TYPE_CHECKING:
    from pathlib import Path

    from story.facts import Fact
    from story.model import Story

SEA, ISLAND = "facts/sea.yaml", "facts/island.yaml"
texts = st.dates().map(lambda day: day.isoformat()).flatmap(lambda iso: st.sampled_from([iso, iso[:7], iso[:4]]))


@pytest.mark.parametrize(
    ("file", "right", "wrong", "key", "expected"),
    [
        (SEA, "date: '1906-11-03'", "date: '1906-11-31'", "0.date", "a date like"),
        (SEA, "date: '1906-11-03'", "date: November 1906", "0.date", "a date like"),
        (SEA, "date: '1906-12'", "date: '1906-12-24'", "1.date", "a date no more exact"),
        (SEA, "date: '1907-01-01'", "date: '1907-01-02'", "2.date", "nothing later than the end of the evidence"),
        (SEA, "published: '1906-12-01'", "published: '1907-02'", "0.sources.0.published", "nothing later than"),
        (SEA, "published: '1906-12-01'", "published: '1906-10'", "0.sources", "a source that is not older"),
        (ISLAND, "date: '1906'\n  date_precision: year", "date: '1906'\n  date_precision: none", "1.date", "no more"),
        (ISLAND, "end: '1905-06'", "end: '1905-03'", "0.end", "nothing earlier than the start, 1905-04"),
        (ISLAND, "  start: '1905-04'\n", "", "0.end", "a start too"),
        (ISLAND, "start: '1905-04'", "date: '1905'\n  start: '1905-04'", "0.date", "either a date, or"),
        (ISLAND, "  lon: 63.1\n", "", "2.lat", "both lat and lon"),
        (ISLAND, "  coord_precision: town\n", "", "2.coord_precision", "how exactly the place is known"),
    ],
)
def test_a_date_or_place_that_cannot_be_is_told_on_its_line(
    tiny_copy: Path, file: str, right: str, wrong: str, key: str, expected: str
) -> None:
    faults = change(tiny_copy, file, right, wrong)
    (told,) = (fault for fault in faults if expected in fault.expected)
    assert (told.file, told.key) == (file, key)
    if wrong:
        first = wrong.split("\n", maxsplit=1)[0] if expected != "a source that is not older" else "  sources:"
        assert told.line >= line_of(tiny_copy, file, first)


def test_a_point_on_a_timeline_needs_a_month(tiny_copy: Path) -> None:
    untaught(tiny_copy)
    path = tiny_copy / SEA
    text = path.read_text(encoding="utf-8").replace(
        "date: '1906-12'\n  date_precision: month", "date: '1906'\n  date_precision: year"
    )
    path.write_text(text, encoding="utf-8")
    (fault,) = change(tiny_copy, SEA, "Nobody saw it.", "No one saw it.")
    assert (fault.file, fault.key) == ("chapters/02-two-logs/view.yaml", "chart.rows.1.fact")
    assert "wreck-of-heron" in fault.found


@pytest.mark.parametrize("words", ["the end of 1906", "32 January 1907", "1 Janvier 1907"])
def test_the_end_of_the_evidence_must_be_a_day(tiny_copy: Path, words: str) -> None:
    (fault,) = change(tiny_copy, "story.yaml", "evidence_until: 1 January 1907", f"evidence_until: {words}")
    assert fault.key == "evidence_until"


@pytest.mark.parametrize(
    ("right", "wrong", "key"),
    [
        ("date: 1907-01-04", "date: 1907-01-02", "1.date"),
        ("date: 1907-01-03", "date: 1907-01-01", "0.date"),
        ("id: oil-ran-out", "id: oil-ran-off", "0.id"),
        ("part: fact", "part: layer", "1.id"),
    ],
    ids=["out of order", "before it was published", "unknown claim", "unknown layer"],
)
def test_a_correction_is_of_something_that_was_published_and_in_order(
    tiny_copy: Path, right: str, wrong: str, key: str
) -> None:
    (fault,) = change(tiny_copy, "corrections.yaml", right, wrong)
    assert (fault.file, fault.key) == ("corrections.yaml", key)


def test_a_name_that_no_source_bears_is_told_with_the_nearest(tiny_copy: Path) -> None:
    (fault,) = change(tiny_copy, "publishers.yaml", "known_as: [Owners' Ledger]", "known_as: [Owner Ledger]")
    assert (fault.file, fault.nearest) == ("publishers.yaml", "Owners' Ledger")


def test_the_end_of_the_evidence_is_read_from_its_words(tiny: Story) -> None:
    assert end_of_evidence(tiny) == "1907-01-01"
    assert end_of_evidence(real().story) == EVIDENCE_END


@given(texts, texts)
def test_before_is_only_said_where_it_is_certain(one: str, other: str) -> None:
    assert not (comes_before(one, other) and comes_before(other, one))
    assert not comes_before(one, one[:4])
    assert comes_before(one, other) == (one < other and not other.startswith(one))


@pytest.mark.parametrize("fact", real().story.facts.values(), ids=lambda fact: fact.id)
def test_a_real_fact_is_dated_no_more_exactly_than_it_is_known_and_within_the_evidence(fact: Fact) -> None:
    for iso in filter(None, (fact.date, fact.start, fact.end)):
        assert len(iso.split("-")) <= PARTS[fact.date_precision]
        assert iso <= EVIDENCE_END
