"""What rests on a fact: found from the claims and the chapters, and the same the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from story.rests import chapter_facts, cited_facts, rests_on
from tests.story.told import find_chapter, real

if TYPE_CHECKING:
    from story.model import Story

STORY = real().story


@pytest.mark.parametrize("fact", sorted(cited_facts(STORY)))
def test_what_is_cited_leads_to_a_claim_or_a_chapter_and_back(fact: str) -> None:
    rests = rests_on(STORY, fact)
    assert rests.claims or rests.chapters
    assert all(fact in {item.fact for item in claim.evidence} for claim in rests.claims)
    assert {claim.chapter for claim in rests.claims} <= {chapter.slug for chapter in rests.chapters}
    numbers = [chapter.number for chapter in rests.chapters]
    assert numbers == sorted(set(numbers))


def test_a_chapter_rests_on_what_it_draws_charts_and_cites(tiny: Story) -> None:
    lamp = chapter_facts(tiny, find_chapter(tiny, "the-lamp"))
    assert {"wreck-of-marigold", "wreck-of-heron", "barrel-census", "north-store", "oil-shipment"} <= lamp
    assert [claim.id for claim in rests_on(tiny, "oil-shipment").claims] == ["oil-ran-out"]


def test_nothing_rests_on_what_nobody_cites(tiny: Story) -> None:
    assert rests_on(tiny, "no-such-fact") == rests_on(tiny, "nor-this")
    assert not rests_on(tiny, "no-such-fact").claims
