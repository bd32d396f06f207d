"""The layers of the free map: each under one heading, every placed record on one of them, faults told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from story.atlas import Atlas
from story.atlas_layers import OTHER, all_layers, compared, first_layers, list_themes, other_layer
from story.faults import StoryError
from story.model import PointLayer
from story.read import read_story
from tests.story import told

if TYPE_CHECKING:
    from pathlib import Path

    from story.model import Story

STORIES = [told.real().story, told.tiny()]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.settings.id)
def test_every_layer_stands_under_one_heading(story: Story) -> None:
    under = [id_ for theme in list_themes(story) for id_ in theme.layers]
    assert sorted(under) == sorted(all_layers(story))
    assert len(under) == len(set(under))


def test_our_own_atlas_leaves_no_layer_to_chance() -> None:
    story = told.real().story
    assert {id_ for theme in story.atlas.themes for id_ in theme.layers} == set(all_layers(story))


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.settings.id)
def test_every_record_with_a_place_is_drawn_by_some_layer(story: Story) -> None:
    drawn = {
        point.fact for layer in all_layers(story).values() if isinstance(layer, PointLayer) for point in layer.points
    }
    assert drawn >= {fact.id for fact in story.facts.values() if fact.lat is not None}


def test_no_record_is_other_and_something_else() -> None:
    story = told.real().story
    other = {point.fact for point in other_layer(story).points}
    own = {point.fact for each in story.layers.values() if isinstance(each, PointLayer) for point in each.points}
    assert other
    assert not other & own


def test_without_a_word_the_layers_that_are_always_shown_are_on() -> None:
    story = replace(told.tiny(), atlas=Atlas())
    assert first_layers(story) == ("seabed", "shore", "harbour-names", "realm-names", OTHER)
    assert first_layers(told.tiny()) == ("seabed", "shore", "wrecks", "harbour-names")


@pytest.mark.parametrize("series", told.real().story.atlas.series, ids=lambda each: each.title)
def test_every_series_has_figures_of_two_counters(series: object) -> None:
    facts = told.real().story.facts
    counts = {fact: len(compared(series, facts[fact])) for fact in series.facts}  # type: ignore[attr-defined]
    assert len(counts) > 1
    assert min(counts.values()) > 1


@pytest.mark.parametrize(
    ("written", "key", "near"),
    [
        ("layers: [shoer]", "layers", "shore"),
        ("themes: [{title: All, layers: [shore, shore]}]", "themes.0.layers", ""),
        ("groups: {wreks: Sea}", "groups.wreks", "wrecks"),
        ("groups: {shore: Sea}", "groups.shore", ""),
        ("series: [{title: T, figure: '{} x', axis: year, facts: {barrel-censu: We}}]", "facts", "barrel-census"),
        ("series: [{title: T, figure: '{} x', axis: year, facts: {barrel-census: We}}]", "facts", ""),
        ("series: [{title: T, figure: no place, axis: year, facts: {barrel-census: We}}]", "figure", ""),
        ("layer: [shore]", "layer", "layers"),
    ],
)
def test_a_fault_in_the_atlas_is_told_with_its_line(tiny_copy: Path, written: str, key: str, near: str) -> None:
    (tiny_copy / "atlas.yaml").write_text(f"# a map\n{written}\n", encoding="utf-8")
    with pytest.raises(StoryError) as caught:
        read_story(tiny_copy)
    (fault,) = caught.value.faults
    assert (fault.file, fault.line) == ("atlas.yaml", 2)
    assert key in fault.key
    assert fault.nearest == near
