"""Holds the parts of a story against each other: every id that one file names must exist in another."""

from collections.abc import Iterable, Mapping
from typing import Any

from geodata.catalogue import read_catalogue
from geodata.load import load
from story.exactness import find_facts
from story.facts import Fact
from story.figures import check_figure
from story.model import (
    Chapter,
    Chart,
    CircleLayer,
    Layer,
    LineLayer,
    NameLayer,
    PointLayer,
    ReliefLayer,
    RouteLayer,
    Story,
    Text,
)
from story.prose import render_prose, split_at
from story.settings import Provinces
from story.sheet import Sheet
from story.stretch import areas_on_line


def check_references(story: Story, layers: list[Layer], sheets: Mapping[str, Sheet], places: Mapping[str, Any]) -> None:
    """Note in the sheets every id of a layer, dataset, fact, figure, place, chapter or colour that does not exist.

    Also that the words of a claim occur in its chapter, that callouts and their words match, that corrections are of
    things that exist, and that the houses behind publishers are known to some source.
    """
    _check_layers(story, layers, sheets["layers.yaml"], places)
    for chapter in story.chapters:
        _check_chapter(story, chapter, sheets, places)
    _check_claims(story, sheets["claims.yaml"])
    _check_kept(story, sheets)
    if story.settings.line is not None:
        sheets["story.yaml"].known(story.settings.line, story.layers, ("line",), "a layer")
    _check_provinces(story.settings.provinces, sheets["story.yaml"])


def _check_provinces(rule: Provinces | None, sheet: Sheet) -> None:
    catalogue = read_catalogue()
    areas = [name for name, each in catalogue.items() if each.geometry == "polygon"]
    if rule is None or not sheet.known(rule.dataset, areas, ("provinces", "dataset"), "a dataset of polygons"):
        return
    frame = load(rule.dataset)
    if sheet.known(rule.column, list(frame.columns), ("provinces", "column"), f"a column of {rule.dataset}"):
        valid = set(frame[rule.column].map(str))
        for at, joined in enumerate(rule.joined):
            for id_ in joined.ids:
                sheet.known(id_, valid, ("provinces", "joined", at, "ids"), f"a value of {rule.column}")


def check_viewpoints(story: Story, sheet: Sheet) -> None:
    """Note every layer, colour, fact or name of a viewpoint that does not exist, and an id that is used twice."""
    check_unique(sheet, [view.id for view in story.viewpoints])
    lines = [id_ for id_, layer in story.layers.items() if isinstance(layer, LineLayer)]
    written = _written_names(story)
    for index, view in enumerate(story.viewpoints):
        for fact in view.facts:
            sheet.known(fact, story.facts, (index, "facts"), "a fact")
        for name in view.names:
            sheet.known(name, written, (index, "names", name), "a name that a layer writes")
        for layer, style in view.lines.items():
            sheet.known(layer, lines, (index, "lines", layer), "a layer that draws a line")
            sheet.known(style.ink, story.settings.palette, (index, "lines", layer, "ink"), "a colour of the palette")


def _written_names(story: Story) -> set[str]:
    """The names that layers write from their datasets."""
    layers = [layer for layer in story.layers.values() if isinstance(layer, NameLayer)]
    datasets = {layer.dataset for layer in layers} & set(read_catalogue())
    return {str(name) for dataset in datasets for name in load(dataset)["name"]}


def _check_layers(story: Story, layers: list[Layer], sheet: Sheet, places: Mapping[str, Any]) -> None:
    if not any(isinstance(layer, ReliefLayer) for layer in layers):
        sheet.fault(1, "layers", "none that draws the relief", "one layer with `draw: relief`")
    check_unique(sheet, [layer.id for layer in layers])
    for index, layer in enumerate(layers):
        sheet.known(layer.ink, story.settings.palette, (index, "ink"), "a colour of story.yaml's palette")
        _check_datasets(layer, index, sheet)
        for fact in layer.facts:
            sheet.known(fact, story.facts, (index, "facts"), "a fact")
        if isinstance(layer, LineLayer):
            for name in layer.named_at:
                sheet.known(name, places, (index, "named_at"), "a place of the gazetteer")
        if isinstance(layer, PointLayer):
            _check_points(layer, index, sheet, story)
        if isinstance(layer, CircleLayer):
            _check_circles(layer, index, sheet, story.facts)
        if isinstance(layer, RouteLayer):
            _check_routes(layer, index, sheet, story.facts, places)


def check_unique(sheet: Sheet, ids: list[str]) -> None:
    """Note an id that an earlier entry of the same file has already."""
    for index, id_ in enumerate(ids):
        if id_ in ids[:index]:
            sheet.fault(sheet.line((index, "id")), f"{index}.id", repr(id_), "an id of its own")


def _check_datasets(layer: Layer, index: int, sheet: Sheet) -> None:
    catalogue = read_catalogue()
    kinds = {kind: [name for name, each in catalogue.items() if each.kind == kind] for kind in ("vector", "picture")}
    for dataset in getattr(layer, "datasets", ()):
        sheet.known(dataset, kinds["picture"], (index, "datasets"), "a picture dataset")
    dataset = getattr(layer, "dataset", None)
    if dataset is None or not sheet.known(dataset, kinds["vector"], (index, "dataset"), "a vector dataset"):
        return
    frame = load(dataset)
    for key in ("labels", "records"):
        if column := getattr(layer, key, None):
            sheet.known(column, list(frame.columns), (index, key), f"a column of {dataset}")
    for column, values in getattr(layer, "where", {}).items():
        if sheet.known(column, list(frame.columns), (index, "where", column), f"a column of {dataset}"):
            valid = sorted(set(frame[column].dropna().map(str)))
            for value in values:
                sheet.known(value, valid, (index, "where", column), f"a value of {column} in {dataset}")


def _check_points(layer: PointLayer, index: int, sheet: Sheet, story: Story) -> None:
    for at, point in enumerate(layer.points):
        loc = (index, "points", at)
        _check_figure(story.facts, sheet, point.fact, (point.figure, point.by), loc)
        if point.fact in story.facts and story.facts[point.fact].lat is None and not point.along:
            sheet.fault(sheet.line((*loc, "fact")), "fact", repr(point.fact), "a fact with a place")
        if point.along:
            _check_along(point.along, story, sheet, (*loc, "along"))


def _check_circles(layer: CircleLayer, index: int, sheet: Sheet, facts: Mapping[str, Fact]) -> None:
    if sheet.known(layer.fact, facts, (index, "fact"), "a fact"):
        placed = [id_ for id_, fact in facts.items() if fact.lat is not None]
        for at, circle in enumerate(layer.circles):
            sheet.known(circle.at, placed, (index, "circles", at, "at"), "a fact with a place")
            _check_figure(facts, sheet, layer.fact, (circle.figure, circle.by), (index, "circles", at))
        if layer.whole:
            _check_figure(facts, sheet, layer.whole.fact, (layer.whole.figure, layer.whole.by), (index, "whole"))


def _check_along(ends: tuple[str, str], story: Story, sheet: Sheet, loc: tuple[Any, ...]) -> None:
    """Whether a story has a line of its own that these two provinces lie on."""
    line, rule = story.layers.get(story.settings.line or ""), story.settings.provinces
    if not isinstance(line, LineLayer) or rule is None:
        sheet.fault(sheet.line(loc), "along", str(list(ends)), "a story whose story.yaml names a line and provinces")
        return
    on = areas_on_line(line.dataset, rule.dataset, rule.column)
    for end in ends:
        sheet.known(end, on, loc, f"a province on the line, by its {rule.column}")


def _check_routes(
    layer: RouteLayer, index: int, sheet: Sheet, facts: Mapping[str, Fact], places: Mapping[str, Any]
) -> None:
    for at, route in enumerate(layer.routes):
        for name in route.via:
            sheet.known(name, places, (index, "routes", at, "via"), "a place of the gazetteer")
        for fact in route.facts:
            sheet.known(fact, facts, (index, "routes", at, "facts"), "a fact")
        if route.figure is not None:
            _check_figure(facts, sheet, route.facts[0], (route.figure, route.by), (index, "routes", at))


def _check_figure(
    facts: Mapping[str, Fact], sheet: Sheet, fact: str, figure: tuple[str | None, str | None], loc: tuple[Any, ...]
) -> None:
    what, by = figure
    if sheet.known(fact, facts, (*loc, "fact"), "a fact") and what is not None:
        check_figure(facts[fact], what, by, sheet, ((*loc, "figure"), (*loc, "by")))


def _check_chapter(story: Story, chapter: Chapter, sheets: Mapping[str, Sheet], places: Mapping[str, Any]) -> None:
    home = next(name for name in sheets if name.partition("-")[2] == f"{chapter.slug}/view.yaml")
    sheet = sheets[home]
    for layer in chapter.view.layers:
        sheet.known(layer, story.layers, ("layers", layer), "a layer")
    for name in chapter.view.places:
        sheet.known(name, places, ("places",), "a place of the gazetteer")
    if chapter.view.seat:
        sheet.known(chapter.view.seat, chapter.view.places, ("seat",), "one of the view's places")
    spots = {*places, *(id_ for id_, fact in story.facts.items() if fact.lat is not None)}
    for key, callout in chapter.view.callouts.items():
        sheet.known(callout.at, spots, ("callouts", key, "at"), "a fact with a place, or a place of the gazetteer")
    if chapter.view.chart:
        _check_chart(chapter.view.chart, story.facts, sheet)
        _check_drawn(chapter.view.chart, story, sheet)
    for language, text in chapter.texts.items():
        _check_text(story, chapter, text, sheets[home.replace("view.yaml", f"{language}.md")], home)


def _check_chart(chart: Chart, facts: Mapping[str, Fact], sheet: Sheet) -> None:
    if chart.kind == "lengths":
        lines = [name for name, each in read_catalogue().items() if each.geometry == "line"]
        sheet.known(chart.dataset or "", lines, ("chart", "dataset"), "a dataset of lines")
    for index, row in enumerate(chart.rows):
        loc = ("chart", "rows", index)
        _check_figure(facts, sheet, row.fact, (row.figure, row.by), loc)
        if chart.kind != "timeline" and row.figure is None:
            sheet.fault(sheet.line(loc), f"chart.rows.{index}.figure", "nothing", "the figure that the bar shows")
        if chart.kind == "timeline":
            sheet.known(row.lane or "", chart.lanes, (*loc, "lane"), "a lane of the chart")


def _check_drawn(chart: Chart, story: Story, sheet: Sheet) -> None:
    """Whether a lane bound to layers has a row for each of their records, and for nothing else."""
    points = {id_: layer for id_, layer in story.layers.items() if isinstance(layer, PointLayer)}
    for lane, layers in chart.drawn.items():
        loc = ("chart", "drawn", lane)
        sheet.known(lane, chart.lanes, loc, "a lane of the chart")
        if not all(sheet.known(layer, points, loc, "a layer that draws points") for layer in layers):
            continue
        held = [point.fact for layer in layers for point in points[layer].points]
        rows = {row.fact: index for index, row in enumerate(chart.rows) if row.lane == lane}
        for fact in (each for each in held if each not in rows):
            sheet.fault(sheet.line(loc), f"chart.rows of {lane!r}", "no row", f"a row for {fact}, which the map draws")
        for fact, index in rows.items():
            sheet.known(fact, held, ("chart", "rows", index, "fact"), f"a record that {' or '.join(layers)} draws")


def _check_text(story: Story, chapter: Chapter, text: Text, page: Sheet, home: str) -> None:
    for key in chapter.view.callouts.keys() - text.callouts.keys():
        page.fault(page.line(("callouts",)), f"callouts.{key}", "nothing", f"the words of the callout in {home}")
    for key in text.callouts:
        page.known(key, chapter.view.callouts, ("callouts", key), f"a callout of {home}")
    for index, omission in enumerate(text.omissions):
        for fact in omission.facts:
            page.known(fact, story.facts, ("omissions", index, "facts"), "a fact")


def _check_claims(story: Story, sheet: Sheet) -> None:
    chapters = {chapter.slug: chapter for chapter in story.chapters}
    check_unique(sheet, [claim.id for claim in story.claims])
    for index, claim in enumerate(story.claims):
        for at, item in enumerate(claim.evidence):
            sheet.known(item.fact, story.facts, (index, "evidence", at, "fact"), "a fact")
        if sheet.known(claim.chapter, chapters, (index, "chapter"), "a chapter"):
            body = next(iter(chapters[claim.chapter].texts.values())).body
            if split_at(claim.anchor, render_prose(body)) is None:
                expected = f"words that occur once in the text of {claim.chapter}, all in one style"
                sheet.fault(sheet.line((index, "anchor")), f"{index}.anchor", repr(claim.anchor), expected)


def _check_kept(story: Story, sheets: Mapping[str, Sheet]) -> None:
    """Corrections of things that exist, and names of publishers that some source bears."""
    valid: dict[str, Iterable[str]] = {
        "chapter": [chapter.slug for chapter in story.chapters],
        "claim": [claim.id for claim in story.claims],
        "fact": story.facts,
        "layer": story.layers,
        "story": [story.settings.id],
    }
    for index, correction in enumerate(story.editorial.corrections):
        part = correction.part
        sheets["corrections.yaml"].known(correction.id, valid[part], (index, "id"), f"a {part}")
    _check_houses(story, sheets)


def _check_houses(story: Story, sheets: Mapping[str, Sheet]) -> None:
    """Houses have names of their own that some source bears, and a report that a page passes on is of one of them."""
    houses = story.editorial.houses
    named = {name for house in houses for name in (house.name, *house.known_as)}
    printed = {source.publisher for fact in story.facts.values() for source in fact.sources}
    printed |= {source.reports for fact in story.facts.values() for source in fact.sources if source.reports}
    for sheet, index, fact in find_facts(story, sheets):
        for at, source in enumerate(fact.sources):
            if source.reports is not None:
                sheet.known(source.reports, named, (index, "sources", at, "reports"), "a house of publishers.yaml")
    for index, house in enumerate(houses):
        if house.name in [each.name for each in houses[:index]]:
            sheet = sheets["publishers.yaml"]
            sheet.fault(sheet.line((index, "name")), f"{index}.name", repr(house.name), "a name of its own")
        for at, name in enumerate(house.known_as if not house.agency else ()):
            sheets["publishers.yaml"].known(name, printed, (index, "known_as", at), "a publisher of some source")
