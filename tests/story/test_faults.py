"""Faults: what they say, in which order, and what they suggest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.faults import Fault, StoryError, nearest

names = st.text(st.characters(categories=("Ll", "Nd")), min_size=1, max_size=12)


def test_a_fault_says_where_what_and_what_instead() -> None:
    fault = Fault("claims.yaml", 7, "0.chapter", "'the-lmap'", "the id of a chapter", "the-lamp")
    assert str(fault) == (
        "claims.yaml:7: 0.chapter: found 'the-lmap', expected the id of a chapter; did you mean 'the-lamp'?"
    )


def test_a_fault_without_a_guess_asks_nothing() -> None:
    assert "did you mean" not in str(Fault("a.yaml", 1, "key", "x", "y"))


def test_an_error_is_a_value_error_and_lists_faults_by_file_and_line() -> None:
    faults = [Fault("b.yaml", 1, "k", "x", "y"), Fault("a.yaml", 9, "k", "x", "y"), Fault("a.yaml", 2, "k", "x", "y")]
    with pytest.raises(ValueError, match=r"^a\.yaml:2: .*\na\.yaml:9: .*\nb\.yaml:1: ") as caught:
        raise StoryError(iter(faults))
    assert isinstance(caught.value, StoryError)
    assert [(fault.file, fault.line) for fault in caught.value.faults] == [("a.yaml", 2), ("a.yaml", 9), ("b.yaml", 1)]


def test_nothing_is_suggested_where_nothing_is_alike() -> None:
    assert nearest("zzz", ["lamp", "oil"]) == ""
    assert nearest("lamp", []) == ""


@given(names, st.lists(names, max_size=6))
def test_a_valid_value_is_its_own_nearest_and_a_guess_is_always_valid(found: str, others: list[str]) -> None:
    assert nearest(found, [*others, found]) == found
    assert nearest(found, others) in {*others, ""}
