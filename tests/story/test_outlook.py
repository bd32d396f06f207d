"""The address of the free map: it brings every outlook back, and nothing hostile gets through."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.outlook import (
    RADII_KM,
    Camera,
    Known,
    Outlook,
    camera_at,
    read_outlook,
    slug,
    spot_at,
    with_months,
    write_outlook,
)
from story.query import Query

KNOWN = Known(
    layers=("ground", "roads", "attacks", "talks"),
    first_layers=("ground", "attacks"),
    themes=("violence", "ground-and-names"),
    filters={
        "groups": ("attacks", "talks"),
        "kinds": ("event", "place"),
        "counters": ("UNAMA", "Long War Journal", "Brown University: Costs"),
        "precisions": ("exact", "none"),
        "verdicts": ("supported", "none"),
        "statuses": ("sourced",),
    },
    months=("1893-11", "2026-06"),
    records={"salala-2011", "peace"},
    places={"Kabul", "Dera Ismail Khan"},
    chapters={"opening"},
    viewpoints={"pakistan", "neutral"},
)
MONTHS = st.builds(lambda year, month: f"{year}-{month:02}", st.integers(1894, 2025), st.integers(1, 12))


def few(name: str) -> st.SearchStrategy[frozenset[str]]:
    """Any of the known values of a filter."""
    return st.frozensets(st.sampled_from(KNOWN.filters[name]))


QUERIES = st.builds(
    Query,
    months=st.none() | st.tuples(MONTHS, MONTHS).map(lambda two: tuple(sorted(two))),
    deaths=st.none() | st.tuples(st.integers(0, 99999), st.integers(0, 99999)).map(lambda two: tuple(sorted(two))),
    **{name: few(name) for name in KNOWN.filters},
)
OUTLOOKS = st.builds(
    Outlook,
    layers=st.sets(st.sampled_from(KNOWN.layers)).map(lambda on: tuple(id_ for id_ in KNOWN.layers if id_ in on)),
    opacity=st.dictionaries(st.sampled_from(KNOWN.themes), st.integers(10, 99)).map(
        lambda faint: tuple((theme, faint[theme]) for theme in KNOWN.themes if theme in faint)
    ),
    query=QUERIES,
    camera=st.none() | st.builds(camera_at, st.floats(-85, 85), st.floats(-180, 180), st.floats(2, 11)),
    record=st.sampled_from(["", *sorted(KNOWN.records)]),
    spot=st.none() | st.builds(spot_at, st.floats(-85, 85), st.floats(-180, 180)),
    radius_km=st.sampled_from(RADII_KM),
    place=st.sampled_from(["", *sorted(KNOWN.places)]),
    came_from=st.sampled_from(["", *sorted(KNOWN.chapters)]),
    borders=st.sampled_from(["", *sorted(KNOWN.viewpoints)]),
)
KEYS = st.sampled_from([
    "layers", "fade", "time", "who", "kind", "counter", "precision", "verdict", "sure", "deaths", "at", "record",
    "spot", "radius", "place", "from", "else",
])  # fmt: skip


@given(OUTLOOKS)
def test_an_address_brings_every_outlook_back(outlook: Outlook) -> None:
    assert read_outlook(write_outlook(outlook, KNOWN), KNOWN) == outlook


@given(st.dictionaries(KEYS, st.text(max_size=40)))
def test_whatever_an_address_says_the_outlook_holds_only_what_is_known(params: dict[str, str]) -> None:
    outlook = read_outlook(params, KNOWN)
    assert set(outlook.layers) <= set(KNOWN.layers)
    assert outlook.record in {"", *KNOWN.records}
    assert outlook.place in {"", *KNOWN.places}
    assert outlook.came_from in {"", *KNOWN.chapters}
    assert outlook.radius_km in RADII_KM
    assert read_outlook(write_outlook(outlook, KNOWN), KNOWN) == outlook


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("layers", "<script>alert(1)</script>"),
        ("layers", "nothing,of,this"),
        ("fade", "violence:0,violence:1e9,ground-and-names:-5"),
        ("time", "2026-13..2027-01"),
        ("time", "2025-05..2025-01"),
        ("time", "1700-01..1800-01"),
        ("deaths", "-1-5"),
        ("deaths", "90-10"),
        ("deaths", "1e3-2e3"),
        ("at", "nan,nan,5"),
        ("at", "inf,0,5"),
        ("at", "31,69,99"),
        ("at", "99,69,5"),
        ("at", "31,69"),
        ("spot", "31"),
        ("spot", "31,1e999"),
        ("radius", "7"),
        ("radius", "50km"),
        ("record", "../../etc/passwd"),
        ("place", "Atlantis"),
        ("from", "javascript:alert(1)"),
        ("who", "everybody"),
    ],
)
def test_what_is_unknown_or_hostile_gives_the_default(key: str, value: str) -> None:
    assert read_outlook({key: value}, KNOWN) == KNOWN.first()


def test_what_is_good_stays_where_its_neighbour_is_not() -> None:
    outlook = read_outlook({"layers": "roads,<b>", "at": "31.5,68.25,6", "record": "none"}, KNOWN)
    assert outlook == replace(KNOWN.first(), layers=("roads",), camera=Camera(31.5, 68.25, 6))


def test_an_address_says_only_what_differs_from_the_first_view() -> None:
    assert write_outlook(KNOWN.first(), KNOWN) == {}
    assert write_outlook(replace(KNOWN.first(), layers=()), KNOWN) == {"layers": "none"}


def test_a_span_is_cut_to_what_is_known_and_the_whole_of_it_is_no_filter() -> None:
    first = KNOWN.first()
    assert with_months(first, ("1800-01", "2000-05"), KNOWN).query.months == ("1893-11", "2000-05")
    assert with_months(first, ("2000-05", "1999-01"), KNOWN).query.months == ("1999-01", "2000-05")
    assert with_months(first, ("0000-01", "9999-01"), KNOWN).query.months is None


@pytest.mark.parametrize(("lat", "lon", "zoom"), [(86.0, 0.0, 5.0), (0.0, 181.0, 5.0), (0.0, 0.0, 12.0)])
def test_a_camera_looks_only_where_there_is_a_map(lat: float, lon: float, zoom: float) -> None:
    assert camera_at(lat, lon, zoom) is None


def test_a_slug_has_nothing_that_an_address_would_have_to_write_otherwise() -> None:
    assert slug("Brown University: Costs & (War)") == "brown-university-costs-war"
