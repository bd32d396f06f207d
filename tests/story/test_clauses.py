"""The ledger for readers: every clause, its qualifiers marked, its claims beside it, or why there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.clauses import find_clauses, mark_qualifiers, say_ledger
from tests.story.markup import read_html
from tests.story.told import tiny_bundle

if TYPE_CHECKING:
    from story.model import Story


def test_the_ledger_tells_every_clause_in_its_paragraph(tiny: Story) -> None:
    lamp, night = say_ledger(tiny, "en")
    assert [each["id"] for each in lamp["clauses"]] == ["the-oil-ran-out", "said-twice"]
    assert [claim.id for claim in lamp["clauses"][0]["claims"]] == ["oil-ran-out"]
    assert lamp["clauses"][1]["claims"] == []
    assert lamp["clauses"][1]["says"] == [("He wrote it ", False), ("twice", True), (", and meant it.", False)]
    assert (night["number"], night["ours"], lamp["ours"]) == (2, [], ["A lamp is a promise."])


@given(st.lists(st.sampled_from(["largely", "It held", "LARGELY", "enlarge", "for the most part"]), max_size=6))
def test_marked_words_are_the_same_words(words: list[str]) -> None:
    says = ", ".join(words)
    pieces = mark_qualifiers(says, ["largely", "for the most part"])
    assert "".join(piece for piece, _ in pieces) == says
    kept = [word for word in words if word.casefold() in {"largely", "for the most part"}]
    assert [piece for piece, marked in pieces if marked] == kept


def test_clauses_are_found_in_the_order_of_the_ledger(tiny: Story) -> None:
    found = find_clauses(tiny, ("nobodys-night", "the-oil-ran-out", "nothing"))
    assert [clause.id for clause in found] == ["the-oil-ran-out", "nobodys-night"]


def test_the_page_has_a_row_for_every_clause_and_a_way_from_each_claim(tiny: Story) -> None:
    files = tiny_bundle().files
    page, claim = (files[name].decode() for name in ("essay.html", "claims/oil-ran-out.html"))
    ids = {attributes.get("id") for _, attributes in read_html(page).tags}
    clauses = [clause for paragraph in tiny.editorial.ledger for clause in paragraph.clauses]
    assert {f"clause-{clause.id}" for clause in clauses} <= ids
    assert "3 statements in 2 paragraphs, in our words. 2 of them are tested by 2 claims; of the other 1" in page
    assert "The log itself is the record." in page
    assert '<a href="claims/oil-ran-out.html">' in page
    assert '<a href="../essay.html#clause-the-oil-ran-out">The oil ran out.</a>' in claim
    assert "essay.html" in files["rules.html"].decode()


@pytest.mark.parametrize("name", ["claims/oil-ran-out.html", "index"])
def test_the_objection_stands_with_its_claim_and_leads_to_its_record(name: str) -> None:
    bundle = tiny_bundle()
    told = bundle.page("the-lamp").decode() if name == "index" else bundle.files[name].decode()
    at = told.index("What the essay’s side would object:")
    objection = told[at : at + 300]
    assert "Thirty-six barrels on paper" in objection
    assert 'records.html#record-barrel-census" data-fact="barrel-census">Barrels counted' in objection
