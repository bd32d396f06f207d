"""The legend: every layer that a chapter shows, as far as it is in view, each viewpoint's lines with its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from shapely.geometry import box

from geodata.catalogue import read_catalogue
from story.facts import Fact, Figure
from story.legend import in_view, layer_entry, legend_entries
from story.model import CircleLayer, Layer, RouteLayer, Whole
from story.wording import say_figure
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
    layer = STORY.layers["agencies"]
    assert layer_entry(layer, STORY.facts).note == f"{layer.note}. Approximate, within about 3 km"
    exact = {name: row.model_copy(update={"approximate": False}) for name, row in read_catalogue().items()}
    monkeypatch.setattr("story.legend.read_catalogue", lambda: exact)
    assert layer_entry(layer, STORY.facts).note == layer.note


@pytest.mark.parametrize("layer", STORY.layers.values(), ids=lambda layer: layer.id)
def test_the_legend_says_what_is_schematic_and_of_nothing_else_and_no_note_says_it_by_hand(layer: Layer) -> None:
    assert "schematic" not in layer.note.lower()
    assert ("schematic" in layer_entry(layer, STORY.facts).note.lower()) is layer.schematic


def test_what_joins_places_or_stands_for_a_record_along_a_line_is_schematic(tiny: Story) -> None:
    assert {id_ for id_, layer in tiny.layers.items() if layer.schematic} == {"supply-boats", "mule-track"}
    expected = {
        "supply-roads",
        "trade-roads",
        "displacement",
        "relocation",
        "returns",
        "talks-arcs",
        "fence",
        "replies",
    }
    assert {id_ for id_, layer in STORY.layers.items() if layer.schematic} == expected


def test_the_legend_says_how_many_strikes_have_no_circle(tiny: Story) -> None:
    layer = tiny.layers["barrels"]
    assert isinstance(layer, CircleLayer)
    assert "no circle" not in layer_entry(layer, tiny.facts).note
    facts = {name: counts(layer, tiny, total) for name, total in (("more", 500), ("all", all_barrels(layer, tiny)))}
    for name, fact in facts.items():
        counted = layer.model_copy(update={"whole": Whole(fact=name, figure="barrels")})
        note = layer_entry(counted, {**tiny.facts, name: fact}).note
        assert (f"of {500} barrels have no circle" in note) is (name == "more")
    assert layer_entry(STORY.layers["drone-strikes"], STORY.facts).note.endswith("6 of 430 strikes have no circle")


def test_the_legend_names_the_figure_of_each_sized_arrow_and_its_author() -> None:
    layer = STORY.layers["returns"]
    assert isinstance(layer, RouteLayer)
    note = layer_entry(layer, STORY.facts).note
    for route in layer.routes:
        figure = STORY.facts[route.facts[0]].figure(route.figure or "", route.by)
        assert figure is not None
        assert f"{route.name} {say_figure(figure)} ({figure.according_to})" in note


def all_barrels(layer: CircleLayer, tiny: Story) -> float:
    """Give the sum of all circles of a layer."""
    figures = [tiny.facts[layer.fact].figure(circle.figure) for circle in layer.circles]
    return sum(figure.middle for figure in figures if figure)


def counts(layer: CircleLayer, tiny: Story, total: float) -> Fact:
    """Give a fact that counts so many barrels in all."""
    figure = Figure(what="barrels", value=total, unit="barrels", according_to="The harbour")
    return tiny.facts[layer.fact].model_copy(update={"figures": (figure,)})
