"""What the page says of claims and records: numbered notes with evidence by side, and what rests on each record."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from story.certainty import RING_KM, certainty_of
from story.elements import as_json
from story.facts import Claim, Comparison, Fact, Stance
from story.marks import SHAPES
from story.model import Story
from story.ranges import draw_ranges
from story.rests import rests_on
from story.templates import ours
from story.wording import say_date, say_fact

SIGNS = {
    "supported": "M-9 1L-3 7L9-6L6-9L-3 0L-6-3Z",
    "partly-supported": "M0-9A9 9 0 1 1 0 9A9 9 0 1 1 0-9ZM0-6V6A6 6 0 0 0 0-6Z",
    "contested": "M-10-2L-3-8V-4H10V0H-10ZM10 3L3 9V5H-10V2H10Z",
    "contradicted": SHAPES["cross"],
    "opinion": "M-9-8H9V5H-1L-6 10V5H-9Z",
}
SIDES: tuple[Stance, ...] = ("supports", "disputes", "context")
Words = dict[str, Any]


def say_claim(claim: Claim, number: int, story: Story, words: Words, records: str) -> dict[str, Any]:
    """A claim's note: its number, verdict, statement, reasoning, charts, and its evidence by side.

    `records` is the address of the records, where every fact leads.
    """
    return {
        "id": claim.id,
        "number": number,
        "verdict": claim.verdict,
        "verdict_words": words["verdicts"][claim.verdict],
        "sign": SIGNS[claim.verdict],
        "statement": claim.statement,
        "summary": claim.summary,
        "charts": say_comparisons([story.comparisons[id_] for id_ in claim.compare], story, words, records),
        "objection": say_objection(claim, story, words),
        "sides": [side for stance in SIDES if (side := _side(claim, stance, story, words))["evidence"]],
    }


def say_objection(claim: Claim, story: Story, words: Words) -> dict[str, str] | None:
    """What the side that the verdict goes against would object, and the record that bears it; None where nothing is."""
    told = claim.objection
    if told is None:
        return None
    who: str = words["objection"][told.side]
    return {"who": who, "says": told.says, "fact": told.fact, "title": story.facts[told.fact].title}


def _side(claim: Claim, stance: Stance, story: Story, words: Words) -> dict[str, Any]:
    facts = [story.facts[item.fact] for item in claim.evidence if item.stance == stance]
    evidence = [{"fact": fact.id, "title": fact.title, "when": say_date(fact, words)} for fact in facts]
    return {"stance": stance, "words": words["sides"][stance], "evidence": evidence}


def say_comparisons(comparisons: list[Comparison], story: Story, words: Words, records: str) -> list[dict[str, Any]]:
    """The charts of comparisons with their titles and notes; the first with hollow marks says what they are."""
    hollow = next((each.id for each in comparisons if any(row.party for row in each.rows)), "")
    return [
        {
            "title": each.title,
            "note": " ".join(part for part in (each.note, words["hollow"] if each.id == hollow else "") if part),
            "svg": ours(draw_ranges(each, story.facts, records)),
        }
        for each in comparisons
    ]


def say_record(fact: Fact, story: Story, words: Words, records: str) -> dict[str, Any]:
    """A record as its template wants it: the fact in words, its charts, its places, and what rests on it.

    `spots` is JSON: a row of latitude, longitude, radius of its ring in metres and signs of its mark for each place.
    """
    rests = rests_on(story, fact.id)
    sets = [each for each in story.comparisons.values() if fact.id in {row.fact for row in each.rows}]
    return asdict(say_fact(fact, words)) | {
        "charts": say_comparisons(sets, story, words, records),
        "spots": as_json(_spots(fact)),
        "claims": [
            {
                "id": claim.id,
                "statement": claim.statement,
                "verdict": claim.verdict,
                "verdict_words": words["verdicts"][claim.verdict],
                "sign": SIGNS[claim.verdict],
            }
            for claim in rests.claims
        ],
        "chapters": [
            {"slug": chapter.slug, "title": next(iter(chapter.texts.values())).title} for chapter in rests.chapters
        ],
    }


def _spots(fact: Fact) -> list[list[object]]:
    spots = [(fact.lat, fact.lon, fact.coord_precision), *((s.lat, s.lon, s.coord_precision) for s in fact.also)]
    return [
        [round(lat, 4), round(lon, 4), round(RING_KM.get(place, 0) * 1000), certainty_of(fact, place).signs]
        for lat, lon, place in spots
        if lat is not None and lon is not None
    ]


def say_tally(story: Story, words: Words) -> dict[str, Any]:
    """How many claims have which verdict, counted, and every claim with its verdict."""
    numbers = Counter(claim.verdict for claim in story.claims)
    return {
        "counts": [
            {"verdict": verdict, "words": said, "sign": SIGNS[verdict], "number": numbers[verdict]}
            for verdict, said in words["verdicts"].items()
        ],
        "rows": [
            {"id": each.id, "statement": each.statement, "verdict": words["verdicts"][each.verdict]}
            for each in story.claims
        ],
    }
