"""What the geodata say of a record's place: names in other languages, both sides, state and history."""

from __future__ import annotations

import pytest

from geodata.load import load
from story.gazette import say_place
from story.legend import legend_entries
from story.rests import area_facts, cited_facts
from story.say import list_marks
from story.wording import read_words
from tests.story.markup import read_html
from tests.story.told import find_chapter, real, real_scene

WORDS = read_words("en")
STORY = real().story
CROSSINGS = [row for row in load("crossings").to_dict("records") if row["fact"]]
DISTRICTS = [row for row in load("tribal_districts").to_dict("records") if row["fact"]]


@pytest.mark.parametrize("row", CROSSINGS, ids=lambda row: row["id"])
def test_a_crossing_says_both_sides_and_its_state(row: dict[str, str]) -> None:
    card = say_place(row["fact"], WORDS)
    assert card is not None
    said = dict(card.lines)
    assert row["province_pk"] in said["Pakistani side"]
    assert row["province_af"] in said["Afghan side"]
    assert said["State"].startswith(WORDS["place"]["statuses"][row["status"]])
    assert row["status_as_of"][:4] in said["State"]
    assert "Accurate to about" in card.credit


@pytest.mark.parametrize("row", DISTRICTS, ids=lambda row: row["name"])
def test_a_tribal_district_says_what_became_of_it_and_that_its_outline_is_approximate(row: dict[str, str]) -> None:
    card = say_place(row["fact"], WORDS)
    assert card is not None
    said = dict(card.lines)
    assert said["Merged"].startswith("31 May 2018: into Khyber Pakhtunkhwa")
    assert ("2022" in said.get("Split", "")) == (row["name"] == "South Waziristan")
    assert said["Outline"].split()[0] in {"Approximate,", "Schematic;"}


@pytest.mark.parametrize("row", [*CROSSINGS, *DISTRICTS], ids=lambda row: row["fact"])
def test_names_in_other_languages_carry_their_language_and_direction(row: dict[str, str]) -> None:
    card = say_place(row["fact"], WORDS)
    assert card is not None
    given = {lang: row[column] for column, lang in (("name_ps", "ps"), ("name_ur", "ur")) if row[column]}
    assert given.items() <= {name.lang: name.text for name in card.names}.items()
    assert {name.dir for name in card.names} <= {"rtl"}


def test_the_records_page_sets_those_names_as_their_language_wants() -> None:
    tags = read_html(real().files["records.html"].decode()).tags
    spoken = {(a["lang"], a["dir"]) for tag, a in tags if tag == "span" and "lang" in a}
    assert spoken == {("ps", "rtl"), ("fa-AF", "rtl"), ("ur", "rtl")}


def test_an_event_has_no_such_card() -> None:
    assert say_place("event-kabul-2025-10-09", WORDS) is None


def test_every_area_that_leads_somewhere_leads_to_a_record_and_stands_in_the_list() -> None:
    layer = STORY.layers["agencies"]
    facts = area_facts(layer)  # type: ignore[arg-type] - an area layer
    assert len(facts) == 13
    assert facts <= cited_facts(STORY)
    chapter = find_chapter(STORY, "tribal-areas")
    assert facts <= {item.fact for item in list_marks(STORY, chapter, real_scene(), WORDS)}
    assert layer.title in {entry.title for entry in legend_entries(STORY, chapter, real_scene())}
