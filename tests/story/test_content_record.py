"""What the real story rests on: clauses and claims, the facts' pages, and what is counted from them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from story.balance import say_balance, say_replies
from story.wording import read_words
from tests.story.told import real

if TYPE_CHECKING:
    from story.model import Chapter

STORY = real().story
CHAPTERS = STORY.chapters
RETOLD = CHAPTERS[1:13]


def of_chapter(chapter: Chapter) -> str:
    """Give a chapter's slug, as a test's id."""
    return chapter.slug


@pytest.mark.parametrize("chapter", RETOLD, ids=of_chapter)
def test_every_paragraph_of_the_essay_has_a_claim_beside_it(chapter: Chapter) -> None:
    assert [claim.id for claim in STORY.claims if claim.chapter == chapter.slug]


@pytest.mark.parametrize("chapter", RETOLD, ids=of_chapter)
def test_the_ledger_has_the_paragraph_and_tests_most_of_it(chapter: Chapter) -> None:
    (paragraph,) = [each for each in STORY.editorial.ledger if each.chapter == chapter.slug]
    tested = {id_ for claim in STORY.claims for id_ in claim.clauses}
    assert [clause for clause in paragraph.clauses if clause.id in tested]
    for clause in paragraph.clauses:
        assert clause.says.endswith(".")
        assert not clause.untested or clause.untested.endswith(".")


def test_qualifiers_that_the_essay_is_judged_by_are_in_the_ledger() -> None:
    kept = {
        qualifier for paragraph in STORY.editorial.ledger for each in paragraph.clauses for qualifier in each.qualifiers
    }
    assert {"largely", "in-the-past", "numerous-occasions", "consistently", "official-level"} <= kept


def test_every_fact_lists_the_pages_that_it_was_read_on() -> None:
    assert [fact.id for fact in STORY.facts.values() if not fact.sources] == []


def test_the_sentence_on_replies_counts_what_the_records_say() -> None:
    (chart,) = [each.view.chart for each in CHAPTERS if each.slug == "restraint"]
    assert chart is not None
    strikes = {row.fact for row in chart.rows if STORY.facts[row.fact].by == "pakistan"}
    answered = strikes & {id_ for fact in STORY.facts.values() for id_ in fact.replies_to}
    said = say_replies(chart, STORY.facts, read_words("en"))
    assert re.findall(r"\d+", said) == [str(len(strikes)), str(len(answered)), str(len(strikes - answered))]
    assert "airstrike-march-2024" in answered


def test_how_even_the_record_is_names_both_sides() -> None:
    told = say_balance(STORY, read_words("en"))
    assert [row["name"] for row in told["acts"]][:2] == ["Pakistan", "The Emirate"]
    assert all(row["all"] for row in told["acts"])
    assert sum(row["all"] for row in told["verdicts"]) == len(STORY.claims)
