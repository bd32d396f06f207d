"""The folium map: one pane and group a layer, a script that is the same every time and links to nothing."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import folium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from story.certainty import RING_KM
from story.draw import draw_map, render_script
from story.elements import as_json
from story.scene import Drawn
from tests.story.markup import MARKUP, hostile

if TYPE_CHECKING:
    from story.model import Story

Scene = dict[str, Drawn]
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | hostile | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8) | hostile, inner, max_size=4),
    max_leaves=12,
)


def script(scene: Scene) -> str:
    """Draw a scene and give its script."""
    return render_script(draw_map(scene))


def rows(text: str, pane: str) -> list[dict[str, Any]]:
    """Give the marks of one pane as they stand in a script."""
    (found,) = re.findall(rf'marks\((\[.*?\]), "{re.escape(pane)}"\)', text)
    marks: list[dict[str, Any]] = json.loads(found)
    return marks


def test_each_layer_has_its_pane_and_its_group_in_drawing_order(tiny_scene: Scene) -> None:
    text = script(tiny_scene)
    panes = re.findall(r'createPane\(\s*"(layer-[^"]+)"', text)
    assert panes == [f"layer-{id_}" for id_ in tiny_scene]
    levels = [int(level) for level in re.findall(r"zIndex = (\d+)", text)]
    assert levels == sorted(set(levels))
    assert len(levels) == len(panes)


def test_each_layer_may_fail_by_itself(tiny_scene: Scene) -> None:
    text = script(tiny_scene)
    tried = re.findall(r"(try \{)|\} catch \(error\) \{ TheLineBetween\.fail\(\"(.*?)\", error\); \}", text)
    assert tried == [pair for id_ in tiny_scene for pair in (("try {", ""), ("", f"layer-{id_}"))]
    parts = re.split(r"try \{|\} catch .*", text)
    assert not [part for part in parts[::2] if "addTo" in part], "drawn outside of what may fail"


def test_drawing_leaves_folium_as_it_was(tiny_scene: Scene) -> None:
    before = (list(folium.Map.default_js), list(folium.Map.default_css))
    script(tiny_scene)
    assert (folium.Map.default_js, folium.Map.default_css) == before
    assert any("leaflet" in name for name, _ in folium.Map.default_js)
    assert "<script src=" in folium.Map().get_root().render()


def test_the_script_names_no_other_host(tiny_scene: Scene, scene: Scene) -> None:
    for drawn in (tiny_scene, scene):
        assert not re.findall(r"""(?:https?:)?//[\w-]+\.[\w.-]+""", script(drawn))


def test_drawing_twice_gives_the_same_script(tiny_scene: Scene) -> None:
    assert script(tiny_scene) == script(tiny_scene)


def test_the_script_carries_no_random_name(tiny_scene: Scene) -> None:
    assert not re.findall(r"[0-9a-f]{32}", script(tiny_scene))


def test_a_mark_carries_all_that_the_reader_needs(tiny_scene: Scene) -> None:
    (row,) = (row for row in rows(script(tiny_scene), "layer-wrecks") if row["fact"] == "wreck-of-heron")
    assert row["at"] == [24.7, 64.2]
    assert row["shape"] == "cross"
    assert row["ink"] == "oil"
    assert row["sure"] == ["province", "claimed"]
    assert row["ring_m"] == RING_KM["province"] * 1000


def test_the_script_gives_each_mark_of_the_story_the_signs_and_the_ring_of_the_scene(scene: Scene) -> None:
    text = script(scene)
    for id_, drawn in scene.items():
        if drawn.layer.draw == "points":
            told = [(row["id"], row["sure"], row["ring_m"]) for row in rows(text, f"layer-{id_}")]
            signs = [list(mark.certainty.signs) if mark.certainty else [] for mark in drawn.marks]
            assert told == [(m.id, s, m.ring_km * 1000) for m, s in zip(drawn.marks, signs, strict=True)]


def test_coordinates_are_rounded_and_latitude_comes_first_only_for_leaflet(tiny_scene: Scene) -> None:
    collections = re.findall(r"_add\((\{.*?\})\);", script({"mule-track": tiny_scene["mule-track"]}))
    (feature,) = json.loads(collections[0])["features"]
    assert feature["properties"] == {}
    for lon, lat in feature["geometry"]["coordinates"]:
        assert 62 < lon < 64
        assert 25 < lat < 27
        assert round(lon, 3) == lon


def test_a_line_with_a_casing_is_drawn_twice(tiny_scene: Scene) -> None:
    assert script({"shore": tiny_scene["shore"]}).count('"className": "casing"') >= 1
    assert '"casing"' not in script({"streams": tiny_scene["streams"]})


@settings(max_examples=40)
@given(hostile)
def test_no_title_can_end_the_script_or_become_markup(tiny_scene: Scene, words: str) -> None:
    drawn = tiny_scene["wrecks"]
    marks = tuple(replace(mark, title=words) for mark in drawn.marks)
    names = tuple(replace(name, text=words) for name in drawn.names)
    text = script({"wrecks": replace(drawn, marks=marks, names=names)})
    assert MARKUP not in text
    assert "</" not in text
    assert {row["title"] for row in rows(text, "layer-wrecks")} == {words}


@given(values)
def test_json_for_a_script_reads_back_and_cannot_end_it(value: object) -> None:
    written = as_json(value)
    assert json.loads(written) == value
    assert "</" not in written


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_json_refuses_what_is_no_number(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        as_json([number])


def test_nothing_of_the_first_story_is_in_the_script_of_another(tiny: Story, tiny_scene: Scene) -> None:
    text = script(tiny_scene).lower()
    assert tiny.settings.id == "two-keepers"
    for word in ("durand", "musharraf", "emirate", "ttp", "kabul to"):
        assert word not in text
