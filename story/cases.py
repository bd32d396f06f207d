"""Each claim with all that can be asked of it: its chapter, its evidence by side, who stands behind it, its words."""

import unicodedata
from dataclasses import dataclass
from typing import Literal

from story.facts import Claim, Fact, Stance
from story.model import Chapter, Story
from story.publishers import house_of, independent_publishers

Side = Literal["both", "for", "against", "neither"]
STANCES: tuple[Stance, ...] = ("supports", "disputes", "context")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class Case:
    """One claim and what bears on it.

    `houses` are all whose texts are among the evidence, `behind` those whom the verdict rests on; `newest` is the
    latest day of any evidence, as ISO text; `words` is all that a search looks through, by fact, that of the claim
    itself under an empty id.
    """

    claim: Claim
    chapter: Chapter
    sides: dict[Stance, tuple[Fact, ...]]
    houses: frozenset[str]
    behind: tuple[str, ...]
    state_owned: bool
    newest: str
    words: dict[str, str]

    @property
    def side(self) -> Side:
        """On which sides there is evidence; context is on none."""
        weighed = bool(self.sides["supports"]), bool(self.sides["disputes"])
        sides: dict[tuple[bool, bool], Side] = {(True, True): "both", (True, False): "for", (False, True): "against"}
        return sides.get(weighed, "neither")

    @property
    def size(self) -> int:
        """How many records bear on the claim."""
        return sum(map(len, self.sides.values()))


def collect_cases(story: Story) -> tuple[Case, ...]:
    """Every claim of a story in the order of the essay."""
    chapters = {chapter.slug: chapter for chapter in story.chapters}
    return tuple(_case(story, claim, chapters[claim.chapter]) for claim in story.claims)


def _case(story: Story, claim: Claim, chapter: Chapter) -> Case:
    sides = {
        stance: tuple(story.facts[each.fact] for each in claim.evidence if each.stance == stance) for stance in STANCES
    }
    facts = [fact for side in sides.values() for fact in side]
    sources = [source for fact in facts for source in fact.sources]
    words = {"": fold(f"{claim.statement} {claim.summary}")} | {fact.id: fold(_words_of(fact)) for fact in facts}
    return Case(
        claim=claim,
        chapter=chapter,
        sides=sides,
        houses=frozenset(house_of(each.publisher, story.editorial.houses) for each in sources),
        behind=tuple(sorted(independent_publishers(story, claim), key=str.casefold)),
        state_owned=any(each.state_media for each in sources),
        newest=max((last_day(fact) for fact in facts), default=""),
        words=words,
    )


def last_day(fact: Fact) -> str:
    """The day a fact ended, or its only date, as ISO text as precise as it is known; empty where none is known."""
    return fact.date or fact.end or fact.start or ""


def _words_of(fact: Fact) -> str:
    figures = [part for each in fact.figures for part in (each.what, each.according_to)]
    sources = [part for each in fact.sources for part in (each.publisher, each.title if each.title_seen else "")]
    return " ".join([fact.title, fact.place or "", fact.summary, fact.contested or "", *figures, *sources])


def fold(text: str) -> str:
    """A text as a search compares it: small letters, no accents, plain quotation marks, single spaces."""
    apart = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(bare.casefold().split())
