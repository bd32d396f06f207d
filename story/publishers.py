"""Who stands behind each source: texts of one agency are one voice, and what rests on each publisher."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from story.editorial import House
from story.facts import INDEPENDENT_TIERS, Claim, Fact, Source, Tier
from story.model import Story

TIERS: tuple[Tier, ...] = ("primary", "press", "reference", "mirror", "weak")
_PARTS = re.compile(r"\s*(?:[()]|\s/\s|/|\bvia\b|,|\bcopy of\b|\breprint of\b)\s*")
_MARKS = re.compile(r"^(?:on|citing|quoting|relaying|from)\s+|\s+(?:text|mirror|report|copy|data)$")


class Houses(tuple[House, ...]):  # noqa: SLOT001 - it keeps what it has found
    """All houses of a story, asked often: what is once found out of a publisher is kept."""

    @cached_property
    def _named(self) -> dict[str, str]:
        return {each: house.name for house in self for each in (house.name, *house.known_as)}

    @cached_property
    def _agencies(self) -> frozenset[str]:
        return frozenset(each for house in self if house.agency for each in (house.name, *house.known_as))

    @cached_property
    def _found(self) -> dict[str, str]:
        return {}

    def find(self, publisher: str) -> str:
        """The name of the house behind a publisher."""
        if publisher not in self._found:
            self._found[publisher] = self._find(publisher)
        return self._found[publisher]

    def _find(self, publisher: str) -> str:
        if publisher in self._named:
            return self._named[publisher]
        marks = (_MARKS.sub("", part) for part in _PARTS.split(publisher))
        return next((self._named[mark] for mark in marks if mark in self._agencies), publisher)


def house_of(publisher: str, houses: tuple[House, ...]) -> str:
    """The name of the house whose text a publisher prints: an agency's for "CNA (AFP)", its own for most.

    A publisher that no house knows is a house of its own.
    """
    kept = houses if isinstance(houses, Houses) else Houses(houses)
    return kept.find(publisher)


def behind(source: Source, houses: tuple[House, ...]) -> str:
    """The house that a source counts as: the one whose report it passes on, or whose text it prints."""
    return house_of(source.reports or source.publisher, houses)


def agency_of(source: Source, houses: tuple[House, ...]) -> str:
    """The news agency whose text a source prints, or an empty string."""
    house = house_of(source.publisher, houses)
    return house if any(each.agency and each.name == house for each in houses) else ""


def independent_houses(fact: Fact, houses: tuple[House, ...]) -> set[str]:
    """The houses that a fact rests on, of the tiers primary, press or reference; none where it is weakly sourced."""
    if fact.status == "weakly-sourced":
        return set()
    return {behind(each, houses) for each in fact.sources if each.tier in INDEPENDENT_TIERS}


def independent_publishers(story: Story, claim: Claim) -> set[str]:
    """The houses that a claim's verdict rests on: behind the evidence for and against it, not behind the context.

    Mirrors and copies do not count, an agency counts once however many print it, weakly sourced facts never count.
    """
    facts = (story.facts[each.fact] for each in claim.evidence if each.stance != "context" and each.fact in story.facts)
    return set().union(*(independent_houses(fact, story.editorial.houses) for fact in facts))


@dataclass(frozen=True, slots=True)
class Publisher:
    """One house and what rests on it.

    `printed_as`: the publishers as sources name them, without those that only report what it says; `tiers` from the
    strongest; `state_owned` says whether a state or party owns all, some or none of them; `facts` and `claims` are ids
    in the story's order; `alone`: facts that rest on it and no other house of the tiers that count.
    """

    name: str
    full: str
    agency: bool
    printed_as: tuple[str, ...]
    tiers: tuple[Tier, ...]
    state_owned: str
    facts: tuple[str, ...]
    claims: tuple[str, ...]
    alone: tuple[str, ...]


def publisher_index(story: Story) -> tuple[Publisher, ...]:
    """Every house with what rests on it, the one with most facts first, then by name."""
    houses = story.editorial.houses
    sources: dict[str, list[Source]] = {}
    facts: dict[str, list[str]] = {}
    for fact in story.facts.values():
        for source in fact.sources:
            name = behind(source, houses)
            sources.setdefault(name, []).append(source)
            facts.setdefault(name, []).append(fact.id)
    alone = single_house_facts(story)
    known = {house.name: house for house in houses}
    cited = {claim.id: {each.fact for each in claim.evidence} for claim in story.claims}
    found = [
        Publisher(
            name=name,
            full=known[name].full if name in known else "",
            agency=name in known and known[name].agency,
            printed_as=tuple(sorted({each.publisher for each in sources[name] if each.reports is None})),
            tiers=tuple(tier for tier in TIERS if any(each.tier == tier for each in sources[name])),
            state_owned=_share(each.state_media for each in sources[name]),
            facts=tuple(dict.fromkeys(facts[name])),
            claims=tuple(id_ for id_, ids in cited.items() if ids & set(facts[name])),
            alone=tuple(id_ for id_, house in alone.items() if house == name),
        )
        for name in facts
    ]
    return tuple(sorted(found, key=lambda each: (-len(each.facts), each.name.casefold())))


def _share(owned: Iterable[bool]) -> str:
    told = set(owned)
    return "some" if len(told) > 1 else "all" if told == {True} else "none"


def single_house_facts(story: Story) -> Mapping[str, str]:
    """The facts that only one house of the tiers primary, press or reference stands behind -> that house."""
    behind = {fact.id: independent_houses(fact, story.editorial.houses) for fact in story.facts.values()}
    return {id_: next(iter(houses)) for id_, houses in behind.items() if len(houses) == 1}


def weak_facts(story: Story) -> tuple[Fact, ...]:
    """The facts that may carry no verdict: without a source, weakly sourced, or known from copies and lesser sites."""
    return tuple(fact for fact in story.facts.values() if not independent_houses(fact, story.editorial.houses))


def partly_sourced_facts(story: Story) -> tuple[Fact, ...]:
    """The facts of which only a part was found on a page that was read."""
    return tuple(fact for fact in story.facts.values() if fact.status == "partly-sourced")
