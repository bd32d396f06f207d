"""The evidence page as HTML: the essay at a glance, the claims that a search has left, one claim whole."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from story.cases import STANCES, Case
from story.clauses import find_clauses
from story.facts import Fact
from story.masthead import READER
from story.model import Chapter, Story
from story.notes import SIGNS, say_objection
from story.ranges import draw_ranges
from story.search import Search, found_in, keep_cases, known_values, neighbours
from story.templates import TEMPLATES, ours
from story.wording import read_words, say_fact, say_month

LEDGER = "embed/essay.html"  # the page of the essay's ledger, from the app's pages
PIP_PX = 12
GAP_PX = 8


@dataclass(frozen=True, slots=True)
class Desk:
    """What all parts of the page share: the story, its cases, what is asked of them, the language."""

    story: Story
    cases: Sequence[Case]
    search: Search
    language: str

    @property
    def words(self) -> dict[str, Any]:
        """The reader's words."""
        return read_words(self.language)

    def name(self, chapter: Chapter) -> str:
        """A chapter by its number and its title."""
        said: str = self.words["evidence"]["paragraph"]
        return said.format(number=chapter.number, title=chapter.texts[self.language].title)


def render_glance(desk: Desk) -> str:
    """How many claims have which verdict, and each claim as a sign in its chapter; what the search leaves out is pale.

    Every sign, verdict and chapter is a link that asks for it, one that is asked for is a link that no longer does.
    """
    search, words = desk.search, desk.words
    numbers = Counter(case.claim.verdict for case in desk.cases)
    counts = [
        {
            "verdict": verdict,
            "words": said,
            "sign": SIGNS[verdict],
            "number": numbers[verdict],
            "chosen": search.verdict == verdict,
            "address": search.address(claim="", verdict="" if search.verdict == verdict else verdict),
        }
        for verdict, said in words["verdicts"].items()
    ]
    return TEMPLATES.get_template("glance.html").render(
        words=words,
        counts=counts,
        most=max(numbers.values(), default=1),
        columns=_columns(desk),
        ledger=LEDGER if desk.story.editorial.ledger else "",
    )


def _columns(desk: Desk) -> list[dict[str, Any]]:
    """Every chapter that is a paragraph of the essay or makes a claim, with its claims as cells."""
    search, kept = desk.search, {case.claim.id for case in keep_cases(desk.search, desk.cases)}
    inner = desk.story.chapters[1:-1]
    told = [each for each in desk.story.chapters if each in inner or any(case.chapter == each for case in desk.cases)]
    return [
        {
            "number": chapter.number,
            "title": chapter.texts[desk.language].title,
            "chosen": search.chapter == chapter.slug,
            "address": search.address(claim="", chapter="" if search.chapter == chapter.slug else chapter.slug),
            "cells": [
                _head(case, desk) | {"kept": case.claim.id in kept}
                for case in desk.cases
                if case.chapter.slug == chapter.slug
            ],
        }
        for chapter in told
    ]


def _head(case: Case, desk: Desk) -> dict[str, Any]:
    claim = case.claim
    return {
        "id": claim.id,
        "verdict": claim.verdict,
        "verdict_words": desk.words["verdicts"][claim.verdict],
        "sign": SIGNS[claim.verdict],
        "statement": claim.statement,
        "summary": claim.summary,
        "where": desk.name(case.chapter),
        "address": desk.search.address(claim=claim.id),
        "reader": f"{READER}?claim={claim.id}",
    }


def render_cases(desk: Desk) -> str:
    """The claims that the search has left, in its order."""
    words, kept = desk.words, keep_cases(desk.search, desk.cases)
    rows = [_head(case, desk) | _weight(case, words) | {"found": _found(case, desk)} for case in kept]
    return TEMPLATES.get_template("cases.html").render(
        words=words,
        cases=rows,
        result=say_result(desk),
        asked=bool(desk.search.filters),
        all=Search(order=desk.search.order).address(),
    )


def _found(case: Case, desk: Desk) -> list[str]:
    return [desk.story.facts[id_].title for id_ in found_in(desk.search, case)] if desk.search.words else []


def _weight(case: Case, words: dict[str, Any]) -> dict[str, Any]:
    """A square for each record by its side, from left to right, and the same in words."""
    said, pips, x = words["evidence"], [], 0
    for stance in STANCES:
        pips += [(stance, x + index * PIP_PX + 1) for index in range(len(case.sides[stance]))]
        x += len(case.sides[stance]) * PIP_PX + (GAP_PX if case.sides[stance] else 0)
    weighs = [said["weighs"][stance].format(count=len(facts)) for stance, facts in case.sides.items() if facts]
    newest = said["newest"].format(date=say_month(case.newest, words)) if case.newest else ""
    return {"pips": pips, "pips_wide": x, "weighs": weighs or [words["leaf"]["no_evidence"]], "newest": newest}


def render_case(desk: Desk, page: str) -> str:
    """The claim that the search has opened, whole. `page` is the address of its page without the app, if it has one.

    Raises StopIteration where it has opened none.
    """
    words = desk.words
    case = next(each for each in desk.cases if each.claim.id == desk.search.claim)
    before, after = (each and _head(each, desk) for each in neighbours(desk.search, desk.cases))
    back, back_words = _back(desk)
    sides = [stance for stance in STANCES if stance != "context" or case.sides[stance]] if case.size else []
    return TEMPLATES.get_template("case.html").render(
        words=words,
        **_head(case, desk),
        page=page,
        back=back,
        back_words=back_words,
        behind=_behind(case, words),
        objection=say_objection(case.claim, desk.story, words),
        clauses=find_clauses(desk.story, case.claim.clauses),
        ledger=LEDGER,
        ranges=_ranges(case, desk.story),
        two_sided=case.side == "both",
        sides=[_side(stance, case.sides[stance], words) for stance in sides],
        before=before,
        after=after,
    )


def _side(stance: str, facts: Sequence[Fact], words: dict[str, Any]) -> dict[str, Any]:
    told = [say_fact(fact, words) for fact in facts]
    return {"stance": stance, "words": words["evidence"]["sides"][stance], "facts": told}


def _ranges(case: Case, story: Story) -> list[dict[str, Any]]:
    """The comparisons that the claim shows; each row of a chart leads to its record further down the page."""
    told = [story.comparisons[id_] for id_ in case.claim.compare]
    return [{"title": each.title, "note": each.note, "svg": ours(draw_ranges(each, story.facts, ""))} for each in told]


def _behind(case: Case, words: dict[str, Any]) -> str:
    said, houses = words["leaf"], case.behind
    key = "behind_none" if not houses else "behind_one" if len(houses) == 1 else "behind"
    return str(said[key].format(count=len(houses), houses=", ".join(houses)))


def _back(desk: Desk) -> tuple[str, str]:
    """Where the list is that the claim was opened from, and what it holds."""
    said = desk.words["evidence"]
    if not desk.search.filters:
        return desk.search.address(claim=""), said["back_all"]
    count = len(keep_cases(desk.search, desk.cases))
    found = said["found_one"] if count == 1 else said["found_many"].format(count=count)
    return desk.search.address(claim=""), said["back_kept"].format(found=found)


def say_result(desk: Desk) -> str:
    """How many claims the search has left, to be read out."""
    said, count = desk.words["evidence"], len(keep_cases(desk.search, desk.cases))
    key = "result_all" if count == len(desk.cases) else "result"
    return str(said[key].format(found=count, all=len(desk.cases)))


def say_lead(desk: Desk) -> str:
    """What the page is, with how much there is of it."""
    said: str = desk.words["evidence"]["lead"]
    facts = {fact.id for case in desk.cases for side in case.sides.values() for fact in side}
    houses = set().union(*(case.houses for case in desk.cases))
    until = desk.story.settings.evidence_until
    return said.format(claims=len(desk.cases), records=len(facts), houses=len(houses), until=until)


def label_choices(desk: Desk) -> dict[str, dict[str, str]]:
    """The words for every value of every filter and of the order, by its name; an empty value leaves nothing out."""
    words, known = desk.words, known_values(desk.cases)
    said = words["evidence"]["filters"]
    chapters = {
        chapter.slug: f"{chapter.number} · {chapter.texts[desk.language].title}" for chapter in desk.story.chapters
    }
    claims = {house: sum(house in case.houses for case in desk.cases) for house in known["publisher"]}
    labels = {
        "chapter": {slug: chapters[slug] for slug in known["chapter"]},
        "verdict": {verdict: words["verdicts"][verdict] for verdict in known["verdict"]},
        "publisher": {house: f"{house} ({count})" for house, count in claims.items()},
        "side": {side: said["sides"][side] for side in known["side"]},
        "owned": {owned: said["owned_by"][owned] for owned in known["owned"]},
    }
    whole = {name: {"": said[f"any_{name}"], **choices} for name, choices in labels.items()}
    return whole | {"order": {order: said["orders"][order] for order in known["order"]}}
