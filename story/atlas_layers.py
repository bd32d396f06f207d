"""The layers of the free map: all of a story's and one of every other record, under headings, and which are on."""

from dataclasses import replace

from story.atlas import Series, Theme
from story.facts import Fact, Figure
from story.model import Layer, Point, PointLayer, Story
from story.sheet import Sheet

OTHER = "other-records"
DRAWN_AS = {
    "points": "Records",
    "circles": "Records",
    "routes": "Ways",
    "line": "Lines",
    "area": "Areas",
    "names": "Names",
    "relief": "The land",
    "chapters": "The story",
}


def check_atlas(story: Story, sheet: Sheet) -> None:
    """Note in the sheet every layer, fact or figure of atlas.yaml that does not exist, and layers named twice."""
    atlas = story.atlas
    known = {*story.layers, OTHER}
    seen: set[str] = set()
    for index, theme in enumerate(atlas.themes):
        for layer in theme.layers:
            loc = ("themes", index, "layers")
            if sheet.known(layer, known, loc, "a layer") and layer in seen:
                sheet.fault(sheet.line(loc), f"themes.{index}.layers", repr(layer), "a layer under one theme only")
            seen.add(layer)
    for layer in atlas.layers:
        sheet.known(layer, known, ("layers",), "a layer")
    points = [id_ for id_, layer in story.layers.items() if isinstance(layer, PointLayer)]
    for layer in atlas.groups:
        sheet.known(layer, points, ("groups", layer), "a layer that draws points")
    for index, series in enumerate(atlas.series):
        for fact in series.facts:
            at = ("series", index, "facts", fact)
            if sheet.known(fact, story.facts, at, "a fact") and not compared(series, story.facts[fact]):
                found = f"no figure of {fact} named {series.figure!r}"
                sheet.fault(sheet.line(at), f"series.{index}.facts.{fact}", found, "a fact with such figures")


def compared(series: Series, fact: Fact) -> list[tuple[str, Figure]]:
    """The figures of a fact that a series shows, each with the word that stands for `{}`, in the fact's order."""
    before, after = series.figure.split("{}")
    rows = []
    for figure in (each for each in fact.figures if each.superseded_by is None):
        word = figure.what.removeprefix(before).removesuffix(after)
        if figure.what != f"{before}{word}{after}" or not word or (series.axis == "year") != word.isdigit():
            continue
        rows.append((word, figure))
    return rows


def list_themes(story: Story) -> list[Theme]:
    """Every layer of a story under a heading: as atlas.yaml has them, the rest by how they are drawn."""
    atlas = story.atlas
    named = {layer for theme in atlas.themes for layer in theme.layers}
    rest: dict[str, list[str]] = {}
    for id_, layer in all_layers(story).items():
        if id_ not in named:
            rest.setdefault(DRAWN_AS[layer.draw], []).append(id_)
    return [*atlas.themes, *(Theme(title=title, layers=tuple(ids)) for title, ids in rest.items())]


def first_layers(story: Story) -> tuple[str, ...]:
    """The layers that are on at first, in drawing order: as atlas.yaml says, else those that are always shown."""
    if story.atlas.layers:
        return tuple(id_ for id_ in [*story.layers, OTHER] if id_ in story.atlas.layers)
    return (*(id_ for id_, layer in story.layers.items() if layer.always != "off"), OTHER)


def other_layer(story: Story) -> PointLayer:
    """A layer of every fact with a place that no layer of the story draws."""
    drawn = {point.fact for layer in story.layers.values() if isinstance(layer, PointLayer) for point in layer.points}
    points = tuple(
        Point(fact=fact.id) for fact in story.facts.values() if fact.lat is not None and fact.id not in drawn
    )
    title = story.atlas.other
    return PointLayer(id=OTHER, title=title, ink="record", draw="points", mark="dot", points=points)


def all_layers(story: Story) -> dict[str, Layer]:
    """The layers of a story and the one of all other records, in drawing order."""
    return {**story.layers, OTHER: other_layer(story)}


def with_other(story: Story) -> Story:
    """A story of one layer, the other records: for drawing them like all others."""
    return replace(story, layers={OTHER: other_layer(story)})
