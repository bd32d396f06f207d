"""The evidence page as HTML: every claim once in the picture, every record with its sources, nothing unescaped."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

import pytest
from hypothesis import given

from story.cases import STANCES, collect_cases
from story.evidence import Desk, label_choices, render_case, render_cases, render_glance, say_lead, say_result
from story.search import Search, known_values, read_search
from tests.story import told
from tests.story.markup import MARKUP, hostile, read_html

STORY = told.real().story
CASES = collect_cases(STORY)
TINY = told.tiny()
TINY_CASES = collect_cases(TINY)


def desk(**asked: str) -> Desk:
    """Give a desk of the real story with a search."""
    return Desk(STORY, CASES, Search(**asked), "en")


def links(page: str) -> list[str]:
    """Give the addresses of all links, in order."""
    return [attributes["href"] for tag, attributes in read_html(page).tags if tag == "a"]


def test_the_picture_has_every_claim_once_and_counts_them_all() -> None:
    page = render_glance(desk())
    asked = [parse_qs(address.removeprefix("?")) for address in links(page)]
    assert [each["claim"][0] for each in asked if "claim" in each] == [case.claim.id for case in CASES]
    assert [each["chapter"][0] for each in asked if "chapter" in each] == [
        chapter.slug for chapter in STORY.chapters[1:-1]
    ]
    counts = [int(number) for number in re.findall(r"<b>(\d+)</b>", page)]
    assert sum(counts) == len(STORY.claims)


def test_every_sign_in_the_picture_is_told_in_words() -> None:
    for tag, attributes in read_html(render_glance(desk())).tags:
        if "cell" in attributes.get("class", "").split():
            assert tag == "a"
            verdict, _, statement = attributes["aria-label"].partition(": ")
            claim = next(claim for claim in STORY.claims if claim.statement == statement)
            assert desk().words["verdicts"][claim.verdict] == verdict
            assert f"verdict-{claim.verdict}" in attributes["class"]


def test_the_picture_pales_what_a_search_leaves_out_and_a_chosen_link_lets_go() -> None:
    page = read_html(render_glance(desk(verdict="opinion"))).tags
    cells = [attributes["class"] for tag, attributes in page if tag == "a" and "cell" in attributes.get("class", "")]
    assert {"out" in each.split() for each in cells if "verdict-opinion" in each} == {False}
    assert {"out" in each.split() for each in cells if "verdict-opinion" not in each} == {True}
    (chosen,) = (attributes["href"] for tag, attributes in page if "aria-current" in attributes)
    assert chosen == "?"


def test_all_claims_are_listed_with_their_reasoning_and_a_way_into_the_story() -> None:
    page = render_cases(desk())
    text = read_html(page).text
    for claim in STORY.claims:
        assert claim.statement in text
        assert " ".join(claim.summary.split()) in " ".join(text.split())
        assert f"?claim={claim.id}" in links(page)
        assert f"./?claim={claim.id}" in links(page)


def test_a_list_without_a_result_says_so_and_leads_back() -> None:
    page = render_cases(desk(words="zzzz"))
    assert "No claim answers" in page
    assert links(page) == ["?"]
    assert say_result(desk(words="zzzz")) == f"0 of {len(CASES)} claims"


@pytest.mark.parametrize("claim", STORY.claims, ids=lambda claim: claim.id)
def test_a_claim_is_shown_whole_with_every_source_of_every_record(claim: object) -> None:
    case = next(case for case in CASES if case.claim == claim)
    page = render_case(desk(claim=case.claim.id), "")
    read = read_html(page)
    facts = [fact for stance in STANCES for fact in case.sides[stance]]
    assert [attributes["id"] for tag, attributes in read.tags if tag == "article"] == [
        f"record-{id_.id}" for id_ in facts
    ]
    sources = [source.url for fact in facts for source in fact.sources]
    outside = [attributes for tag, attributes in read.tags if tag == "a" and "target" in attributes]
    assert [attributes["href"] for attributes in outside] == sources
    assert {attributes["rel"] for attributes in outside} <= {"noopener noreferrer nofollow"}
    for fact in facts:
        for figure in fact.figures:
            assert figure.according_to in read.text
    assert read.text.count("state-owned") == sum(source.state_media for fact in facts for source in fact.sources)


def test_the_charts_of_a_claim_lead_to_records_on_the_same_page() -> None:
    shown = [case for case in CASES if case.claim.compare]
    assert shown
    for case in shown:
        page = render_case(desk(claim=case.claim.id), "")
        told_of = {attributes["data-fact"] for _, attributes in read_html(page).tags if "data-fact" in attributes}
        ids = {attributes.get("id") for _, attributes in read_html(page).tags}
        assert told_of
        assert {f"record-{fact}" for fact in told_of} <= ids


def test_a_claim_opened_from_a_list_leads_back_to_that_list() -> None:
    page = render_case(desk(claim=CASES[0].claim.id, verdict="partly-supported"), "")
    assert links(page)[0] == "?verdict=partly-supported"
    assert f"Back to {sum(case.claim.verdict == 'partly-supported' for case in CASES)} claims" in page


def test_every_link_inside_the_page_asks_for_something_known() -> None:
    pages = [
        render_glance(desk(side="both")),
        render_cases(desk(order="newest")),
        render_case(desk(claim=CASES[3].claim.id), ""),
    ]
    for page in pages:
        for tag, attributes in read_html(page).tags:
            if tag == "a" and "data-go" in attributes:
                asked = parse_qs(attributes["href"].removeprefix("?"))
                assert read_search(asked, CASES).params == {name: value[0] for name, value in asked.items()}


@given(hostile)
def test_no_text_of_a_story_or_a_search_becomes_markup(text: str) -> None:
    claim = TINY.claims[0]
    plain, odd = (
        Desk(
            TINY,
            collect_cases(_with(claim.model_copy(update={"statement": words, "summary": words}))),
            Search(words=searched),
            "en",
        )
        for words, searched in (("plain", ""), (text, ""))
    )
    for render in (render_glance, render_cases, lambda one: render_case(_opened(one), "")):
        assert read_html(render(odd)).shape == read_html(render(plain)).shape


def _with(claim: object) -> object:
    from dataclasses import replace  # noqa: PLC0415 - only here

    return replace(TINY, claims=(claim, *TINY.claims[1:]))


def _opened(one: Desk) -> Desk:
    return Desk(one.story, one.cases, Search(claim=one.cases[0].claim.id), "en")


def test_hostile_words_of_a_search_are_shown_nowhere_as_markup() -> None:
    shown = render_cases(desk(words=MARKUP)) + render_glance(desk(words=MARKUP))
    assert "<script" not in shown


def test_every_choice_has_words() -> None:
    labels = label_choices(desk())
    known = known_values(CASES)
    for name, choices in labels.items():
        assert [value for value in choices if value] == list(known[name])
        assert all(choices.values())
    assert labels["publisher"][known["publisher"][0]].endswith(")")


def test_the_lead_says_how_much_there_is() -> None:
    facts = {each.fact for claim in STORY.claims for each in claim.evidence}
    assert f"{len(STORY.claims)} claims" in say_lead(desk())
    assert f"{len(facts)} records" in say_lead(desk())
    assert STORY.settings.evidence_until in say_lead(desk())


def test_another_story_is_told_by_the_same_page() -> None:
    tiny = Desk(TINY, TINY_CASES, Search(), "en")
    assert links(render_glance(tiny))
    assert "The Marigold strikes the reef" in render_case(_opened(tiny), "")
