"""Words for dates, numbers, places and sources, in the reader's language."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from geodata.measure import bearing_deg
from story.facts import Fact, Figure, Source

WORDS = Path(__file__).parent / "web" / "words"
DAY_PARTS = 3


@cache
def read_words(language: str) -> dict[str, Any]:
    """The reader's own words in one language, by key."""
    words: dict[str, Any] = yaml.safe_load((WORDS / f"{language}.yaml").read_text(encoding="utf-8"))
    return words


def say_date(fact: Fact, words: dict[str, Any]) -> str:
    """When a fact happened, no more exactly than it is known; empty where no date is known."""
    if fact.date_precision == "none":
        return fact.date_note or ""
    if fact.date:
        said = _say_day(fact.date, fact.date_precision, words)
    elif fact.start:
        first, last = (_say_day(each or "", fact.date_precision, words) for each in (fact.start, fact.end))
        said = f"{first} {words['until']} {last}" if last and last != first else first
    else:
        return ""
    return f"{said} ({fact.date_note})" if fact.date_note else said


def say_month(iso: str, words: dict[str, Any]) -> str:
    """An ISO date as its month, or its year where no more is known; empty where nothing is."""
    return _say_day(iso, "month", words)


def say_day(iso: str, words: dict[str, Any]) -> str:
    """An ISO date in words, as exactly as it is written: a day, a month or a year; empty for an empty one."""
    return _say_day(iso, "day", words)


def _say_day(iso: str, precision: str, words: dict[str, Any]) -> str:
    parts = iso.split("-")
    if not iso or precision == "year" or len(parts) == 1:
        return parts[0]
    if precision == "quarter":
        return f"{words['quarters'][(int(parts[1]) - 1) // 3]} {words['of']} {parts[0]}"
    month = f"{words['months'][int(parts[1]) - 1]} {parts[0]}"
    if precision == "month" or len(parts) < DAY_PARTS:
        return month
    return f"{int(parts[2])} {month}"


def say_number(number: float) -> str:
    """A number with thousands separated, without needless decimals."""
    return f"{number:,.0f}" if number == int(number) else f"{number:,.2f}".rstrip("0").rstrip(".")


def say_figure(figure: Figure) -> str:
    """A figure's value or range, with its unit where that is not already in what it counts, and `at least` if so."""
    if figure.value is not None:
        number = ("at least " if figure.is_least else "") + say_number(figure.value)
    else:
        low, high = say_number(figure.low or 0), say_number(figure.high or 0)
        number = low if low == high else f"{low}–{high}"
    unit = "" if figure.unit in {"people", "strikes", "attacks", "incidents"} else f" {figure.unit}"
    return number + unit


def say_tier(source: Source, words: dict[str, Any]) -> str:
    """What kind of source it is, and whether a state or party owns it."""
    tier: str = words["tiers"][source.tier]
    return f"{tier}, {words['state_media']}" if source.state_media else tier


def say_source(source: Source) -> str:
    """Publisher, title where it was read, and date."""
    title = f", {source.title}" if source.title_seen and source.title else ""
    return f"{source.publisher}{title}" + (f" ({source.published})" if source.published else "")


def say_direction(start: tuple[float, float], end: tuple[float, float], words: dict[str, Any]) -> str:
    """The compass direction from one longitude, latitude to another, in eight winds."""
    wind: str = words["directions"][round(bearing_deg(start, end) / 45) % 8]
    return wind


def _say_author(figure: Figure, words: dict[str, Any]) -> str:
    """Who gave a figure, and whether the same counter has replaced it since."""
    return f"{figure.according_to}; {words['superseded']}" if figure.superseded_by else figure.according_to


@dataclass(frozen=True, slots=True)
class Card:
    """A fact in words, as its record shows it.

    `figures`: number, what, by; `sources`: name (which is publisher and rest), url, tier.
    """

    id: str
    title: str
    when: str
    where: str
    summary: str
    contested: str
    sure: str
    figures: list[dict[str, str]]
    sources: list[dict[str, str]]


def say_fact(fact: Fact, words: dict[str, Any]) -> Card:
    """Everything that a record says of a fact."""
    sure = [words["statuses"][fact.status]]
    if fact.coord_precision:
        sure.append(words["precisions"][fact.coord_precision])
    return Card(
        fact.id,
        fact.title,
        say_date(fact, words),
        fact.place or "",
        fact.summary,
        fact.contested or "",
        " ".join(sure),
        [{"number": say_figure(each), "what": each.what, "by": _say_author(each, words)} for each in fact.figures],
        [
            {
                "name": say_source(each),
                "publisher": each.publisher,
                "rest": say_source(each).removeprefix(each.publisher),
                "url": each.url,
                "tier": say_tier(each, words),
            }
            for each in fact.sources
        ],
    )
