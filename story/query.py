"""Which records a question asks for: records with what can be asked of them, and the filters that they pass or not."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from story.facts import Claim, Fact, Figure, Verdict
from story.model import PointLayer, Story

DEAD = re.compile(r"\b(killed|dead|deaths?|died|bodies)\b", re.IGNORECASE)
NOT_ONLY_DEAD = re.compile(r"killed (or|and) (injured|wounded)", re.IGNORECASE)
ASIDE = re.compile(r"\([^)]*\)")
HANDED_ON = re.compile(r",|\bvia\b|\bper\b|\bquoted by\b")
SEVERAL = re.compile(r";|\s/\s")
FIRST_MONTH, LAST_MONTH = "01", "12"
MONTH_LENGTH = len("2026-06")
UNCLAIMED = "none"


@dataclass(frozen=True, slots=True)
class Record:
    """A fact and what can be asked of it.

    `span`: first and last month (ISO, as 2025-10) in which it may lie, None where no date is known; `groups`: layers
    that say whose act it is; `deaths`: least and most of every figure of deaths; `verdicts` and `chapters`: of the
    claims that rest on it.
    """

    number: int
    fact: Fact
    span: tuple[str, str] | None
    layers: tuple[str, ...]
    groups: frozenset[str]
    counters: frozenset[str]
    deaths: tuple[tuple[float, float], ...]
    claims: tuple[Claim, ...]
    verdicts: frozenset[str]
    chapters: frozenset[str]


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: of each filter the values of which a record must have one; an empty filter lets all pass.

    `months`: first and last month, both within; a record without a date passes. `deaths`: least and most; at least
    one figure of deaths must touch that range. Values of `verdicts` are verdicts, or "none" for records on which no
    claim rests.
    """

    months: tuple[str, str] | None = None
    groups: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    counters: frozenset[str] = frozenset()
    precisions: frozenset[str] = frozenset()
    verdicts: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    deaths: tuple[int, int] | None = None


def list_records(story: Story) -> tuple[Record, ...]:
    """Every fact of a story as a record, in the order of its files."""
    layers: dict[str, list[str]] = defaultdict(list)
    for id_, layer in story.layers.items():
        if isinstance(layer, PointLayer):
            for point in layer.points:
                layers[point.fact].append(id_)
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in story.claims:
        for item in claim.evidence:
            claims[item.fact].append(claim)
    return tuple(
        _record(number, fact, tuple(layers[fact.id]), tuple(claims[fact.id]), story.atlas.groups)
        for number, fact in enumerate(story.facts.values())
    )


def _record(
    number: int, fact: Fact, layers: tuple[str, ...], claims: tuple[Claim, ...], groups: dict[str, str]
) -> Record:
    return Record(
        number,
        fact,
        month_span(fact),
        layers,
        frozenset(layers) & groups.keys(),
        frozenset(counter for figure in fact.figures for counter in counters_of(figure)),
        tuple(figure_range(figure) for figure in fact.figures if counts_deaths(figure)),
        claims,
        frozenset(claim.verdict for claim in claims) or frozenset({UNCLAIMED}),
        frozenset(claim.chapter for claim in claims),
    )


def select(records: Iterable[Record], query: Query) -> tuple[Record, ...]:
    """The records that pass every filter, in their order."""
    return tuple(record for record in records if passes(record, query))


def passes(record: Record, query: Query) -> bool:
    """Whether a record passes every filter of a query."""
    fact = record.fact
    asked = (
        (query.groups, record.groups),
        (query.kinds, {fact.kind}),
        (query.counters, record.counters),
        (query.precisions, {fact.coord_precision or "none"}),
        (query.verdicts, record.verdicts),
        (query.statuses, {fact.status}),
    )
    listed = all(not wanted or wanted & had for wanted, had in asked)
    return listed and _in_time(record, query) and _deadly(record, query)


def _in_time(record: Record, query: Query) -> bool:
    if query.months is None or record.span is None:
        return True
    return record.span[0] <= query.months[1] and record.span[1] >= query.months[0]


def _deadly(record: Record, query: Query) -> bool:
    if query.deaths is None:
        return True
    least, most = query.deaths
    return any(low <= most and high >= least for low, high in record.deaths)


def month_span(fact: Fact) -> tuple[str, str] | None:
    """The first and the last month in which a fact may lie, as exactly as its date is known; None without a date."""
    first, last = fact.date or fact.start, fact.date or fact.end or fact.start
    if not first or not last:
        return None
    if fact.date_precision == "year":
        return f"{first[:4]}-{FIRST_MONTH}", f"{last[:4]}-{LAST_MONTH}"
    return _month(first, FIRST_MONTH), _month(last, LAST_MONTH)


def _month(iso: str, missing: str) -> str:
    return iso[:MONTH_LENGTH] if len(iso) >= MONTH_LENGTH else f"{iso[:4]}-{missing}"


def counts_deaths(figure: Figure) -> bool:
    """Whether a figure counts people killed, and nobody else with them, and no later count of the same replaces it."""
    return (
        figure.superseded_by is None
        and figure.unit.startswith("people")
        and DEAD.search(figure.what) is not None
        and NOT_ONLY_DEAD.search(figure.what) is None
    )


def figure_range(figure: Figure) -> tuple[float, float]:
    """The least and the most that a figure says."""
    numbers = [number for number in (figure.value, figure.low, figure.high) if number is not None]
    return min(numbers), max(numbers)


def counters_of(figure: Figure) -> tuple[str, ...]:
    """Who counted, without who handed it on: "UNAMA (preliminary), via AP" -> UNAMA; several where several did."""
    names = (" ".join(HANDED_ON.split(part)[0].split()) for part in SEVERAL.split(ASIDE.sub(" ", figure.according_to)))
    return tuple(dict.fromkeys(name[:1].upper() + name[1:] for name in names if name))


def all_verdicts() -> tuple[str, ...]:
    """Every verdict that can be asked for, and "none"."""
    return (*get_args(Verdict), UNCLAIMED)


def year_counts(records: Iterable[Record]) -> dict[int, int]:
    """How many records begin in each year that has one; those without a date are left out."""
    counts: dict[int, int] = defaultdict(int)
    for record in records:
        if record.span is not None:
            counts[int(record.span[0][:4])] += 1
    return dict(sorted(counts.items()))
