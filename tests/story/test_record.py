"""What the real record holds: every fact and every claim held to the rules of how we tell it."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

from story.rests import cited_facts
from tests.story.told import EVIDENCE_END, paragraphs, real
from tests.story.voice import loaded

if TYPE_CHECKING:
    from story.facts import Claim, Fact

STORY = real().story
ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
LENGTH = {"day": 10, "month": 7, "quarter": 7, "year": 4, "none": 0}


def of_id(record: Claim | Fact) -> str:
    """Give a record's id, as a test's id."""
    return record.id


@pytest.mark.parametrize("fact", STORY.facts.values(), ids=of_id)
def test_dates_are_real_days_in_order_and_none_is_after_the_evidence(fact: Fact) -> None:
    dates = [date for date in (fact.date, fact.start, fact.end) if date]
    for date in dates:
        assert ISO.fullmatch(date), date
        dt.date.fromisoformat((date + "-01-01")[:10])
        assert date <= EVIDENCE_END
        assert len(date) >= LENGTH[fact.date_precision], f"{date} is less exact than {fact.date_precision}"
    if fact.start and fact.end:
        assert fact.start <= fact.end
    assert not (fact.date and (fact.start or fact.end)), "either a date or a span"


@pytest.mark.parametrize("fact", STORY.facts.values(), ids=of_id)
def test_sources_have_addresses_and_none_is_after_the_evidence(fact: Fact) -> None:
    for source in fact.sources:
        assert re.fullmatch(r"https?://[^\s/]+\.[^\s]+", source.url)
        assert source.publisher.strip()
        assert "[URL" not in source.title, "a title made from the address is not seen: title_seen: false"
        if source.published and ISO.fullmatch(source.published):
            assert source.published <= EVIDENCE_END


@pytest.mark.parametrize("fact", STORY.facts.values(), ids=of_id)
def test_a_place_is_whole_and_says_how_well_it_is_known(fact: Fact) -> None:
    assert (fact.lat is None) == (fact.lon is None) == (fact.coord_precision is None)
    if fact.lat is not None:
        assert fact.place


@pytest.mark.parametrize("fact", STORY.facts.values(), ids=of_id)
def test_figures_name_who_counted(fact: Fact) -> None:
    assert all(figure.according_to.strip() and figure.what.strip() and figure.unit.strip() for figure in fact.figures)


@pytest.mark.parametrize("fact", STORY.facts.values(), ids=of_id)
def test_a_fact_speaks_without_loaded_words(fact: Fact) -> None:
    assert not loaded(" ".join([fact.title, fact.summary, fact.contested or "", fact.date_note or ""]))


@pytest.mark.parametrize("fact", [STORY.facts[id_] for id_ in sorted(cited_facts(STORY))], ids=of_id)
def test_what_is_cited_has_a_source(fact: Fact) -> None:
    assert fact.sources


@pytest.mark.parametrize("claim", STORY.claims, ids=of_id)
def test_a_verdict_rests_on_two_publishers_who_stand_on_their_own(claim: Claim) -> None:
    facts = [STORY.facts[item.fact] for item in claim.evidence]
    sources = [source for fact in facts if fact.status != "weakly-sourced" for source in fact.sources]
    publishers = {source.publisher for source in sources if source.tier not in {"mirror", "weak"}}
    assert claim.verdict == "opinion" or len(publishers) >= 2


@pytest.mark.parametrize("claim", STORY.claims, ids=of_id)
def test_the_evidence_bears_the_verdict(claim: Claim) -> None:
    stances = {item.stance for item in claim.evidence}
    assert len({item.fact for item in claim.evidence}) == len(claim.evidence), "a fact is cited twice"
    wanted = {
        "supported": {"supports"},
        "partly-supported": {"supports"},
        "contested": set(),
        "contradicted": {"disputes"},
        "opinion": set(),
    }
    assert wanted[claim.verdict] <= stances
    if claim.verdict == "contested":
        assert stances >= {"supports", "disputes"}
    if claim.verdict == "opinion":
        assert stances <= {"context"}


@pytest.mark.parametrize("claim", STORY.claims, ids=of_id)
def test_a_claim_is_said_in_its_chapter_and_judged_without_loaded_words(claim: Claim) -> None:
    (chapter,) = (chapter for chapter in STORY.chapters if chapter.slug == claim.chapter)
    assert " ".join(paragraphs(chapter)).count(claim.anchor) == 1
    assert not loaded(f"{claim.statement} {claim.summary}")
    assert 1 <= len(re.findall(r"[.!?;]”?(?:\s|$)", claim.summary)) <= 8
    assert claim.evidence


def test_no_claim_or_layer_is_given_twice() -> None:
    assert len({claim.id for claim in STORY.claims}) == len(STORY.claims)
    assert len({claim.anchor for claim in STORY.claims}) == len(STORY.claims)
