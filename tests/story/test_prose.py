"""A chapter's text as HTML, and the words in it that carry a claim."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.prose import render_prose, split_at
from tests.story.told import real

if TYPE_CHECKING:
    from story.facts import Claim

words = st.lists(st.text("abcdefgh&<", min_size=1, max_size=6), min_size=2, max_size=8)


@given(words, words, words)
def test_an_anchor_is_found_whatever_white_space_the_writer_used(
    before: list[str], anchor: list[str], after: list[str]
) -> None:
    marked = ["qqq", *anchor, "zzz"]
    prose = render_prose("\n".join([*before, *marked, *after]))
    found = split_at(" ".join(marked), prose)
    assert found is not None
    assert "".join(found) == prose
    assert html.unescape(found[1]).split() == marked


def test_words_that_stand_twice_or_not_at_all_or_across_markup_are_no_anchor() -> None:
    prose = render_prose("The line. The line. A *very* long line.")
    assert split_at("The line", prose) is None
    assert split_at("No line", prose) is None
    assert split_at("very long", prose) is None
    assert split_at("long line", prose) is not None


@pytest.mark.parametrize("claim", real().story.claims, ids=lambda claim: claim.id)
def test_every_claim_is_marked_in_the_words_of_its_chapter(claim: Claim) -> None:
    chapter = next(each for each in real().story.chapters if each.slug == claim.chapter)
    found = split_at(claim.anchor, render_prose(chapter.texts["en"].body))
    assert found is not None
    assert f'data-claim="{claim.id}"' in real().body
