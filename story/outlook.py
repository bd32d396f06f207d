"""What the free map shows, all of it, and the address that says so: a link brings the same view back.

Whatever an address holds that is unknown, malformed or out of bounds counts as not said.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import isfinite

from story.model import LAST_LAT, LAST_LON
from story.query import Query

NOTHING = "none"
MONTH = re.compile(r"^\d{4}-(0[1-9]|1[0-2])$")
NUMBER = re.compile(r"^-?\d{1,4}(\.\d{1,6})?$")
COUNT = re.compile(r"^\d{1,7}$")
RADII_KM = (10, 25, 50, 100, 200)
FIRST_RADIUS_KM = 50
LEAST_ZOOM, MOST_ZOOM = 2.0, 11.0
DEGREE_DECIMALS, ZOOM_DECIMALS = 4, 2
FULL, FAINTEST = 100, 10
FILTERS = {
    "who": "groups",
    "kind": "kinds",
    "counter": "counters",
    "precision": "precisions",
    "verdict": "verdicts",
    "sure": "statuses",
}


@dataclass(frozen=True, slots=True)
class Camera:
    """Where the map looks: latitude, longitude in degrees, and the zoom level of Web Mercator tiles."""

    lat: float
    lon: float
    zoom: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the free map shows.

    `opacity`: per cent by theme, where it is not full; `record`: the chosen one; `spot`: latitude, longitude that was
    pressed; `place`: the entry of the gazetteer that was searched for; `came_from`: the chapter to go back to;
    `borders`: the viewpoint on borders, empty for the first.
    """

    layers: tuple[str, ...]
    opacity: tuple[tuple[str, int], ...] = ()
    query: Query = field(default_factory=Query)
    camera: Camera | None = None
    record: str = ""
    spot: tuple[float, float] | None = None
    radius_km: int = FIRST_RADIUS_KM
    place: str = ""
    came_from: str = ""
    borders: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """All that an address may name. `layers` in drawing order; `filters`: by field of the query, its values.

    `viewpoints` are those on borders besides the first, which an address need not name.
    """

    layers: tuple[str, ...]
    first_layers: tuple[str, ...]
    themes: tuple[str, ...]
    filters: Mapping[str, tuple[str, ...]]
    months: tuple[str, str]
    records: Collection[str]
    places: Collection[str]
    chapters: Collection[str]
    viewpoints: Collection[str] = ()

    def first(self) -> Outlook:
        """What is shown where an address says nothing."""
        return Outlook(self.first_layers)


def slug(text: str) -> str:
    """A text as it stands in an address: small letters and digits, joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def read_outlook(params: Mapping[str, str], known: Known) -> Outlook:
    """The outlook that the parameters of an address ask for; what they do not say, or wrongly, is the default."""
    spot = _numbers(params.get("spot", ""), 2)
    radius = params.get("radius", "")
    return Outlook(
        layers=_layers(params.get("layers", ""), known),
        opacity=_opacity(params.get("fade", ""), known.themes),
        query=_query(params, known),
        camera=_camera(params.get("at", "")),
        record=_one(params.get("record", ""), known.records),
        spot=(spot[0], spot[1]) if spot and _on_map(*spot) else None,
        radius_km=int(radius) if radius in map(str, RADII_KM) else FIRST_RADIUS_KM,
        place=_one(params.get("place", ""), known.places),
        came_from=_one(params.get("from", ""), known.chapters),
        borders=_one(params.get("borders", ""), known.viewpoints),
    )


def write_outlook(outlook: Outlook, known: Known) -> dict[str, str]:
    """The parameters that bring an outlook back; only what differs from the default is said."""
    query, camera = outlook.query, outlook.camera
    said = {
        "layers": "" if outlook.layers == known.first_layers else ",".join(outlook.layers) or NOTHING,
        "fade": ",".join(f"{theme}:{per_cent}" for theme, per_cent in outlook.opacity),
        "time": "..".join(query.months) if query.months else "",
        **{key: ",".join(_slugs(getattr(query, name), known.filters[name])) for key, name in FILTERS.items()},
        "deaths": f"{query.deaths[0]}-{query.deaths[1]}" if query.deaths else "",
        "at": _said(camera.lat, camera.lon, camera.zoom) if camera else "",
        "record": outlook.record,
        "spot": _said(*outlook.spot) if outlook.spot else "",
        "radius": "" if outlook.radius_km == FIRST_RADIUS_KM else str(outlook.radius_km),
        "place": outlook.place,
        "from": outlook.came_from,
        "borders": outlook.borders,
    }
    return {key: value for key, value in said.items() if value}


def camera_at(lat: float, lon: float, zoom: float) -> Camera | None:
    """A camera as exactly as an address says it; None where the map cannot look."""
    if not _on_map(lat, lon) or not LEAST_ZOOM <= zoom <= MOST_ZOOM:
        return None
    return Camera(round(lat, DEGREE_DECIMALS), round(lon, DEGREE_DECIMALS), round(zoom, ZOOM_DECIMALS))


def spot_at(lat: float, lon: float) -> tuple[float, float] | None:
    """A spot as exactly as an address says it; None where it is not on the map."""
    return (round(lat, DEGREE_DECIMALS), round(lon, DEGREE_DECIMALS)) if _on_map(lat, lon) else None


def with_months(outlook: Outlook, months: tuple[str, str], known: Known) -> Outlook:
    """The outlook in another span of time, cut to what is known; the whole span is no filter."""
    first, last = (min(max(month, known.months[0]), known.months[1]) for month in months)
    span = (min(first, last), max(first, last))
    return replace(outlook, query=replace(outlook.query, months=None if span == known.months else span))


def _one(value: str, valid: Collection[str]) -> str:
    return value if value in valid else ""


def _layers(said: str, known: Known) -> tuple[str, ...]:
    if said == NOTHING:
        return ()
    asked = set(said.split(","))
    return tuple(layer for layer in known.layers if layer in asked) or known.first_layers


def _opacity(said: str, themes: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    found = {}
    for part in said.split(","):
        theme, _, per_cent = part.partition(":")
        if theme in themes and COUNT.match(per_cent) and FAINTEST <= int(per_cent) < FULL:
            found[theme] = int(per_cent)
    return tuple((theme, found[theme]) for theme in themes if theme in found)


def _query(params: Mapping[str, str], known: Known) -> Query:
    first, _, last = params.get("time", "").partition("..")
    months = None
    if MONTH.match(first) and MONTH.match(last) and first <= last:
        span = (max(first, known.months[0]), min(last, known.months[1]))
        months = span if span[0] <= span[1] and span != known.months else None
    least, _, most = params.get("deaths", "").partition("-")
    deaths = (int(least), int(most)) if COUNT.match(least) and COUNT.match(most) and int(least) <= int(most) else None
    asked = {
        name: frozenset(value for value in known.filters[name] if slug(value) in params.get(key, "").split(","))
        for key, name in FILTERS.items()
    }
    return Query(months=months, deaths=deaths, **asked)


def _slugs(chosen: Collection[str], valid: Iterable[str]) -> list[str]:
    return [slug(value) for value in valid if value in chosen]


def _camera(said: str) -> Camera | None:
    numbers = _numbers(said, 3)
    return camera_at(*numbers) if numbers else None


def _numbers(said: str, count: int) -> tuple[float, ...]:
    """As many numbers as asked for, rounded as an address has them; none where one of them is no plain number."""
    parts = said.split(",")
    if len(parts) != count or not all(NUMBER.match(part) for part in parts):
        return ()
    return tuple(round(float(part), DEGREE_DECIMALS) for part in parts)


def _said(*numbers: float) -> str:
    return ",".join(f"{number:.{DEGREE_DECIMALS}f}".rstrip("0").rstrip(".") for number in numbers)


def _on_map(lat: float, lon: float) -> bool:
    return isfinite(lat) and isfinite(lon) and abs(lat) <= LAST_LAT and abs(lon) <= LAST_LON
