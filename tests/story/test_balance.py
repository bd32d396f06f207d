"""How even the record is: counted from the record, never added up, thin where it is thin."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.atlas import Atlas
from story.balance import acts_of, answers, civilians_killed, say_balance, say_replies, say_sourced
from story.facts import Fact, Figure
from story.model import Chart, PointLayer
from story.wording import read_words
from tests.story.faulty import change
from tests.story.told import tiny

if TYPE_CHECKING:
    from pathlib import Path

    from story.model import Story

WORDS = read_words("en")
SEA = "facts/sea.yaml"
DEAD = {"unit": "people", "according_to": "UNAMA (preliminary), via AP"}


def fact(id_: str, day: str, **keys: object) -> Fact:
    """Give a fact of a day, in Kabul unless it is said otherwise."""
    base = {"id": id_, "kind": "event", "title": id_, "date": day, "date_precision": "day", "summary": "x"}
    return Fact.model_validate({**base, "status": "sourced", "lat": 34.5, "lon": 69.2, **keys})


STRIKE = fact("strike", "2025-10-09", by="pakistan", figures=[{"what": "civilians killed", "value": 3, **DEAD}])
SILENT = fact("silent", "2025-11-25", by="pakistan")
HOME = fact("home", "2025-12-01", by="pakistan", lat=33.0, lon=70.6)  # North Waziristan
REPLY = fact("reply", "2025-10-11", by="the-emirate", replies_to=["strike"])
FIRE = fact("fire", "2025-10-15", by="both")


def story_of(*facts: Fact) -> Story:
    """Give the tiny story with these facts alone, all drawn by one layer of acts."""
    layer = PointLayer(
        id="acts", title="Acts", ink="oil", draw="points", mark="dot", points=[{"fact": f.id} for f in facts]
    )
    return replace(
        tiny(), facts={f.id: f for f in facts}, layers={"acts": layer}, claims=(), atlas=Atlas(groups={"acts": "x"})
    )


def test_attacks_and_replies_are_counted_by_whose_act_they_were() -> None:
    story = story_of(SILENT, STRIKE, HOME, REPLY, FIRE)
    acts = acts_of(story)
    assert [each.id for each in acts["pakistan"]] == ["strike", "silent"]
    assert answers(story.facts) == {"strike": [REPLY]}
    rows = say_balance(story, WORDS)["acts"]
    assert [(row["name"], row["all"], row["replies"], row["answered"], row["years"]) for row in rows] == [
        ("Pakistan", 2, 0, 1, "2025"),
        ("The Emirate", 1, 1, 0, "2025"),
        ("Both sides", 1, 0, 0, "2025"),
    ]


def test_what_lies_in_both_countries_or_nowhere_is_no_operation_at_home() -> None:
    both = fact("both", "2025-01-01", by="pakistan", lat=33.0, lon=70.6, also=[
        {"place": "x", "lat": 34.5, "lon": 69.2, "coord_precision": "town"},
    ])  # fmt: skip
    told = fact("told", "2025-01-02", by="pakistan", lat=33.0, lon=70.6, country="AF")
    nowhere = fact("nowhere", "2025-01-03", by="pakistan", lat=None, lon=None)
    assert [each.id for each in acts_of(story_of(both, told, nowhere, HOME))["pakistan"]] == ["both", "told", "nowhere"]


def test_each_counter_is_named_with_its_records_and_no_count_is_added() -> None:
    again = fact("again", "2026-01-01", by="pakistan", figures=[
        {"what": "civilians killed", "value": 5, **DEAD},
        {"what": "civilians killed", "value": 9, "unit": "people", "according_to": "The Emirate"},
    ])  # fmt: skip
    told = say_balance(story_of(STRIKE, SILENT, again, REPLY), WORDS)
    pakistan, emirate, both = told["civilians"]
    assert (pakistan["counted"], pakistan["all"]) == (2, 3)
    assert pakistan["counters"] == [("UNAMA", 2), ("The Emirate", 1)]
    assert [row["id"] for row in pakistan["records"]] == ["strike", "again"]
    assert "14" not in str(pakistan["records"])
    assert (emirate["counted"], both["all"]) == (0, 0)


@pytest.mark.parametrize(
    ("keys", "counts"),
    [
        ({"what": "Afghan civilians killed"}, True),
        ({"what": "civilians injured"}, False),
        ({"what": "killed"}, False),
        ({"what": "civilians killed", "value": 0}, False),
        ({"what": "civilians killed", "unit": "per cent"}, False),
        ({"what": "civilians killed", "superseded_by": "x"}, False),
    ],
)
def test_only_a_standing_count_of_killed_civilians_counts(keys: dict[str, object], *, counts: bool) -> None:
    figure = Figure.model_validate({"value": 1, **DEAD, **keys})
    assert (civilians_killed(fact("x", "2025-01-01", figures=[figure])) == [figure]) is counts


def test_the_page_says_where_one_side_is_thinner_and_only_there() -> None:
    thin = say_balance(story_of(STRIKE, SILENT, REPLY), WORDS)["thin"]
    assert thin[0] == "Attacks on record: 2 of Pakistan, 1 of the Emirate."
    even = say_balance(story_of(STRIKE, REPLY), WORDS)["thin"]
    assert not any(each.startswith("Attacks") for each in even)
    assert any(each.startswith("Records that count civilians killed: 1 of attacks by Pakistan, 0") for each in even)


def test_every_claim_is_in_one_cell_by_verdict_and_the_side_that_objects(tiny: Story) -> None:
    rows = say_balance(tiny, WORDS)["verdicts"]
    assert sum(row["all"] for row in rows) == len(tiny.claims)
    assert {row["name"]: row["numbers"] for row in rows if row["all"]} == {
        "The essay": [0, 0, 1, 0, 0],
        "Nobody": [0, 0, 0, 0, 1],
    }


def test_every_page_is_counted_once_for_each_record_that_names_it(tiny: Story) -> None:
    rows = say_balance(tiny, WORDS)["sources"]
    assert sum(row["all"] for row in rows) == sum(len(each.sources) for each in tiny.facts.values())
    assert [row["name"] for row in rows] == ["Pakistan", "The Emirate", "The south", ""]


@given(st.lists(st.booleans(), min_size=1, max_size=6))
def test_the_sentence_on_replies_is_made_from_the_rows(replied: list[bool]) -> None:
    strikes = [fact(f"s{at}", f"2025-0{at + 1}-01", by="pakistan") for at in range(len(replied))]
    replies = [
        fact(f"r{at}", f"2025-0{at + 1}-02", by="the-emirate", replies_to=[f"s{at}"])
        for at, each in enumerate(replied)
        if each
    ]
    facts = {each.id: each for each in [*strikes, *replies]}
    rows = [{"fact": each.id, "name": each.id, "lane": "x"} for each in facts.values()]
    chart = Chart.model_validate({"kind": "timeline", "title": "x", "lanes": ["x"], "rows": rows, "replies": True})
    said = say_replies(chart, facts, WORDS)
    assert f"Of the {len(replied)} strikes in this chart {sum(replied)} were" in said
    assert f"the other {replied.count(False)} no announced reply" in said
    assert say_replies(chart.model_copy(update={"replies": False}), facts, WORDS) == ""


def test_a_reply_counts_even_where_the_chart_does_not_draw_it() -> None:
    chart = Chart.model_validate(
        {"kind": "timeline", "title": "x", "replies": True, "rows": [{"fact": "strike", "name": "x", "lane": "x"}]}
    )
    assert "1 were followed" in say_replies(chart, {"strike": STRIKE, "reply": REPLY}, WORDS)


def test_how_much_is_on_its_pages_is_counted(tiny: Story) -> None:
    assert "Of the 7 records of this story 3 are wholly" in say_sourced(tiny, WORDS)


@pytest.mark.parametrize(
    ("file", "right", "wrong", "key"),
    [
        (
            SEA,
            "  summary: Nobody saw it.",
            "  summary: Nobody saw it.\n  replies_to: [wreck-of-marigol]",
            "1.replies_to.0",
        ),
        (
            SEA,
            "  summary: Nobody saw it.",
            "  summary: Nobody saw it.\n  replies_to: [keepers-meeting]",
            "1.replies_to.0",
        ),
        (SEA, "  summary: Nobody saw it.", "  summary: Nobody saw it.\n  by: both", "groups.wrecks"),
        ("publishers.yaml", ", state: The south", "", "1.sources.1.publisher"),
    ],
)
def test_what_would_make_the_count_untrue_is_told(tiny_copy: Path, file: str, right: str, wrong: str, key: str) -> None:
    faults = change(tiny_copy, file, right, wrong)
    assert [fault.key for fault in faults] == [key]
    assert faults[0].line
