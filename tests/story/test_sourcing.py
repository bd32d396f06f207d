"""The sources page as HTML: every publisher with what rests on it, what rests on little, whose the map's data are."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from hypothesis import given

from geodata.catalogue import read_catalogue
from story.facts import Claim, Evidence
from story.publishers import publisher_index, weak_facts
from story.sourcing import (
    find_weakness,
    list_pages,
    render_datasets,
    render_downloads,
    render_publisher,
    render_sourcing,
    say_lead,
)
from story.wording import read_words
from tests.story import told
from tests.story.markup import hostile, read_html

STORY = told.real().story
PUBLISHERS = publisher_index(STORY)
TINY = told.tiny()
WORDS = read_words("en")


def test_every_publisher_is_named_with_a_way_to_what_rests_on_it() -> None:
    read = read_html(render_sourcing(STORY, PUBLISHERS, language="en"))
    asked = [
        parse_qs(attributes["href"].removeprefix("?"))["publisher"][0]
        for tag, attributes in read.tags
        if tag == "a" and "data-go" in attributes
    ]
    names = [publisher.name for publisher in PUBLISHERS]
    assert asked[: len(names)] == names
    assert set(asked) == set(names)


def test_no_verdict_rests_on_a_weak_record() -> None:
    weakness = find_weakness(STORY)
    assert [fact for fact, _ in weakness.facts] == list(weak_facts(STORY))
    assert weakness.resting == ()


def test_a_verdict_that_would_fall_without_a_weak_record_is_found_and_shown() -> None:
    weak = next(iter(weak_facts(TINY)))
    leaning = Claim(
        id="leaning",
        chapter="the-lamp",
        statement="It leans.",
        anchor="oil",
        verdict="supported",
        summary="On one weak leg.",
        evidence=(Evidence(fact=weak.id, stance="supports"),),
    )
    story = replace(TINY, claims=(*TINY.claims, leaning))
    assert find_weakness(story).resting == (leaning,)
    assert "would not stand without them" in render_sourcing(story, publisher_index(story), language="en")
    assert not find_weakness(TINY).resting


def test_an_opinion_and_an_admitted_single_publisher_may_stand_on_less() -> None:
    claim = TINY.claims[0]
    weak = Evidence(fact=weak_facts(TINY)[0].id, stance="supports")
    strong = next(each for each in claim.evidence if each.fact == "barrel-census")
    one = claim.model_copy(update={"evidence": (weak, strong), "only_one_publisher": True, "verdict": "contested"})
    opinion = claim.model_copy(update={"id": "view", "evidence": (weak,), "verdict": "opinion"})
    assert find_weakness(replace(TINY, claims=(one, opinion))).resting == ()


@pytest.mark.parametrize("publisher", PUBLISHERS, ids=lambda publisher: publisher.name)
def test_a_publisher_has_its_claims_and_its_records_with_their_pages(publisher: object) -> None:
    read = read_html(render_publisher(STORY, publisher, language="en"))
    outside = [attributes for tag, attributes in read.tags if tag == "a" and "target" in attributes]
    known = {source.url for id_ in publisher.facts for source in STORY.facts[id_].sources}
    assert {attributes["href"] for attributes in outside} <= known
    assert len(outside) >= len(publisher.facts)
    assert {attributes["rel"] for attributes in outside} == {"noopener noreferrer nofollow"}
    assert sum(tag == "article" for tag, _ in read.tags) == len(publisher.facts)
    claims = [attributes["href"] for tag, attributes in read.tags if tag == "a" and "claim=" in attributes["href"]]
    assert claims == [f"evidence?claim={id_}" for id_ in publisher.claims]
    assert read.text.count("No other publisher that counts") == len(publisher.alone)


def test_every_dataset_is_named_with_licence_accuracy_faults_and_citation() -> None:
    catalogue = read_catalogue()
    text = read_html(render_datasets(STORY, catalogue.values(), "v1", language="en")).text
    for dataset in catalogue.values():
        assert dataset.title in text
        assert dataset.credit in text
        assert f"within {dataset.accuracy_km:g} km" in text
        assert all(fault in text for fault in dataset.faults)
        assert dataset.sha256 in text
    assert "LicenseRef" not in render_datasets(STORY, catalogue.values(), "v1", language="en").split("<dd>")[1]


def test_only_files_that_exist_are_offered() -> None:
    def addresses(files: list[str]) -> list[str]:
        page = read_html(render_downloads(files, language="en"))
        return [attributes["href"] for tag, attributes in page.tags if tag == "a"]

    assert addresses([]) == []
    assert addresses(["claims.json", "schemas/claims.json"]) == ["embed/claims.json", "embed/schemas/claims.json"]
    files = told.real().files
    offered = addresses(list(files))
    assert {address.removeprefix("embed/") for address in offered} <= set(files)
    assert {"embed/claims.json", "embed/facts.geojson", "embed/records.html"} <= set(offered)
    assert sum("schemas/" in address for address in offered) == sum(name.startswith("schemas/") for name in files)


def test_the_table_has_every_page_of_every_cited_record() -> None:
    rows = list_pages(STORY, WORDS)
    assert {row["Link"] for row in rows} <= {source.url for fact in STORY.facts.values() for source in fact.sources}
    cited = {each.fact for claim in STORY.claims for each in claim.evidence}
    assert {source.url for id_ in cited for source in STORY.facts[id_].sources} <= {row["Link"] for row in rows}


def test_the_lead_counts_and_says_where_the_evidence_ends() -> None:
    lead = say_lead(STORY, PUBLISHERS, WORDS)
    assert f"{len(STORY.facts)} records by {len(PUBLISHERS)} publishers" in lead
    assert STORY.settings.evidence_until in lead


@given(hostile)
def test_no_name_or_title_becomes_markup(text: str) -> None:
    shapes = []
    for words in ("plain", text):
        facts = {
            id_: fact.model_copy(
                update={
                    "title": words,
                    "sources": tuple(each.model_copy(update={"publisher": words}) for each in fact.sources),
                }
            )
            for id_, fact in TINY.facts.items()
        }
        story = replace(TINY, facts=facts)
        (publisher,) = publisher_index(story)
        pages = render_sourcing(story, (publisher,), language="en") + render_publisher(story, publisher, language="en")
        shapes.append(read_html(pages).shape)
    assert shapes[0] == shapes[1]
