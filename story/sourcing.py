"""The sources page as HTML: who stands behind the record, what rests on little, the map's data, what to take along."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from geodata.catalogue import Dataset
from story.citation import as_plain, cite_dataset
from story.facts import INDEPENDENT_TIERS, Claim, Fact
from story.model import Story
from story.notes import SIGNS
from story.publishers import (
    TIERS,
    Publisher,
    behind,
    independent_publishers,
    partly_sourced_facts,
    single_house_facts,
    weak_facts,
)
from story.rests import cited_facts
from story.schemas import FORMATS
from story.templates import TEMPLATES
from story.verdicts import MIN_PUBLISHERS
from story.wording import read_words, say_date, say_tier

FIRST = 24  # so many publishers stand above the fold
FILES = "embed/"  # where the reader's files are, seen from a page of the app


@dataclass(frozen=True, slots=True)
class Weakness:
    """How the verdicts stand to the facts that may carry none.

    `facts`: those facts, each with the claims that name it as evidence; `resting`: claims whose verdict would have
    too few publishers without them, unless they say so themselves. That list is empty, or the rule is broken.
    """

    facts: tuple[tuple[Fact, tuple[Claim, ...]], ...]
    resting: tuple[Claim, ...]


def find_weakness(story: Story) -> Weakness:
    """The weak facts of a story and the verdicts that would rest on them."""
    weak = {fact.id: fact for fact in weak_facts(story)}
    naming = {id_: tuple(claim for claim in story.claims if id_ in _evidence(claim)) for id_ in weak}
    named = [claim for claim in story.claims if _evidence(claim) & set(weak)]
    resting = tuple(claim for claim in named if not _stands(story, claim, without=set(weak)))
    return Weakness(tuple((fact, naming[id_]) for id_, fact in weak.items()), resting)


def _evidence(claim: Claim) -> set[str]:
    return {each.fact for each in claim.evidence}


def _stands(story: Story, claim: Claim, *, without: set[str]) -> bool:
    """Whether a verdict has enough publishers when some facts are taken away."""
    kept = tuple(each for each in claim.evidence if each.fact not in without)
    left = claim.model_copy(update={"evidence": kept})
    least = 1 if claim.only_one_publisher else MIN_PUBLISHERS
    return claim.verdict == "opinion" or len(independent_publishers(story, left)) >= least


def render_sourcing(story: Story, publishers: Sequence[Publisher], *, language: str) -> str:
    """The publishers, the one with most facts first, and what rests on little."""
    words = read_words(language)
    weakness = find_weakness(story)
    alone = single_house_facts(story)
    by_house = Counter(alone.values())
    return TEMPLATES.get_template("sourcing.html").render(
        words=words,
        tiers=_tiers(story, words),
        most=max(_tier_numbers(story).values(), default=1),
        first=[_row(each, words) for each in publishers[:FIRST]],
        others=[_row(each, words) for each in publishers[FIRST:]],
        alone=[
            {"house": house, "facts": [story.facts[id_].title for id_, each in alone.items() if each == house]}
            for house in sorted(by_house, key=lambda each: (-by_house[each], each.casefold()))
        ],
        alone_many=len(alone),
        weak=weakness.facts,
        weak_claims=len({claim.id for _, claims in weakness.facts for claim in claims}),
        resting=weakness.resting,
        partly=[fact.title for fact in partly_sourced_facts(story)],
    )


def _tier_numbers(story: Story) -> Counter[str]:
    return Counter(source.tier for fact in story.facts.values() for source in fact.sources)


def _tiers(story: Story, words: dict[str, Any]) -> list[dict[str, Any]]:
    """How many pages of each tier the record names, and whether a verdict may rest on them."""
    numbers = _tier_numbers(story)
    return [
        {"words": words["tiers"][tier], "number": numbers[tier], "counts": tier in INDEPENDENT_TIERS} for tier in TIERS
    ]


def _row(publisher: Publisher, words: dict[str, Any]) -> dict[str, Any]:
    said = words["sourcing"]
    parts = [_count(len(publisher.facts), said["records"])]
    parts += [_count(len(publisher.claims), said["claims"])] if publisher.claims else []
    parts += [said["alone"].format(count=len(publisher.alone))] if publisher.alone else []
    return {
        "name": publisher.name,
        "full": publisher.full,
        "kind": ", ".join(words["tiers"][tier] for tier in publisher.tiers),
        "agency": publisher.agency,
        "state": said["state"][publisher.state_owned],
        "rests": " · ".join(parts),
    }


def _count(number: int, said: dict[str, str]) -> str:
    return said["one"] if number == 1 else said["many"].format(count=number)


def render_publisher(story: Story, publisher: Publisher, *, language: str) -> str:
    """One publisher: under which names it is printed, the claims and every record that rest on it, with its pages."""
    words = read_words(language)
    claims = {claim.id: claim for claim in story.claims}
    return TEMPLATES.get_template("publisher.html").render(
        words=words,
        one=_row(publisher, words),
        printed_as=[name for name in publisher.printed_as if name != publisher.name],
        claims=[
            {"claim": claims[id_], "sign": SIGNS[claims[id_].verdict], "said": words["verdicts"][claims[id_].verdict]}
            for id_ in publisher.claims
        ],
        records=[_record(story, story.facts[id_], publisher, words) for id_ in publisher.facts],
    )


def _record(story: Story, fact: Fact, publisher: Publisher, words: dict[str, Any]) -> dict[str, Any]:
    houses = story.editorial.houses
    return {
        "title": fact.title,
        "when": say_date(fact, words),
        "sure": words["statuses"][fact.status],
        "alone": fact.id in publisher.alone,
        "pages": [
            {"url": each.url, "name": each.title if each.title_seen else each.publisher, "tier": say_tier(each, words)}
            for each in fact.sources
            if behind(each, houses) == publisher.name
        ],
    }


def render_datasets(story: Story, datasets: Iterable[Dataset], version: str, *, language: str) -> str:
    """Every dataset of the map with its licence, its accuracy, its known faults and how to cite it."""
    cited = [(dataset, as_plain(cite_dataset(story, dataset, version))) for dataset in datasets]
    return TEMPLATES.get_template("datasets.html").render(words=read_words(language), datasets=cited)


def render_downloads(files: Iterable[str], *, language: str) -> str:
    """What of the record can be taken along as data, as far as it is among the reader's `files`."""
    there = set(files)
    schemas = [(f"{FILES}schemas/{name}.json", title) for name, (_, title, _) in FORMATS.items()]
    return TEMPLATES.get_template("downloads.html").render(
        words=read_words(language),
        home=FILES,
        data=[name for name in ("claims.json", "facts.geojson") if name in there],
        records="records.html" in there,
        schemas=[(path, title) for path, title in schemas if path.removeprefix(FILES) in there],
    )


def say_lead(story: Story, publishers: Sequence[Publisher], words: dict[str, Any]) -> str:
    """What the page is, with how much there is of it."""
    said: str = words["sourcing"]["lead"]
    return said.format(records=len(story.facts), houses=len(publishers), until=story.settings.evidence_until)


def list_pages(story: Story, words: dict[str, Any]) -> list[dict[str, str]]:
    """A row for every page that a drawn or cited record names, under the words for the table's columns."""
    said, cited = words["sourcing"]["table"], cited_facts(story)
    return [
        {
            said["record"]: fact.title,
            said["when"]: say_date(fact, words),
            said["publisher"]: source.publisher,
            said["kind"]: say_tier(source, words),
            said["link"]: source.url,
            said["sure"]: words["statuses"][fact.status],
        }
        for fact in story.facts.values()
        if fact.id in cited
        for source in fact.sources
    ]
