"""The legend: every layer that a chapter shows, as far as it is in view, each viewpoint's lines with its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from shapely.geometry import box

from geodata.catalogue import read_catalogue
from story.legend import in_view, layer_entry, legend_entries
from tests.story.told import find_chapter, real, real_scene

if TYPE_CHECKING:
    from story.drawn import Drawn
    from story.model import Chapter, Story

STORY = real().story
CHAPTERS = STORY.chapters


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.slug)
def test_each_legend_explains_the_layers_at_full_strength_that_are_in_view(chapter: Chapter) -> None:
    usual = STORY.viewpoints[0].id
    entries = legend_entries(STORY, chapter, real_scene())
    titles = {entry.title for entry in entries if not entry.only or usual in entry.only}
    strengths = STORY.strengths(chapter)
    full = [id_ for id_, layer in STORY.layers.items() if layer.legend and strengths[id_] == "full"]
    view = box(*chapter.view.bounds_wsen)
    for id_ in full:
        drawn = real_scene()[id_]
        crossing = drawn.frame is None or drawn.frame.intersects(view).any()
        assert STORY.layers[id_].title in titles or not crossing, id_
    assert titles <= {STORY.layers[id_].title for id_ in full}


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.slug)
def test_every_viewpoint_has_one_entry_for_each_line_that_it_draws(chapter: Chapter) -> None:
    entries = legend_entries(STORY, chapter, real_scene())
    for view in STORY.viewpoints:
        shown = [entry.title for entry in entries if not entry.only or view.id in entry.only]
        assert len(shown) == len(set(shown)), view.id
        strengths = STORY.strengths(chapter)
        for layer, style in view.lines.items():
            if STORY.layers[layer].legend and strengths[layer] == "full" and in_view(real_scene()[layer], chapter):
                assert style.title in shown


def test_what_lies_elsewhere_is_not_explained(tiny: Story, tiny_scene: dict[str, Drawn]) -> None:
    chapter = find_chapter(tiny, "the-lamp")
    assert in_view(tiny_scene["shore"], chapter)
    view = chapter.view.model_copy(update={"bounds_wsen": (70.0, 34.0, 71.0, 35.0)})
    inland = type(chapter)(chapter.slug, chapter.number, view, chapter.texts)
    assert not in_view(tiny_scene["shore"], inland)
    assert "Shore" not in {entry.title for entry in legend_entries(tiny, inland, tiny_scene)}


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.slug)
def test_every_swatch_is_a_whole_picture_that_is_not_read_out(chapter: Chapter) -> None:
    for entry in legend_entries(STORY, chapter, real_scene()):
        root = ET.fromstring(entry.swatch)  # noqa: S314 - our own
        assert root.get("aria-hidden") == "true"
        assert len(root)


def test_an_approximate_dataset_is_called_so_and_an_exact_one_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    layer = real().story.layers["agencies"]
    assert layer_entry(layer).note == f"{layer.note}; Approximate, within about 3 km"
    exact = {name: row.model_copy(update={"approximate": False}) for name, row in read_catalogue().items()}
    monkeypatch.setattr("story.legend.read_catalogue", lambda: exact)
    assert layer_entry(layer).note == layer.note
