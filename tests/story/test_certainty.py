"""How sure every mark is: what the record knows and no more, on the map, on the stills, in the legend and in words."""

from __future__ import annotations

import re
from dataclasses import replace
from math import pi, sqrt
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.load import load
from geodata.measure import area_km2
from story.certainty import RING_KM, SIGNS, Certainty, certainty_of, is_claim
from story.facts import INDEPENDENT_TIERS
from story.legend import certainty_entries
from story.model import PointLayer
from story.say import list_marks, say_map
from story.scene import build_scene
from story.wording import read_words
from tests.story.told import real, real_scene

if TYPE_CHECKING:
    from story.drawn import Drawn, Placed
    from story.facts import Fact, Precision
    from story.model import Chapter, Story

STORY = real().story
WORDS = read_words("en")
ORDER = ("exact", "town", "district", "province")
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = sorted({mark.fact for drawn in real_scene().values() for mark in drawn.marks if mark.fact})


def full_marks(chapter: Chapter) -> list[Placed]:
    """Give the marks that a chapter shows at full strength."""
    strengths = STORY.strengths(chapter)
    return [mark for id_, drawn in real_scene().items() if strengths[id_] == "full" for mark in drawn.marks]


def known(fact: Fact, index: int) -> Precision | None:
    """Give how exactly the record knows a fact's place of that index, 0 being its first."""
    return fact.coord_precision if not index else fact.also[index - 1].coord_precision


@pytest.mark.parametrize("fact", DRAWN)
def test_every_mark_of_a_fact_says_what_the_record_knows_of_it(fact: str) -> None:
    marks = [
        mark
        for drawn in real_scene().values()
        if isinstance(drawn.layer, PointLayer)
        for mark in drawn.marks
        if mark.fact == fact
    ]
    record = STORY.facts[fact]
    for mark in marks:
        place = known(record, int(mark.id.rpartition(".")[2]))
        weak = record.status == "weakly-sourced" or all(
            source.state_media for source in record.sources if source.tier in INDEPENDENT_TIERS
        )
        assert mark.certainty == Certainty(place or "province", bool(record.contested), weak)


@pytest.mark.parametrize("chapter", STORY.chapters, ids=lambda chapter: chapter.slug)
def test_nothing_is_drawn_more_exactly_than_it_is_known(chapter: Chapter) -> None:
    for mark in full_marks(chapter):
        if mark.certainty is None:
            assert mark.goto, f"{mark.id} is a record without a certainty"
            continue
        drawn_as = mark.certainty.place
        if mark.shape == "circle":
            assert drawn_as == "district"
            continue
        place = known(STORY.facts[mark.fact], int(mark.id.rpartition(".")[2])) or "province"
        assert ORDER.index(drawn_as) >= ORDER.index(place), mark.id
        shown = mark.area or mark.along or mark.ring_km >= RING_KM.get(place, 0)
        assert shown, f"{mark.id} has neither ring nor province nor stretch"


def test_the_rings_are_as_large_as_districts_and_provinces_are() -> None:
    districts = load("tribal_districts").geometry
    provinces = load("admin1").query("country == 'AFG'").geometry
    for name, frame in (("district", districts), ("province", provinces)):
        usual_km = sqrt(sum(map(area_km2, frame)) / len(frame) / pi)
        assert RING_KM[name] == pytest.approx(usual_km, rel=0.06)


@pytest.mark.parametrize("layer", [x for x in STORY.layers.values() if isinstance(x, PointLayer)], ids=lambda x: x.id)
def test_a_province_that_is_hatched_holds_every_mark_known_to_it(layer: PointLayer) -> None:
    drawn = real_scene()[layer.id]
    vague = [mark for mark in drawn.marks if mark.area]
    assert bool(vague) == (drawn.frame is not None)
    for mark in vague:
        assert drawn.frame is not None
        assert shapely.contains_xy(drawn.frame.geometry.to_numpy(), *mark.lonlat).any(), mark.id


def test_what_was_joined_is_hatched_as_one_from_its_day_on(tiny: Story) -> None:
    sindh, both = hatched(tiny, "1906-11-30"), hatched(tiny, "1906-12-01")
    provinces = load("admin1").set_index("code").geometry
    assert sindh == pytest.approx(area_km2(provinces["PK-SD"]), rel=0.02)
    assert both == pytest.approx(area_km2(provinces["PK-SD"]) + area_km2(provinces["PK-BA"]), rel=0.02)


def hatched(tiny: Story, day: str) -> float:
    """Give the square km hatched for a wreck in Sindh on a day."""
    update = {"lon": 68.4, "lat": 25.4, "coord_precision": "province", "date": day}
    moved = tiny.facts["keepers-meeting"].model_copy(update=update)
    frame = build_scene(replace(tiny, facts=tiny.facts | {moved.id: moved}))["wrecks"].frame
    assert frame is not None
    return sum(map(area_km2, frame.geometry))


@pytest.mark.parametrize("chapter", STORY.chapters, ids=lambda chapter: chapter.slug)
def test_a_still_draws_each_mark_with_the_same_signs_as_the_map(chapter: Chapter) -> None:
    (document,) = (v for k, v in real().files.items() if k.startswith(f"stills/{chapter.slug}."))
    root = ET.fromstring(document)  # noqa: S314 - our own
    drawn = [g.get("class", "").split()[1:] for g in root.iter(f"{SVG}g") if g.get("class", "").startswith("mark")]
    strengths = STORY.strengths(chapter)
    shown: list[Drawn] = [drawn for id_, drawn in real_scene().items() if strengths[id_] != "off"]
    signs = [list((mark.certainty or Certainty("exact")).signs) for each in shown for mark in each.marks]
    assert drawn == signs


@pytest.mark.parametrize("chapter", STORY.chapters, ids=lambda chapter: chapter.slug)
def test_the_legend_says_how_sure_for_the_signs_that_are_shown_and_no_others(chapter: Chapter) -> None:
    shown = {sign for mark in full_marks(chapter) if mark.certainty for sign in mark.certainty.signs}
    entries = certainty_entries(STORY, chapter, real_scene(), WORDS)
    assert [entry.title for entry in entries] == [WORDS["certainty"][sign] for sign in SIGNS if sign in shown]
    swatches = [re.findall(r"sure-(\w+)", entry.swatch) for entry in entries]
    assert swatches == [[sign] for sign in SIGNS if sign in shown]


@pytest.mark.parametrize("chapter", STORY.chapters, ids=lambda chapter: chapter.slug)
def test_the_map_in_words_says_how_sure_as_well(chapter: Chapter) -> None:
    shown = {sign for mark in full_marks(chapter) if mark.certainty for sign in mark.certainty.signs} - {"exact"}
    if any(mark.shape == "circle" for mark in full_marks(chapter)):
        shown -= {"district", "claimed"}  # what a circle stands for is said by its legend
    said = " ".join(say_map(STORY, chapter, real_scene(), WORDS))
    assert not [sign for sign in shown if WORDS["says"][sign] not in said]


@pytest.mark.parametrize("chapter", STORY.chapters, ids=lambda chapter: chapter.slug)
def test_the_list_of_what_is_shown_says_it_of_each_record(chapter: Chapter) -> None:
    for item in list_marks(STORY, chapter, real_scene(), WORDS):
        signs = certainty_of(STORY.facts[item.fact], STORY.facts[item.fact].coord_precision).signs
        for sign in ("district", "province", "contested", "claimed"):
            assert (WORDS["says"][sign] in item.more) == (sign in signs), item.fact


@given(
    st.sampled_from(ORDER),
    st.sampled_from(["sourced", "partly-sourced", "weakly-sourced"]),
    st.sampled_from(["", "One side denies it."]),
    st.lists(st.tuples(st.sampled_from(["primary", "press", "mirror", "weak"]), st.booleans()), max_size=4),
)
def test_a_claim_never_has_the_signs_of_what_is_confirmed(
    place: Precision, status: str, contested: str, sources: list[tuple[str, bool]]
) -> None:
    given_sources = [
        {"publisher": "P", "title": "T", "url": "https://p.example/", "tier": tier, "state_media": state}
        for tier, state in sources
    ]
    base = STORY.facts[DRAWN[0]]
    fact = type(base).model_validate(
        base.model_dump() | {"status": status, "contested": contested or None, "sources": given_sources}
    )
    sure = certainty_of(fact, place)
    free = any(tier in INDEPENDENT_TIERS and not state for tier, state in sources)
    assert is_claim(fact) == (status == "weakly-sourced" or not free)
    assert ("claimed" in sure.signs) == is_claim(fact)
    assert ("contested" in sure.signs) == bool(contested)
    assert sure.signs[0] == place


def test_each_sign_has_words_in_the_legend_the_record_and_the_text() -> None:
    for sign in SIGNS:
        assert WORDS["certainty"][sign].strip()
        assert sign == "exact" or WORDS["says"][sign].strip()
