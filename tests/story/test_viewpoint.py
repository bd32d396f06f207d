"""Viewpoints on borders: data that is checked, lines and names that change, a text that does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from story.bundle import make_plan
from story.faults import StoryError
from story.read import read_story
from story.rests import cited_facts
from story.scene import build_scene
from story.strokes import DASHES
from story.styles import palette_css
from story.viewpoint import Viewpoint, viewpoint_css
from tests.story.told import real, real_scene, tiny
from tests.story.voice import loaded

if TYPE_CHECKING:
    from pathlib import Path

    from story.model import Story

STORY = real().story
VIEWS = STORY.viewpoints


def test_what_the_story_draws_is_declared_and_the_others_are_there() -> None:
    assert [view.id for view in VIEWS] == ["natural-earth", "pakistan", "afghanistan", "neutral"]
    assert not VIEWS[0].lines, "the default is what layers.yaml draws"
    assert not VIEWS[0].names


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.id)
def test_a_viewpoint_says_what_it_means_by_whom_and_rests_on_records(view: Viewpoint) -> None:
    assert len(view.note) > 80
    assert view.facts
    assert set(view.facts) <= cited_facts(STORY)
    for fact in view.facts:
        assert STORY.facts[fact].status != "weakly-sourced"
        assert STORY.facts[fact].sources
    assert not loaded(view.note + view.title + " ".join(f"{each.title} {each.note}" for each in view.lines.values()))


@pytest.mark.parametrize("view", VIEWS[1:], ids=lambda view: view.id)
def test_each_viewpoint_draws_the_line_in_a_way_of_its_own(view: Viewpoint) -> None:
    drawn = {(each.lines["durand-line"].stroke, each.lines["durand-line"].title) for each in VIEWS[1:]}
    assert len(drawn) == len(VIEWS) - 1
    usual = STORY.layers["durand-line"]
    own = view.lines["durand-line"]
    assert (own.stroke, own.ink) != (usual.stroke, usual.ink)  # type: ignore[union-attr] - a line


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.id)
def test_every_name_that_a_viewpoint_replaces_is_one_that_the_map_writes(view: Viewpoint) -> None:
    written = {name.text for drawn in real_scene().values() for name in drawn.names}
    assert set(view.names) <= written


@pytest.mark.parametrize("of", [STORY, tiny()], ids=["story", "tiny"])
def test_the_style_sheet_draws_every_line_of_every_viewpoint(of: Story) -> None:
    css = palette_css(of)
    for view in of.viewpoints:
        for layer, style in view.lines.items():
            found = re.search(rf'\[data-borders="{view.id}"\] \.leaflet-layer-{layer}-pane \.line{{([^}}]*)}}', css)
            assert found
            assert f"stroke:var(--ink-{style.ink})" in found[1]
            assert f"stroke-dasharray:{DASHES[style.stroke] or 'none'};" in found[1] + ";"
        assert f'.story[data-borders="{view.id}"] [data-borders-only]:not([data-borders-only~="{view.id}"])' in css


def test_without_viewpoints_there_is_no_rule_and_no_control() -> None:
    assert viewpoint_css(()) == ""


def test_the_page_has_a_radio_button_for_each_and_the_default_is_chosen() -> None:
    body = real().body
    radios = re.findall(r'<input type="radio" name="borders" value="([^"]+)"([^>]*)>', body)
    assert [value for value, _ in radios] == [view.id for view in VIEWS]
    assert [("checked" in rest) for _, rest in radios] == [True, False, False, False]
    assert f'data-borders="{VIEWS[0].id}"' in body
    for view in VIEWS:
        assert view.note.split(".")[0] in body


def test_the_reader_knows_every_viewpoint_and_the_names_that_stand_in_it() -> None:
    plan = make_plan(STORY, "en")["viewpoints"]
    assert [view["id"] for view in plan] == [view.id for view in VIEWS]
    assert plan[0]["names"] == {}
    assert plan[1]["names"]["Durand Line"] == "International border"


def test_the_text_is_the_same_in_every_viewpoint() -> None:
    # All that hangs on a viewpoint: entries of the legend, and the notes of the control.
    parts = re.findall(r"<(\w+)[^>]* data-borders-only=", real().body)
    assert set(parts) <= {"li", "p"}
    articles = re.sub(r'<ul class="key".*?</ul>', "", real().body, flags=re.DOTALL).partition("<article")[2]
    assert "data-borders-only" not in articles


@pytest.mark.parametrize(
    ("right", "wrong", "nearest"),
    [
        ("[keepers-meeting]", "[keepers-meting]", "keepers-meeting"),
        ("    shore:", "    shoe:", "shore"),
        ("ink: oil", "ink: oli", "oil"),
        ("stroke: dotted", "stroke: doted", "dotted"),
        ("{Oman:", "{Omann:", "Oman"),
        ("id: north-keeper", "id: plain", ""),
    ],
)
def test_a_fault_in_the_viewpoints_is_told_with_its_file_and_the_right_value(
    tiny_copy: Path, right: str, wrong: str, nearest: str
) -> None:
    path = tiny_copy / "viewpoints.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(StoryError) as caught:
        read_story(tiny_copy)
    assert [(fault.file, fault.nearest) for fault in caught.value.faults] == [("viewpoints.yaml", nearest)]
    assert all(fault.line for fault in caught.value.faults)


def test_a_story_without_viewpoints_is_told_as_it_is(tiny_copy: Path) -> None:
    (tiny_copy / "viewpoints.yaml").unlink()
    story = read_story(tiny_copy)
    assert story.viewpoints == ()
    assert list(build_scene(story)) == list(story.layers)
