"""The page on how verdicts are reached, as HTML: the rule text in its parts, and every correction."""

import re
from collections import Counter
from typing import Any

from story.balance import say_balance
from story.editorial import Correction
from story.masthead import READER
from story.model import Story
from story.notes import SIGNS
from story.prose import render_prose
from story.templates import TEMPLATES, ours
from story.wording import read_words

_HEADING = re.compile(r"<h2>(.*?)</h2>")


def render_judging(story: Story, *, language: str) -> str:
    """The rule text in its parts, and after it the corrections, newest first."""
    words, rules = read_words(language), story.editorial.rules[language]
    numbers = Counter(claim.verdict for claim in story.claims)
    return TEMPLATES.get_template("judging.html").render(
        words=words,
        parts=split_parts(render_prose(rules.body), rules.title),
        counts=[
            {"verdict": verdict, "words": said, "sign": SIGNS[verdict], "number": numbers[verdict]}
            for verdict, said in words["verdicts"].items()
        ],
        balance=say_balance(story, words),
        no_corrections=words["leaf"]["no_corrections"].format(published=story.settings.published),
        most=max(numbers.values(), default=1),
        corrections=[
            _corrected(each, story, language) for each in sorted(story.editorial.corrections, key=_day, reverse=True)
        ],
    )


def split_parts(prose: str, title: str) -> list[dict[str, Any]]:
    """The parts of clean HTML: each with the words of its heading, an id and what follows; `title` is the first's.

    What stands before the first heading is a part too, if anything does.
    """
    pieces = _HEADING.split(prose)
    headings, bodies = [title, *pieces[1::2]], pieces[0::2]
    parts = [(heading, body) for heading, body in zip(headings, bodies, strict=True)]
    told = parts if parts[0][1].strip() or len(parts) == 1 else parts[1:]
    return [
        {"id": f"part-{number}", "title": ours(heading), "body": ours(body)}
        for number, (heading, body) in enumerate(told, start=1)
    ]


def _day(correction: Correction) -> str:
    return correction.date.isoformat()


def _corrected(correction: Correction, story: Story, language: str) -> dict[str, Any]:
    """A correction with the name of what was corrected, and its address in the app where it has one."""
    names = {
        "claim": {claim.id: (claim.statement, f"evidence?claim={claim.id}") for claim in story.claims},
        "chapter": {
            each.slug: (each.texts[language].title, f"{READER}?chapter={each.slug}") for each in story.chapters
        },
        "fact": {id_: (fact.title, "") for id_, fact in story.facts.items()},
        "layer": {id_: (layer.title, "") for id_, layer in story.layers.items()},
    }
    title, address = names.get(correction.part, {}).get(correction.id, (story.settings.title, ""))
    return {**correction.model_dump(), "title": title, "address": address}
