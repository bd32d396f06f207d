"""The record as data: from files to models to JSON and back, nothing lost and nothing added."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from story.opendata import collect_claims, read_claims, read_facts, write_claims, write_facts
from story.read import read_story
from tests.story.told import TINY, real

if TYPE_CHECKING:
    from story.bundle import Bundle
    from story.facts import Claim
    from story.model import Story

STORY = real().story
FEATURES = {each["id"]: each for each in json.loads(real().files["facts.geojson"])["features"]}


@pytest.mark.parametrize("claim", STORY.claims, ids=lambda claim: claim.id)
def test_every_claim_comes_back_as_its_file_has_it(claim: Claim, bundle: Bundle) -> None:
    claims, facts = read_claims(bundle.files["claims.json"])
    assert next(each for each in claims if each.id == claim.id) == claim
    for each in claim.evidence:
        assert facts[each.fact] == STORY.facts[each.fact]


def test_the_claims_keep_their_order_and_number(bundle: Bundle) -> None:
    assert read_claims(bundle.files["claims.json"])[0] == STORY.claims


@pytest.mark.parametrize("id_", STORY.facts)
def test_every_fact_comes_back_as_its_file_has_it(id_: str, bundle: Bundle) -> None:
    assert read_facts(bundle.files["facts.geojson"])[id_] == STORY.facts[id_]


def test_files_to_models_to_json_and_back_is_the_same_for_any_story() -> None:
    tiny = read_story(TINY)
    assert read_claims(write_claims(tiny, "1", "en"))[0] == tiny.claims
    assert read_facts(write_facts(tiny, "1")) == tiny.facts


@pytest.mark.parametrize("id_", STORY.facts)
def test_a_feature_stands_where_its_fact_is_longitude_first(id_: str) -> None:
    fact, feature = STORY.facts[id_], FEATURES[id_]
    if fact.lat is None:
        assert feature["geometry"] is None
        return
    many = feature["geometry"]["type"] == "MultiPoint"
    assert many == bool(fact.also)
    points = feature["geometry"]["coordinates"] if many else [feature["geometry"]["coordinates"]]
    assert points == [[fact.lon, fact.lat], *([each.lon, each.lat] for each in fact.also)]
    assert [each["coord_precision"] for each in feature["properties"]["places"]] == [
        fact.coord_precision,
        *(each.coord_precision for each in fact.also),
    ]


@pytest.mark.parametrize("id_", STORY.facts)
def test_a_feature_carries_its_figures_with_counters_its_sources_and_its_claims(id_: str) -> None:
    told, fact = FEATURES[id_]["properties"], STORY.facts[id_]
    assert [each["according_to"] for each in told["figures"]] == [each.according_to for each in fact.figures]
    assert [(each["url"], each["tier"]) for each in told["sources"]] == [(s.url, s.tier) for s in fact.sources]
    assert (told["status"], told["date_precision"]) == (fact.status, fact.date_precision)
    assert told["claims"] == [c.id for c in STORY.claims if id_ in {each.fact for each in c.evidence}]


def test_claims_json_says_its_version_its_end_and_where_each_claim_lives(bundle: Bundle) -> None:
    told = json.loads(bundle.files["claims.json"])
    assert (told["version"], told["evidence_until"]) == (bundle.version, "30 June 2026")
    for claim in told["claims"]:
        assert claim["page"] == f"{told['address']}embed/claims/{claim['id']}.html"
        assert f"claims/{claim['id']}.html" in bundle.files
        assert claim["reader"] == f"{told['address']}?claim={claim['id']}"


def test_the_publishers_of_a_claim_are_those_behind_its_verdict(tiny: Story) -> None:
    oil, night = collect_claims(tiny, "1", "en").claims
    assert oil.publishers == ("Northern Log", "Southern Log", "The Mate's Letter")
    assert (night.publishers, oil.dated, night.dated) == ((), "1907-01-03", "1907-01-02")


@pytest.mark.parametrize(
    ("key", "value"), [("verdict", "true"), ("chapter", None), ("evidence", [{"stance": "supports"}]), ("mood", "sad")]
)
def test_a_malformed_file_is_refused(tiny: Story, key: str, value: Any) -> None:
    told = json.loads(write_claims(tiny, "1", "en"))
    told["claims"][0][key] = value
    with pytest.raises(ValidationError, match=key):
        read_claims(json.dumps(told).encode())
