"""What the geodata say of a record's place: its names in other languages, both sides, its state and its history."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from geodata.catalogue import read_catalogue
from geodata.load import load
from story.wording import say_day, say_number

LANGUAGES = {"name_ps": "ps", "name_fa": "fa-AF", "name_ur": "ur"}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name in another language, with what HTML must know to set it."""

    text: str
    lang: str
    language: str
    dir: str = "rtl"


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """What the geodata know of a place: names, lines of a term and what is said of it, and whose data that is."""

    names: tuple[PlaceName, ...]
    lines: tuple[tuple[str, str], ...]
    credit: str


def say_place(fact: str, words: dict[str, Any]) -> PlaceCard | None:
    """The card of the crossing or tribal district that a fact tells of; None for all other facts."""
    for dataset, say in _SPEAKERS.items():
        row = _rows(dataset).get(fact)
        if row is not None:
            said = tuple((words["place"][term], told) for term, told in say(row, words) if told)
            return PlaceCard(_names(row, words), said, _credit(dataset, words))
    return None


@cache
def _rows(dataset: str) -> dict[str, Row]:
    frame = load(dataset).drop(columns="geometry")
    return {row["fact"]: row for row in frame.to_dict("records") if row["fact"]}


def _names(row: Row, words: dict[str, Any]) -> tuple[PlaceName, ...]:
    languages = words["place"]["languages"]
    return tuple(PlaceName(row[column], lang, languages[lang]) for column, lang in LANGUAGES.items() if row.get(column))


def _credit(dataset: str, words: dict[str, Any]) -> str:
    each = read_catalogue()[dataset]
    near = words["place"]["within"].format(km=say_number(each.accuracy_km))
    return f"{each.credit}. {near}"


def _say_crossing(row: Row, words: dict[str, Any]) -> list[tuple[str, str]]:
    place = words["place"]
    status = place["statuses"].get(row["status"], row["status"])
    as_of = f" ({place['as_of']} {say_day(row['status_as_of'], words)})" if row["status_as_of"] else ""
    return [
        ("afghan_side", _join(row["name_af"], row["district_af"], row["province_af"])),
        ("pakistani_side", _join(row["name_pk"], row["district_pk"], row["province_pk"])),
        ("status", f"{status}{as_of}. {row['status_note'] or ''}".strip()),
        ("opened", say_day(row["opened"] or "", words)),
        ("closed", say_day(row["closed"] or "", words)),
    ]


def _say_district(row: Row, words: dict[str, Any]) -> list[tuple[str, str]]:
    place = words["place"]
    after = place["after"][row["status_after"]].format(name=row["name_after"])
    split = f"{say_day(row['split_on'], words)}: {row['split_into']}" if row["split_on"] else ""
    areas = place["areas"].format(
        drawn=say_number(row["drawn_km2"]), published=say_number(row["published_km2"]), by=row["published_by"]
    )
    return [
        ("merged", f"{say_day(row['merged_on'], words)}: {after}" if row["merged_on"] else ""),
        ("split", split),
        ("area", areas if row["published_km2"] else ""),
        ("note", row["note"] or ""),
        ("outline", _outline(row, place)),
    ]


def _outline(row: Row, place: dict[str, str]) -> str:
    """What must be known of an approximate outline; nothing once exact ones are in its place."""
    if not read_catalogue()["tribal_districts"].approximate:
        return ""
    return place["schematic" if row["schematic"] else "approximate"]


def _join(*parts: str | None) -> str:
    return ", ".join(dict.fromkeys(part for part in parts if part))


_SPEAKERS: dict[str, Callable[[Row, dict[str, Any]], list[tuple[str, str]]]] = {
    "crossings": _say_crossing,
    "tribal_districts": _say_district,
}
