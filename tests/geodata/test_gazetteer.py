"""The gazetteer: every name in every language leads to its place, misspelt ones too, nonsense to nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.gazetteer import KIND_ORDER, WAYS, entries, find, fold
from geodata.load import load

ENTRIES = {entry.id: entry for entry in entries()}
entry_ids = st.sampled_from(sorted(ENTRIES))
SHARED_NAMES = {"Kabul", "Kandahar", "Herat", "Kunduz", "Khost", "Ghazni", "Bamyan", "Farah"}


def first(query: str) -> str:
    return find(query, limit=1)[0].entry.id


def test_everything_can_be_found() -> None:
    rows = [load(name) for name in ("crossings", "admin1", "tribal_districts")]
    places = load("places")
    assert len(ENTRIES) == len(entries()) == sum(map(len, rows)) + sum(places.kind != "crossing")
    assert {entry.kind for entry in ENTRIES.values()} == set(KIND_ORDER)


@pytest.mark.parametrize("entry_id", ENTRIES)
def test_every_name_in_every_language_finds_its_entry(entry_id: str) -> None:
    for name in ENTRIES[entry_id].names.values():
        found = find(name, limit=50)
        assert entry_id in {match.entry.id for match in found if match.how == "exact"}


@pytest.mark.parametrize("entry_id", ENTRIES)
def test_every_entry_lies_where_its_box_says(entry_id: str) -> None:
    entry = ENTRIES[entry_id]
    lon, lat = entry.lonlat
    assert (entry.bounds_wsen is None) == (entry.kind in {"place", "crossing"})
    if entry.bounds_wsen:
        west, south, east, north = entry.bounds_wsen
        assert west < lon < east
        assert south < lat < north
    assert entry.names["en"] == entry.name
    assert set(entry.names) <= {"en", "ps", "fa", "ur"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("pesh", "place:Peshawar"),
        ("PESHAWAR ", "place:Peshawar"),
        ("پېښور", "place:Peshawar"),
        ("پشاور", "place:Peshawar"),
        ("قندھار", "place:Kandahar"),
        ("Spīn Bōldak", "place:Spin Boldak"),
        ("friendship gate", "crossing:chaman"),
        ("باب دوستی", "crossing:chaman"),
        ("miram shah", "place:Miranshah"),
        ("FATA", "province:PK-TA"),
        ("F.A.T.A.", "province:PK-TA"),
        ("south waz", "district:South Waziristan"),
        ("waziristan", "district:North Waziristan"),
        ("Torkam", "crossing:torkham"),
        ("Jalalbad", "place:Jalalabad"),
        ("Isalmabad", "place:Islamabad"),
    ],
)
def test_what_people_type_finds_what_they_mean(query: str, expected: str) -> None:
    assert first(query) == expected


@pytest.mark.parametrize("name", sorted(SHARED_NAMES))
def test_a_town_comes_before_the_province_of_its_name(name: str) -> None:
    kinds = [match.entry.kind for match in find(name) if match.how == "exact"]
    assert kinds[:2] == ["place", "province"] or kinds == ["place"]


@pytest.mark.parametrize("query", ["", "   ", "...", "qqqqqq", "x" * 5000, "%_'; drop table", "\u200f"])
def test_nonsense_finds_nothing(query: str) -> None:
    assert find(query) == ()


def test_kinds_and_limit_narrow_what_is_found() -> None:
    assert {match.entry.kind for match in find("khyber", kinds={"district"})} == {"district"}
    assert len(find("a", limit=3)) == 3
    assert find("kabul", limit=0) == ()


@given(st.text(max_size=30))
def test_any_text_is_answered_in_order_and_the_same_each_time(query: str) -> None:
    found = find(query)
    assert found == find(query)
    assert [WAYS.index(match.how) for match in found] == sorted(WAYS.index(match.how) for match in found)
    assert len({match.entry.id for match in found}) == len(found) <= 8


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(entry_ids, st.booleans(), st.sampled_from(["NFC", "NFD"]))
def test_capitals_and_the_way_of_writing_accents_do_not_matter(entry_id: str, upper: bool, form: str) -> None:  # noqa: FBT001
    name = ENTRIES[entry_id].name
    typed = unicodedata.normalize(form, name.upper() if upper else name.lower())  # type: ignore[arg-type]
    assert entry_id in {match.entry.id for match in find(typed, limit=50)}


@given(entry_ids, st.integers(0, 60))
def test_a_start_of_a_name_finds_it(entry_id: str, letters: int) -> None:
    start = ENTRIES[entry_id].name[: max(1, letters)]
    if fold(start):
        assert entry_id in {match.entry.id for match in find(start, limit=len(ENTRIES))}


@given(entry_ids, st.data())
def test_one_slip_in_a_long_name_is_forgiven(entry_id: str, data: st.DataObject) -> None:
    name = ENTRIES[entry_id].name
    if len(fold(name)) < 6:
        return
    at = data.draw(st.integers(1, len(name) - 1))
    found = find(name[:at] + name[at + 1 :], limit=len(ENTRIES))
    # Unless what is left starts a word of another name: then it is no slip.
    assert entry_id in {match.entry.id for match in found} or found[0].how in {"exact", "start", "word"}
