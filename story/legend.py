"""The legend of a chapter: what its layers mean, and how sure its marks are, for no more than what is shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup
from shapely.geometry import box

from geodata.catalogue import read_catalogue
from story.certainty import SIGNS, Sign
from story.drawn import Drawn
from story.facts import Fact
from story.marks import CUT, SHAPES
from story.model import AreaLayer, Chapter, CircleLayer, Layer, LineLayer, PointLayer, RouteLayer, Story
from story.strokes import DASHES, Stroke, cap
from story.svg import Node, node, to_text
from story.wording import say_figure, say_number

AROUND = 0.35  # how far beyond its bounds a chapter's map may show something, as a share of them
ORDER = ("mark", "circle", "flow", "line", "area")
CLASSES = {"exact": "", "town": "sure-town", "district": "sure-district", "province": "sure-province"}
SURE_SHAPE = "dot"
FLOW = "M-11-1L-6-1.5V1.5L-11 1ZM-3.5-1.8L3-2.4V-6.5L11.5 0L3 6.5V2.4L-3.5 1.8Z"  # broken, as all that is schematic
BOX = {"viewBox": "-12 -12 24 24", "width": 22, "height": 22, "aria-hidden": "true", "focusable": "false"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a legend: its swatch (SVG, ours), its words, and the viewpoints that it holds for (all, if none)."""

    kind: str
    swatch: Markup
    title: str
    note: str = ""
    only: tuple[str, ...] = ()


def legend_entries(story: Story, chapter: Chapter, scene: dict[str, Drawn]) -> list[Entry]:
    """A chapter's layers at full strength, as far as they are in view: marks before lines before areas."""
    strengths = story.strengths(chapter)
    full = [drawn for id_, drawn in scene.items() if strengths[id_] == "full"]
    entries = [
        entry
        for drawn in full
        if drawn.layer.legend and in_view(drawn, chapter)
        for entry in layer_entries(drawn.layer, story)
    ]
    return sorted(entries, key=lambda entry: ORDER.index(entry.kind))


def certainty_entries(story: Story, chapter: Chapter, scene: dict[str, Drawn], words: dict[str, Any]) -> list[Entry]:
    """How sure the marks of a chapter are: an entry for each sign that one of them carries."""
    strengths = story.strengths(chapter)
    full = [drawn for id_, drawn in scene.items() if strengths[id_] == "full"]
    return [_sure(sign, words) for sign in shown_signs(full)]


def in_view(drawn: Drawn, chapter: Chapter) -> bool:
    """Whether anything of a layer may lie on the chapter's map: its bounds, and some land around them."""
    if drawn.frame is None or drawn.marks:
        return True
    west, south, east, north = chapter.view.bounds_wsen
    out_lon, out_lat = (east - west) * AROUND, (north - south) * AROUND
    view = box(west - out_lon, south - out_lat, east + out_lon, north + out_lat)
    return bool(drawn.frame.intersects(view).any())


def shown_signs(full: list[Drawn]) -> list[Sign]:
    """The signs of certainty that the marks of these layers carry, in the order of the legend."""
    shown = {sign for drawn in full for mark in drawn.marks if mark.certainty for sign in mark.certainty.signs}
    return [sign for sign in SIGNS if sign in shown]


def all_signs(words: dict[str, Any]) -> list[Entry]:
    """What every sign of certainty means, in the order of the legend."""
    return [_sure(sign, words) for sign in SIGNS]


def layer_entries(layer: Layer, story: Story) -> list[Entry]:
    """A layer's entry, and for a line one for every way in which a viewpoint draws it."""
    styles = {view.id: view.lines[layer.id] for view in story.viewpoints if layer.id in view.lines}
    rest = tuple(view.id for view in story.viewpoints if view.id not in styles) if styles else ()
    plain = layer_entry(layer, story.facts)
    entries = [replace(plain, only=rest)] if rest or not styles else []
    for id_, style in styles.items():
        swatch = _swatch(style.ink, _dashes(style.stroke, style.width_px))
        entries.append(Entry(plain.kind, swatch, style.title, style.note, (id_,)))
    return entries


def layer_entry(layer: Layer, facts: Mapping[str, Fact]) -> Entry:
    """What a legend says of a layer as layers.yaml draws it, and what follows from its data.

    That is: whether it is schematic or approximate, what its arrows count, and how much has no circle.
    """
    kind, parts = _picture(layer)
    said = (_schematic(layer), layer.note, *_counts(layer, facts), _accuracy(layer))
    return Entry(kind, _swatch(layer.ink, parts), layer.title, ". ".join(part for part in said if part))


def _schematic(layer: Layer) -> str:
    if not layer.schematic:
        return ""
    return "Schematic where it runs along the line" if isinstance(layer, PointLayer) else "Schematic"


def _counts(layer: Layer, facts: Mapping[str, Fact]) -> Iterator[str]:
    """The figure of each arrow that has one, with its author; of a statistic in circles what is left of the whole."""
    if isinstance(layer, RouteLayer):
        for route in layer.routes:
            figure = facts[route.facts[0]].figure(route.figure, route.by) if route.figure else None
            if figure:
                yield f"{route.name} {say_figure(figure)} ({figure.according_to})"
    if isinstance(layer, CircleLayer) and layer.whole:
        whole = facts[layer.whole.fact].figure(layer.whole.figure, layer.whole.by)
        drawn = [facts[layer.fact].figure(each.figure, each.by) for each in layer.circles]
        rest = (whole.middle if whole else 0) - sum(figure.middle for figure in drawn if figure)
        if whole and rest:
            yield f"{say_number(rest)} of {say_number(whole.middle)} {whole.unit} have no circle"


def _accuracy(layer: Layer) -> str:
    dataset = read_catalogue().get(getattr(layer, "dataset", None) or "")
    return f"Approximate, within about {dataset.accuracy_km:g} km" if dataset and dataset.approximate else ""


def _picture(layer: Layer) -> tuple[str, list[Node]]:
    match layer:
        case RouteLayer() if layer.arrows:
            return "flow", [node("path", {"class": "flow", "d": FLOW})]
        case LineLayer() | RouteLayer():
            return "line", _dashes(layer.stroke, layer.width_px)
        case AreaLayer():
            return "area", _area(hatched=layer.fill == "hatch", shade=layer.fill)
        case CircleLayer():
            return "circle", [node("circle", {"class": "disc", "r": 10})]
        case PointLayer():
            return "mark", [node("path", {"class": "shape", "d": SHAPES[layer.mark]})]
        case _:
            return "mark", [node("path", {"class": "shape", "d": SHAPES[SURE_SHAPE]})]


def _dashes(stroke: Stroke, width_px: float) -> list[Node]:
    width = min(4.0, max(1.6, width_px))
    line = {"class": "line", "d": "M-11 0H11", "stroke-width": width, "stroke-linecap": cap(stroke)}
    return [node("path", line | {"stroke-dasharray": DASHES[stroke]})]


def _area(*, hatched: bool, shade: str = "") -> list[Node]:
    frame = {"x": -11, "y": -8, "width": 22, "height": 16}
    if not hatched:
        return [node("rect", frame | {"class": f"area fill-{shade}"})]
    lines = {"class": "hatch", "d": "M-11 0L-3-8M-11 8L5-8M-3 8L11-6M5 8L11 2"}
    return [node("path", lines), node("rect", frame | {"class": "area fill-none vague", "stroke-dasharray": "1 4"})]


def _sure(sign: Sign, words: dict[str, Any]) -> Entry:
    """What one sign of certainty means, shown on a mark of no colour."""
    shape = node("path", {"class": "shape", "d": SHAPES[SURE_SHAPE], "transform": "scale(.72)"})
    parts = [shape]
    if sign == "town":
        parts.append(node("circle", {"class": "around", "r": 10.5, "stroke-width": 1.4}))
    if sign == "district":
        parts.append(node("circle", {"class": "ring", "r": 11.5}))
    if sign == "province":
        parts = [*_area(hatched=True), shape]
    if sign == "contested":
        parts.append(node("path", {"class": "cut", "d": CUT}))
    return Entry("sure", _swatch("border", parts, f"sure-{sign}"), words["certainty"][sign])


def _swatch(ink: str, parts: list[Node], sure: str = "") -> Markup:
    attributes = {"class": f"swatch ink-{ink} {sure}".strip()} | BOX
    return Markup(to_text(node("svg", attributes, *parts)))  # noqa: S704 - ElementTree has escaped it


@dataclass(frozen=True, slots=True)
class Key:
    """One entry: a layer, or a sign of how sure marks are; its words."""

    shows: Layer | Sign
    title: str
    note: str = ""


def layer_keys(story: Story, chapter: Chapter, scene: dict[str, Drawn]) -> list[Key]:
    """A chapter's layers at full strength, as far as they are in view: marks before lines before areas."""
    shown = [each.layer for each in _full(story, chapter, scene) if each.layer.legend and in_view(each, chapter)]
    entries = {layer.id: layer_entry(layer, story.facts) for layer in shown}
    shown.sort(key=lambda layer: ORDER.index(entries[layer.id].kind))
    return [Key(layer, layer.title, entries[layer.id].note) for layer in shown]


def certainty_keys(story: Story, chapter: Chapter, scene: dict[str, Drawn], words: dict[Sign, str]) -> list[Key]:
    """An entry for each sign of certainty that a mark of the chapter carries."""
    return [Key(sign, words[sign]) for sign in shown_signs(_full(story, chapter, scene))]


def _full(story: Story, chapter: Chapter, scene: dict[str, Drawn]) -> list[Drawn]:
    strengths = story.strengths(chapter)
    return [drawn for id_, drawn in scene.items() if strengths[id_] == "full"]
