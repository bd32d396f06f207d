"""A still picture of a chapter's map as SVG: for readers without scripts and for print, from the same scene."""

import base64
import io
from collections.abc import Iterable
from functools import cache
from typing import Any

from PIL import Image
from shapely.geometry.base import BaseGeometry

from geodata.catalogue import read_catalogue
from geodata.load import picture
from story.draw import DASHES
from story.marks import SHAPES
from story.model import AreaLayer, Chapter, Layer, LineLayer, ReliefLayer, RouteLayer, Story, Strength
from story.scene import Drawn, Name, Placed, anchor_lonlat
from story.svg import Node, node, to_text
from story.window import HEIGHT_PX, SIDES, WIDTH_PX, Box, Window, find_room, mercator

CONTEXT_OPACITY = 0.42
SANS = "Helvetica, Arial, sans-serif"
CENTRED = ("middle",)
LETTER_PX = {"country": 10.5, "area": 7.6, "capital": 7.4, "place": 6.4, "mark": 6.8, "callout": 6.6}
SIZE_PX = {"country": 13, "area": 10.5, "capital": 13, "place": 11.5, "mark": 12, "callout": 11.5}
PAPER, RULE, TEXT, SOFT = "#fffdf7", "#ddd6c9", "#1d1b18", "#5f584f"
HALF_A_PIXEL = 0.7


def draw_still(story: Story, chapter: Chapter, scene: dict[str, Drawn], language: str) -> str:
    """An SVG document of what the map shows in a chapter, in the light colours, complete in itself."""
    window = Window(chapter.view.bounds_wsen)
    strengths = story.strengths(chapter)
    inks = {name: ink.light for name, ink in story.settings.palette.items()}
    shown = {id_: drawn for id_, drawn in scene.items() if strengths[id_] != "off"}
    parts = [_draw_layer(drawn, strengths[id_], window, inks[drawn.layer.ink]) for id_, drawn in shown.items()]
    taken = [_reach(mark, window) for id_, drawn in shown.items() if strengths[id_] == "full" for mark in drawn.marks]
    full = [drawn for id_, drawn in shown.items() if strengths[id_] == "full"]
    parts += _write_names(_wanted(story, chapter, full, language), window, taken)
    size = {"viewBox": f"0 0 {WIDTH_PX} {HEIGHT_PX}", "width": WIDTH_PX, "height": HEIGHT_PX}
    title = node("title", text=chapter.texts[language].standfirst)
    return to_text(node("svg", {"xmlns": "http://www.w3.org/2000/svg", **size, "font-family": SANS}, title, *parts))


def _draw_layer(drawn: Drawn, strength: Strength, window: Window, ink: str) -> Node:
    parts: list[Node] = []
    if isinstance(drawn.layer, ReliefLayer):
        parts.append(_relief(drawn.layer, window))
    if drawn.frame is not None:
        parts += _paint(drawn.layer, "".join(_path(shape, window) for shape in drawn.frame.geometry), ink)
    parts += [_ring(mark, window, ink) for mark in drawn.marks if mark.ring_km]
    parts += [_mark(mark, window, ink) for mark in drawn.marks]
    return node("g", {"opacity": None if strength == "full" else CONTEXT_OPACITY}, *parts)


def _relief(layer: ReliefLayer, window: Window) -> Node:
    """The land behind the window: from the detailed picture where that covers it, else from the wide one."""
    west, south, east, north = window.bounds_wsen
    catalogue = read_catalogue()
    boxes = {name: catalogue[name].bounds_wsen or (0, 0, 0, 0) for name in layer.datasets}
    covering = [n for n, b in boxes.items() if b[0] <= west and b[1] <= south and b[2] >= east and b[3] >= north]
    name = covering[-1] if covering else layer.datasets[0]
    image, box = _picture(name), boxes[name]
    per_lon = image.width / (box[2] - box[0])
    per_y = image.height / (mercator(box[3]) - mercator(box[1]))
    crop = (
        max(0, round((west - box[0]) * per_lon)),
        max(0, round((mercator(box[3]) - mercator(north)) * per_y)),
        min(image.width, round((east - box[0]) * per_lon)),
        min(image.height, round((mercator(box[3]) - mercator(south)) * per_y)),
    )
    out = io.BytesIO()
    image.crop(crop).resize((WIDTH_PX, HEIGHT_PX), Image.Resampling.BICUBIC).save(out, "WEBP", quality=55)
    data = f"data:image/webp;base64,{base64.b64encode(out.getvalue()).decode()}"
    return node("image", {"width": WIDTH_PX, "height": HEIGHT_PX, "href": data})


@cache
def _picture(name: str) -> Image.Image:
    return Image.open(io.BytesIO(picture(name))).convert("RGB")


def _paint(layer: Layer, path: str, ink: str) -> list[Node]:
    if isinstance(layer, AreaLayer):
        shade = 0 if layer.fill == "none" else 0.2
        return [node("path", {"d": path, "fill": ink, "fill-opacity": shade, "stroke": ink, "stroke-width": 1.2})]
    line: dict[str, Any] = {"d": path, "fill": "none", "stroke-linecap": "round", "stroke-linejoin": "round"}
    width = layer.width_px if isinstance(layer, LineLayer | RouteLayer) else 1
    dashes = DASHES[layer.stroke] if isinstance(layer, LineLayer | RouteLayer) else None
    parts = [node("path", line | {"stroke": ink, "stroke-width": width, "stroke-dasharray": dashes})]
    if isinstance(layer, LineLayer) and layer.casing:
        casing = {"stroke": PAPER, "stroke-opacity": 0.85, "stroke-width": width + 3}
        parts.insert(0, node("path", line | casing))
    return parts


def _path(shape: BaseGeometry, window: Window) -> str:
    if shape.is_empty:
        return ""
    if hasattr(shape, "geoms"):
        return "".join(_path(part, window) for part in shape.geoms)
    if shape.geom_type == "Polygon":
        return "".join(_trace(ring.coords, window) + "Z" for ring in (shape.exterior, *shape.interiors))
    return _trace(shape.coords, window)


def _trace(coords: Iterable[tuple[float, ...]], window: Window) -> str:
    """The part of an SVG path for one line: points that would fall on one pixel once, nothing that is out of sight."""
    points: list[tuple[float, float]] = []
    for lon, lat, *_ in coords:
        x, y = round(window.x(lon), 1), round(window.y(lat), 1)
        if not points or abs(x - points[-1][0]) + abs(y - points[-1][1]) > HALF_A_PIXEL:
            points.append((x, y))
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if max(xs) < 0 or min(xs) > WIDTH_PX or max(ys) < 0 or min(ys) > HEIGHT_PX:
        return ""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


def _spot(mark: Placed, window: Window) -> tuple[float, float]:
    return window.x(mark.lonlat[0]) + mark.shift_px[0], window.y(mark.lonlat[1]) + mark.shift_px[1]


def _reach(mark: Placed, window: Window) -> Box:
    """The inner part of a mark, which no name may cover."""
    (x, y), reach = _spot(mark, window), mark.size_px * 0.33
    return x - reach, y - reach, x + reach, y + reach


def _ring(mark: Placed, window: Window, ink: str) -> Node:
    """The circle within which a place is known to lie."""
    lon, lat = mark.lonlat
    place = {"cx": round(window.x(lon), 1), "cy": round(window.y(lat), 1), "r": round(window.px(mark.ring_km, lat), 1)}
    style = {"fill": ink, "fill-opacity": 0.08, "stroke": ink, "stroke-dasharray": "3 3"}
    return node("circle", place | style)


def _mark(mark: Placed, window: Window, ink: str) -> Node:
    x, y = _spot(mark, window)
    place = {"transform": f"translate({x:.1f} {y:.1f}) rotate({mark.turn_deg:.0f}) scale({mark.size_px / 24:.2f})"}
    if mark.shape == "circle":
        return node("circle", place | {"r": 11, "fill": ink, "fill-opacity": 0.4, "stroke": ink})
    vague = mark.precision in {"district", "province"}
    style = {"fill": "#fff" if vague else ink, "stroke": ink if vague else "#fff", "stroke-width": 2}
    return node("path", place | {"d": SHAPES[mark.shape]} | style)


def _wanted(story: Story, chapter: Chapter, full: list[Drawn], language: str) -> list[Name]:
    """Callouts and names of a chapter in the order in which they get their place."""
    text = chapter.texts[language]
    called = [
        Name(text.callouts[key], anchor_lonlat(callout.at, story.facts), "callout", -1, 10)
        for key, callout in chapter.view.callouts.items()
    ]
    places = {"place", "capital"}
    names = [
        name for drawn in full for name in drawn.names if name.kind not in places or name.text in chapter.view.places
    ]
    return called + sorted(names, key=lambda name: name.rank)


def _write_names(names: list[Name], window: Window, taken: list[Box]) -> list[Node]:
    parts: list[Node] = []
    for name in names:
        at = window.x(name.lonlat[0]), window.y(name.lonlat[1])
        size = len(name.text) * LETTER_PX[name.kind], SIZE_PX[name.kind] + 4
        sides = CENTRED if name.kind in {"country", "area"} else SIDES
        box = find_room(at, size, name.gap_px + 3, taken, sides)
        if box:
            taken.append(box)
            parts += _write(name, box, at)
    return parts


def _write(name: Name, box: Box, at: tuple[float, float]) -> list[Node]:
    """A name in its box, with the dot of a place or the sheet of a callout behind it."""
    left, top, right, bottom = box
    quiet, called = name.kind in {"country", "area"}, name.kind == "callout"
    parts = []
    if called:
        sheet = {"x": left - 3, "y": top, "width": right - left + 6, "height": bottom - top}
        parts.append(node("rect", sheet | {"fill": "#fff", "fill-opacity": 0.92, "stroke": RULE}))
    if name.kind in {"place", "capital"}:
        dot = {"cx": round(at[0], 1), "cy": round(at[1], 1), "r": 2.4}
        parts.append(node("circle", dot | {"fill": "#fff", "stroke": TEXT, "stroke-width": 1.3}))
    size = SIZE_PX[name.kind]
    style = {
        "x": round(left, 1),
        "y": round((top + bottom) / 2 + size * 0.35, 1),
        "font-size": size,
        "font-weight": 400 if name.kind == "place" else 600,
        "fill": SOFT if quiet else TEXT,
        "textLength": round(right - left),
        "lengthAdjust": "spacingAndGlyphs",
        "paint-order": "stroke",
        "stroke": PAPER,
        "stroke-width": 0 if called else 3,
        "stroke-linejoin": "round",
    }
    return [*parts, node("text", style, text=name.text.upper() if quiet else name.text)]
