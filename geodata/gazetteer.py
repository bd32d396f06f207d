"""Find a place by its name in any of its languages, offline: places, crossings, provinces and tribal districts."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any, Final, Literal

from geodata.load import load

Kind = Literal["place", "crossing", "province", "district"]
How = Literal["exact", "start", "word", "inside", "alike"]

WAYS: Final[tuple[How, ...]] = ("exact", "start", "word", "inside", "alike")
"""Ways in which a query can match a name, best first."""

KIND_ORDER: Final[tuple[Kind, ...]] = ("place", "crossing", "province", "district")

LONGEST_QUERY: Final = 60
"""Letters of a query that are looked at."""

ALIKE: Final = 0.75
"""Least likeness (share of letters in common, in order) of a misspelt query and a name."""

SHORTEST_MISSPELT: Final = 4
"""Queries of fewer letters must be written right: too many names are like them."""

SHORTEST_INSIDE: Final = 3
"""Queries of fewer letters must start a word."""

OTHER_NAMES: Final = {"PK-TA": ("FATA", "Tribal Areas"), "PK-KP": ("KPK", "North-West Frontier"), "PK-SD": ("Sind",)}
"""What people type for a province besides its names."""

_LETTERS: Final = str.maketrans({
    "ي": "ی", "ى": "ی", "ې": "ی", "ۍ": "ی", "ئ": "ی", "ے": "ی", "ك": "ک", "ڪ": "ک", "ګ": "گ", "ه": "ه", "ہ": "ه",
    "ۀ": "ه", "ة": "ه", "ھ": "ه", "ړ": "ر", "ڑ": "ر", "ټ": "ت", "ٹ": "ت", "ډ": "د", "ڈ": "د", "ڼ": "ن", "ں": "ن",
    "ښ": "ش", "ږ": "ژ", "آ": "ا", "أ": "ا", "إ": "ا", "ؤ": "و", "\u200c": "", "\u200e": "", "\u200f": "", "ـ": "",
    "ı": "i", "ł": "l", "ø": "o", "ß": "ss", "ʻ": "", "ʼ": "", "‘": "", "’": "", "'": "",
})  # fmt: skip
"""Letters of Pashto, Dari, Urdu and Arabic keyboards that stand for one another, and marks that nobody types."""

_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something that can be searched for and flown to.

    id is unique (`kind:name` or `kind:code`); name the English name; names all shown names by language (en, ps, fa,
    ur; a language that is not known is left out); lonlat the point to fly to, in degrees; bounds_wsen the box of an
    area, None for a point; detail says in words what and where it is; rank 1 (first) to 5.
    """

    id: str
    kind: Kind
    name: str
    names: dict[str, str]
    lonlat: tuple[float, float]
    bounds_wsen: tuple[float, float, float, float] | None
    detail: str
    rank: int
    spellings: tuple[str, ...]
    """Every name and other spelling, folded, for matching."""


@dataclass(frozen=True, kw_only=True)
class Match:
    """An entry that a query found, and how: the best of its spellings."""

    entry: Entry
    how: How
    spelling: str


def find(query: str, *, limit: int = 8, kinds: Collection[Kind] = KIND_ORDER) -> tuple[Match, ...]:
    """Give the entries that a query means, best first: whole name, start of it, start of a word, inside, alike.

    Any script and language works, capitals, accents and vowel marks do not matter, and neither do letters that
    keyboards of the region exchange. Among equals the higher rank comes first, then the shorter spelling. A
    query is taken for misspelt only where no word of a name starts with it. An empty query finds nothing. Pure.
    """
    asked = fold(query[:LONGEST_QUERY])
    if not asked or limit < 1:
        return ()
    wanted = [entry for entry in entries() if entry.kind in kinds]
    found = sorted((match for entry in wanted if (match := _match(entry, asked))), key=_order)
    if len(asked) >= SHORTEST_MISSPELT and all(match.how == "inside" for match in found):
        known = {match.entry.id for match in found}
        found += [match for _, match in sorted(_alike(wanted, asked), key=_likest) if match.entry.id not in known]
    return tuple(found[:limit])


def fold(text: str) -> str:
    """Give a name as it is compared: lower case, without accents, one space between words, one letter for likes."""
    plain = text.translate(_LETTERS)
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))
    return _BETWEEN_WORDS.sub(" ", bare.casefold().translate(_LETTERS)).strip()


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """Give everything that can be found; read from the datasets at the first call, 0.1 s or so."""
    return (*_places(), *_crossings(), *_provinces(), *_districts())


def _match(entry: Entry, asked: str) -> Match | None:
    ways = [(WAYS.index(how), spelling) for spelling in entry.spellings if (how := _how(spelling, asked))]
    if not ways:
        return None
    best, spelling = min(ways, key=lambda way: (way[0], len(way[1])))
    return Match(entry=entry, how=WAYS[best], spelling=spelling)


def _how(spelling: str, asked: str) -> How | None:
    if spelling == asked:
        return "exact"
    if spelling.startswith(asked):
        return "start"
    if f" {asked}" in spelling:
        return "word"
    return "inside" if len(asked) >= SHORTEST_INSIDE and asked in spelling else None


def _alike(wanted: list[Entry], asked: str) -> Iterator[tuple[float, Match]]:
    for entry in wanted:
        matcher = SequenceMatcher(None, b=asked)
        best, best_spelling = 0.0, ""
        for spelling in entry.spellings:
            matcher.set_seq1(spelling)
            if matcher.quick_ratio() > max(best, ALIKE) and (ratio := matcher.ratio()) > max(best, ALIKE):
                best, best_spelling = ratio, spelling
        if best_spelling:
            yield best, Match(entry=entry, how="alike", spelling=best_spelling)


def _order(match: Match) -> tuple[int, int, int, int, str]:
    """Of whole names the town comes before the province, else the more important one before the less."""
    entry = match.entry
    kind = KIND_ORDER.index(entry.kind) if match.how == "exact" else 0
    return WAYS.index(match.how), kind, entry.rank, len(match.spelling), entry.id


def _likest(pair: tuple[float, Match]) -> tuple[float, int, str]:
    likeness, match = pair
    return -likeness, match.entry.rank, match.entry.id


def _places() -> Iterator[Entry]:
    provinces = load("admin1").set_index("code")["name"].to_dict()
    countries = load("countries").dropna(subset="iso3").set_index("iso3")["name"].to_dict()
    for row in load("places").query("kind != 'crossing'").itertuples():
        where = [provinces[row.province]] if row.province else []
        yield _entry(
            row,
            kind="place",
            key=row.name,
            detail=f"{row.kind}, {', '.join([*where, countries[row.country]])}",
            rank=int(row.rank),
            also=(row.name_local, *(row.also or "").split("|")),
        )


def _crossings() -> Iterator[Entry]:
    for row in load("crossings").itertuples():
        yield _entry(
            row,
            kind="crossing",
            key=row.id,
            detail=f"crossing, {row.province_af} and {row.province_pk}",
            rank=2 if row.kind == "main" else 3,
            also=(row.name_af, row.name_pk),
        )


def _provinces() -> Iterator[Entry]:
    countries = {"AFG": "Afghanistan", "PAK": "Pakistan"}
    for row in load("admin1").itertuples():
        detail = f"province, {countries[row.country]}" if row.code != "PK-TA" else "until 2018, Pakistan"
        yield _entry(
            row,
            kind="province",
            key=row.code,
            detail=detail,
            rank=3,
            also=(row.name_local, row.code, *OTHER_NAMES.get(row.code, ())),
        )


def _districts() -> Iterator[Entry]:
    kinds = {
        "agency": "tribal agency until 2018, approximate",
        "frontier_region": "frontier region until 2018, schematic",
    }
    for row in load("tribal_districts").itertuples():
        yield _entry(row, kind="district", key=row.name, detail=kinds[row.kind], rank=4, also=())


def _entry(row: Any, *, kind: Kind, key: str, detail: str, rank: int, also: tuple[str | None, ...]) -> Entry:
    shown = {key: getattr(row, f"name_{key}", None) for key in ("ps", "fa", "ur")}
    names = {"en": row.name, **{language: name for language, name in shown.items() if name}}
    point = row.geometry.representative_point()
    area = row.geometry.geom_type != "Point"
    spellings = dict.fromkeys(fold(name) for name in (*names.values(), *also) if name)
    return Entry(
        id=f"{kind}:{key}",
        kind=kind,
        name=row.name,
        names=names,
        lonlat=(point.x, point.y),
        bounds_wsen=row.geometry.bounds if area else None,
        detail=detail,
        rank=rank,
        spellings=tuple(spelling for spelling in spellings if spelling),
    )
