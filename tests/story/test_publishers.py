"""Who stands behind a source: agencies once, copies not at all, and what rests on each publisher."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.editorial import House
from story.facts import Source
from story.publishers import (
    agency_of,
    house_of,
    independent_houses,
    independent_publishers,
    publisher_index,
    single_house_facts,
    weak_facts,
)
from tests.story.told import real

if TYPE_CHECKING:
    from story.facts import Claim
    from story.model import Story

STORY = real().story
HOUSES = (
    House(name="AFP", full="Agence France-Presse", agency=True),
    House(name="AP", agency=True, known_as=("Associated Press",)),
    House(name="Dawn", known_as=("The Hawk (relaying Dawn)",)),
    House(name="APP", agency=True, known_as=("Associated Press of Pakistan",)),
)
PRINTED = sorted({each.publisher for fact in STORY.facts.values() for each in fact.sources if each.reports is None})


@pytest.mark.parametrize(
    ("printed", "house"),
    [
        ("CNA (AFP)", "AFP"),
        ("France 24 (AFP)", "AFP"),
        ("A News / AFP", "AFP"),
        ("Orissa Post (AP text)", "AP"),
        ("Associated Press via Irish Examiner", "AP"),
        ("AFP (copy in an archive)", "AFP"),
        ("The Hawk (relaying Dawn)", "Dawn"),
        ("Dawn", "Dawn"),
        ("Associated Press of Pakistan", "APP"),
        ("The Week (India)", "The Week (India)"),
        ("APPLE (AFPX)", "APPLE (AFPX)"),
    ],
)
def test_a_text_belongs_to_the_house_that_wrote_it(printed: str, house: str) -> None:
    assert house_of(printed, HOUSES) == house


@given(st.text(st.characters(categories=("Lu", "Ll")), min_size=4, max_size=12))
def test_any_outlet_that_prints_an_agency_is_that_agency(outlet: str) -> None:
    for form in ("{} (AFP)", "{} / AFP", "AFP via {}", "{} (AFP text)", "{} (citing AFP)"):
        source = Source(publisher=form.format(outlet), title="", url="https://a.example/", tier="press")
        assert agency_of(source, HOUSES) == "AFP"


def test_an_outlet_of_its_own_prints_no_agency() -> None:
    assert agency_of(Source(publisher="Dawn", title="", url="https://a.example/", tier="press"), HOUSES) == ""


def test_publishers_count_once_and_only_those_that_stand_on_their_own(tiny: Story) -> None:
    # The Mate's Letter (press) and both logs (primary, press); no mirror, no weak fact, no context.
    oil, night = tiny.claims
    assert independent_publishers(tiny, oil) == {"The Mate's Letter", "Northern Log", "Southern Log"}
    assert independent_publishers(tiny, night) == set()


def test_two_outlets_with_one_agency_are_one_publisher(tiny: Story) -> None:
    source = tiny.facts["wreck-of-marigold"].sources[0]
    printed = [source.model_copy(update={"publisher": name}) for name in ("Reef Times (Gull Post)", "Gull Post")]
    fact = tiny.facts["wreck-of-marigold"].model_copy(update={"sources": tuple(printed)})
    assert independent_houses(fact, tiny.editorial.houses) == {"Gull Post"}


def test_a_fact_that_is_weakly_sourced_stands_on_nobody(tiny: Story) -> None:
    fact = tiny.facts["barrel-census"]
    assert independent_houses(fact, ()) == {"Northern Log", "Southern Log"}
    assert independent_houses(fact.model_copy(update={"status": "weakly-sourced"}), ()) == set()


def test_the_index_tells_what_rests_on_each_house(tiny: Story) -> None:
    index = {each.name: each for each in publisher_index(tiny)}
    north = index["Northern Log"]
    assert north.facts == ("barrel-census", "wreck-of-heron", "keepers-meeting")
    assert north.printed_as == ("Northern Log", "Owners' Ledger")
    assert north.tiers == ("primary", "mirror")
    assert north.claims == ("oil-ran-out",)
    assert north.alone == ("keepers-meeting",)
    assert (north.state_owned, index["Southern Log"].state_owned) == ("none", "all")
    assert publisher_index(tiny)[0] == north
    assert {fact.id for fact in weak_facts(tiny)} == {"north-store", "south-store", "wreck-of-heron"}


def test_every_source_of_the_story_is_in_the_index_once() -> None:
    index = publisher_index(STORY)
    assert sorted(printed for each in index for printed in each.printed_as if printed in PRINTED) == PRINTED
    rested = {fact for each in index for fact in each.facts}
    assert rested == {fact.id for fact in STORY.facts.values() if fact.sources}


def test_a_fact_stands_on_nobody_on_one_house_or_on_more() -> None:
    one, weak = single_house_facts(STORY), {fact.id for fact in weak_facts(STORY)}
    assert not set(one) & weak
    for fact in STORY.facts.values():
        count = len(independent_houses(fact, STORY.editorial.houses))
        assert (fact.id in weak, fact.id in one) == (count == 0, count == 1)


def test_names_that_differ_by_a_bracket_only_were_looked_at() -> None:
    # "The Week (India)" and "The Week (PTI)" are two; whoever adds "Dawn (Urdu)" must say whose it is.
    groups = defaultdict(set)
    for printed in PRINTED:
        base = re.split(r" \(|, | / | via ", printed)[0]
        groups[base].add(house_of(printed, STORY.editorial.houses))
    agencies = {house.name for house in STORY.editorial.houses if house.agency}
    mixed = {base: houses - agencies for base, houses in groups.items() if len(houses - agencies) > 1}
    assert mixed == {
        "Business Recorder": {"Business Recorder", "Pak Institute for Peace Studies"},
        "HUM News English": {"Dawn", "HUM News English"},
        "Khyber Chronicles": {"Afghanistan International", "ISPR", "Khyber Chronicles"},
        "MENAFN": {"MENAFN", "MENAFN (TNN)"},
        "Strategic Study India": {"FDD Long War Journal", "New America"},
        "eFinder": {"Al Jazeera", "eFinder (news cluster)"},
    }


@pytest.mark.parametrize(
    "claim", [each for each in STORY.claims if each.verdict != "opinion"], ids=lambda each: each.id
)
def test_no_verdict_needs_an_encyclopaedia_that_anybody_writes(claim: Claim) -> None:
    assert len(independent_publishers(STORY, claim) - {"Wikipedia", "Wikinews"}) >= 2
