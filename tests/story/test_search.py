"""What is asked of the claims: read from any address without a fault, applied, written back the same."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.cases import collect_cases, fold
from story.search import (
    MOST_LETTERS,
    ORDERS,
    SIDES,
    VERDICTS,
    Search,
    clean_words,
    found_in,
    keep_cases,
    known_values,
    neighbours,
    read_search,
)
from tests.story import told
from tests.story.markup import hostile

if TYPE_CHECKING:
    from story.cases import Case

CASES = collect_cases(told.real().story)
KNOWN = known_values(CASES)
TINY = collect_cases(told.tiny())
ALL_WORDS = sorted({word for case in CASES for text in case.words.values() for word in text.split()})

searches = st.builds(
    Search,
    claim=st.sampled_from(["", *KNOWN["claim"]]),
    words=st.lists(st.sampled_from(ALL_WORDS), max_size=3).map(" ".join).map(clean_words),
    chapter=st.sampled_from(["", *KNOWN["chapter"]]),
    verdict=st.sampled_from(["", *VERDICTS]),
    publisher=st.sampled_from(["", *KNOWN["publisher"]]),
    side=st.sampled_from(["", *SIDES]),
    owned=st.sampled_from(["", "some", "none"]),
    order=st.sampled_from(ORDERS),
)
names = st.sampled_from([*asdict(Search()), "from", "borders", "", "<script>"])
values = st.one_of(hostile, st.text(max_size=30), st.sampled_from(["x" * 100_000, "contested", "both", "Dawn"]))


def ids(cases: tuple[Case, ...]) -> list[str]:
    """Give the ids of the claims, in order."""
    return [case.claim.id for case in cases]


@given(searches)
def test_an_address_says_what_was_asked(search: Search) -> None:
    query = search.address().removeprefix("?")
    assert read_search(parse_qs(query), CASES) == search


@given(st.dictionaries(names, st.lists(values, max_size=3)))
def test_whatever_an_address_asks_only_known_values_are_taken(params: dict[str, list[str]]) -> None:
    search = read_search(params, CASES)
    for name, known in KNOWN.items():
        assert getattr(search, name) in {"", *known}
    assert search.order in ORDERS
    assert len(search.words) <= MOST_LETTERS
    assert search.words == clean_words(search.words)
    keep_cases(search, CASES)


def test_of_repeated_values_the_first_known_one_counts() -> None:
    asked = {"verdict": ["<script>", "opinion", "contested"], "words": ["drone", "ignored"]}
    assert read_search(asked, CASES) == Search(verdict="opinion", words="drone")


@given(searches)
def test_a_filter_only_takes_away_and_keeps_what_passes(search: Search) -> None:
    kept = keep_cases(search, CASES)
    assert set(ids(kept)) <= set(ids(CASES))
    for case in kept:
        assert search.verdict in {"", case.claim.verdict}
        assert search.chapter in {"", case.claim.chapter}
        assert search.side in {"", case.side}
        assert search.publisher in {"", *case.houses}
        everything = " ".join(case.words.values())
        assert all(word in everything for word in fold(search.words).split())
    for name in search.filters:
        assert set(ids(kept)) <= set(ids(keep_cases(replace(search, **{name: ""}), CASES)))


@pytest.mark.parametrize("name", ["chapter", "verdict", "side", "owned"])
def test_the_values_of_a_filter_share_all_claims_out_among_them(name: str) -> None:
    parts = [ids(keep_cases(Search(**{name: value}), CASES)) for value in KNOWN[name]]
    assert sorted(id_ for part in parts for id_ in part) == sorted(ids(CASES))


@pytest.mark.parametrize("order", ORDERS)
def test_an_order_changes_nothing_but_the_order(order: str) -> None:
    kept = keep_cases(Search(order=order), CASES)
    assert sorted(ids(kept)) == sorted(ids(CASES))
    if order == "records":
        assert [case.size for case in kept] == sorted((case.size for case in CASES), reverse=True)
    if order == "newest":
        assert [case.newest for case in kept] == sorted((case.newest for case in CASES), reverse=True)
    if order == "verdict":
        assert [VERDICTS.index(case.claim.verdict) for case in kept] == sorted(
            VERDICTS.index(case.claim.verdict) for case in CASES
        )
    if order == "essay":
        assert kept == CASES


def test_words_are_found_whatever_their_case_accents_and_quotation_marks() -> None:
    assert fold("“Ça”  Qalʿa’s – Über") == '"ca" qalʿa\'s - uber'
    assert ids(keep_cases(Search(words="MARIGOLD"), TINY)) == ["oil-ran-out"]
    assert ids(keep_cases(Search(words="lamp oil marigold"), TINY)) == ["oil-ran-out"]
    assert not keep_cases(Search(words="lamp submarine"), TINY)


def test_a_record_is_named_where_the_claim_itself_does_not_hold_the_words() -> None:
    (case, _) = TINY
    assert found_in(Search(words="marigold"), case) == ("wreck-of-marigold",)
    assert found_in(Search(words="lamp"), case) == ()
    assert found_in(Search(), case) == ()


@given(searches.filter(lambda search: bool(search.claim)))
def test_neighbours_lie_beside_the_claim_in_the_list_that_it_was_opened_from(search: Search) -> None:
    before, after = neighbours(search, CASES)
    kept = ids(keep_cases(search, CASES))
    row = kept if search.claim in kept else ids(CASES)
    at = row.index(search.claim)
    assert (before.claim.id if before else None) == (row[at - 1] if at else None)
    assert (after.claim.id if after else None) == (row[at + 1] if at + 1 < len(row) else None)


def test_a_case_says_on_which_sides_there_is_evidence() -> None:
    contested, opinion = TINY
    assert (contested.side, contested.size) == ("both", 3)
    assert (opinion.side, opinion.size, opinion.newest, opinion.behind) == ("neither", 0, "", ())
    assert contested.newest == "1906-11-03"
    assert contested.state_owned


@given(st.text(max_size=400))
def test_typed_words_become_one_line_that_is_short_enough(text: str) -> None:
    cleaned = clean_words(text)
    assert len(cleaned) <= MOST_LETTERS
    assert cleaned == " ".join(cleaned.split())
    assert cleaned.isprintable()
