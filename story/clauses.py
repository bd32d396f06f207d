"""The ledger for readers: each clause of the essay in words, the claims that test it, and what came out."""

import re
from typing import Any

from story.ledger import Clause, Paragraph
from story.ledger_rules import without_markup
from story.model import Story

Piece = tuple[str, bool]  # words, and whether they are a qualifier


def say_ledger(story: Story, language: str) -> list[dict[str, Any]]:
    """The paragraphs of the essay in the order of their chapters, each with its clauses; empty without a ledger."""
    by_chapter = {each.chapter: each for each in story.editorial.ledger}
    return [
        {
            "slug": chapter.slug,
            "number": chapter.number,
            "title": chapter.texts[language].title,
            "ours": [without_markup(said) for said in by_chapter[chapter.slug].ours],
            "clauses": [_say_clause(clause, story) for clause in by_chapter[chapter.slug].clauses],
        }
        for chapter in story.chapters
        if chapter.slug in by_chapter
    ]


def _say_clause(clause: Clause, story: Story) -> dict[str, Any]:
    first, *_ = story.settings.languages
    forms = story.editorial.voices[first].qualifiers
    kept = [form for qualifier in clause.qualifiers for form in forms[qualifier]]
    return {
        **clause.model_dump(include={"id", "kind", "untested"}),
        "told": [without_markup(said) for said in clause.told],
        "says": mark_qualifiers(clause.says, kept),
        "claims": [claim for claim in story.claims if clause.id in claim.clauses],
    }


def mark_qualifiers(says: str, forms: list[str]) -> list[Piece]:
    """Words in pieces: the forms of their qualifiers, and what stands between them."""
    if not forms:
        return [(says, False)]
    ways = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    pieces = re.split(rf"(?<!\w)({ways})(?!\w)", says, flags=re.IGNORECASE)
    return [(words, bool(at % 2)) for at, words in enumerate(pieces) if words]


def find_clauses(story: Story, ids: tuple[str, ...]) -> list[Clause]:
    """The clauses of some ids, in the order of the ledger."""
    ledger: tuple[Paragraph, ...] = story.editorial.ledger
    return [clause for paragraph in ledger for clause in paragraph.clauses if clause.id in ids]
