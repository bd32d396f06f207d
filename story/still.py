"""A still picture of a chapter's map as SVG: for readers without scripts and for print, from the same scene."""

import base64
import io
from functools import cache
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame
from PIL import Image
from shapely.geometry.base import BaseGeometry

from geodata.catalogue import read_catalogue
from geodata.load import picture
from story.certainty import Certainty
from story.drawn import Drawn, Flow, Name, Placed
from story.flows import taper
from story.marks import CUT, SHAPES
from story.model import AreaLayer, Chapter, Layer, LineLayer, PointLayer, ReliefLayer, RouteLayer, Story, Strength
from story.scene import anchor_lonlat
from story.strokes import DASHES, SCHEMATIC, STRETCH_PX, Stroke, cap
from story.svg import Node, node, to_text
from story.window import HEIGHT_PX, SIDES, WIDTH_PX, Box, Window, find_room, latitude, mercator

CONTEXT_OPACITY = 0.42
SANS = "Helvetica, Arial, sans-serif"
CENTRED = ("middle",)
LETTER_PX = {"country": 10.5, "line": 6.4, "area": 7.6, "capital": 7.4, "place": 6.4, "mark": 6.8, "callout": 6.6}
SIZE_PX = {"country": 13, "line": 11, "area": 10.5, "capital": 13, "place": 11.5, "mark": 12, "callout": 11.5}
PAPER, RULE, TEXT, SOFT = "#fffdf7", "#ddd6c9", "#1d1b18", "#5f584f"
HALF_A_PIXEL = 0.7
HATCH_PX = 9
SCALE_PX = 130  # how long the scale bar is at most
ROUND_KM = tuple(step * 10**power for power in range(4) for step in (1, 2, 5))
CASING = {"stroke": PAPER, "stroke-opacity": 0.85}
QUICK = 1  # of WebP: a third of the time for a fifth more bytes


def draw_still(story: Story, chapter: Chapter, scene: dict[str, Drawn], language: str) -> str:
    """An SVG document of what the map shows in a chapter, in the light colours, complete in itself."""
    window = Window(chapter.view.bounds_wsen)
    strengths = story.strengths(chapter)
    inks = {name: ink.light for name, ink in story.settings.palette.items()}
    shown = {id_: drawn for id_, drawn in scene.items() if strengths[id_] != "off"}
    parts = [_draw_layer(drawn, strengths[id_], window, inks[drawn.layer.ink]) for id_, drawn in shown.items()]
    taken = [_reach(mark, window) for id_, drawn in shown.items() if strengths[id_] == "full" for mark in drawn.marks]
    full = [drawn for id_, drawn in shown.items() if strengths[id_] == "full"]
    parts += [*_scale(window, taken), *_write_names(_wanted(story, chapter, full, language), window, taken)]
    size = {"viewBox": f"0 0 {WIDTH_PX} {HEIGHT_PX}", "width": WIDTH_PX, "height": HEIGHT_PX}
    title = node("title", text=chapter.texts[language].standfirst)
    return to_text(node("svg", {"xmlns": "http://www.w3.org/2000/svg", **size, "font-family": SANS}, title, *parts))


def _scale(window: Window, taken: list[Box]) -> list[Node]:
    """A scale bar in the lower right corner, true at the middle of the picture; no name may lie on it."""
    _, south, _, north = window.bounds_wsen
    km_px = window.px(1, latitude((mercator(south) + mercator(north)) / 2))
    km = max(each for each in ROUND_KM if each * km_px <= SCALE_PX)
    right, bottom, wide = WIDTH_PX - 16.0, HEIGHT_PX - 14.0, km * km_px
    taken.append((right - max(wide, 50) - 6, bottom - 24, right + 6, bottom + 6))
    bar = {"d": f"M{right - wide:.1f} {bottom - 5}v5H{right}v-5", "fill": "none", "stroke": TEXT, "stroke-width": 1.5}
    said = f"{km} km"
    length = round(len(said) * LETTER_PX["place"])
    place = {"x": round(right - wide / 2 - length / 2, 1), "y": bottom - 8, "textLength": length, "font-size": 11}
    halo = {"paint-order": "stroke", "stroke": PAPER, "stroke-width": 3, "fill": TEXT}
    return [node("path", bar), node("text", place | halo, text=said)]


def _draw_layer(drawn: Drawn, strength: Strength, window: Window, ink: str) -> Node:
    parts: list[Node] = []
    if isinstance(drawn.layer, ReliefLayer):
        parts.append(_relief(drawn.layer, window))
    if drawn.frame is not None:
        parts += _paint(drawn.layer, drawn.frame, window, ink)
    if drawn.stretches is not None:
        parts += _line(_path(drawn.stretches, window), ink, SCHEMATIC, STRETCH_PX, cased=True)
    parts += [_ring(mark, window, ink) for mark in drawn.marks if mark.ring_km]
    parts += [_flow(flow, window, ink) for flow in drawn.flows]
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
        max(0, (west - box[0]) * per_lon),
        max(0, (mercator(box[3]) - mercator(north)) * per_y),
        min(image.width, (east - box[0]) * per_lon),
        min(image.height, (mercator(box[3]) - mercator(south)) * per_y),
    )
    detail = min(1, (crop[2] - crop[0]) / WIDTH_PX)  # what the picture does not hold need not be sent
    out = io.BytesIO()
    size = round(WIDTH_PX * detail), round(HEIGHT_PX * detail)
    image.resize(size, Image.Resampling.BILINEAR, box=crop).save(out, "WEBP", quality=60, method=QUICK)
    data = f"data:image/webp;base64,{base64.b64encode(out.getvalue()).decode()}"
    return node("image", {"width": WIDTH_PX, "height": HEIGHT_PX, "href": data})


@cache
def _picture(name: str) -> Image.Image:
    return Image.open(io.BytesIO(picture(name))).convert("RGB")


def _paint(layer: Layer, frame: GeoDataFrame, window: Window, ink: str) -> list[Node]:
    path = _path(frame, window)
    if isinstance(layer, LineLayer | RouteLayer):
        return _line(path, ink, layer.stroke, layer.width_px, cased=isinstance(layer, RouteLayer) or layer.casing)
    hatched = isinstance(layer, PointLayer) or (isinstance(layer, AreaLayer) and layer.fill == "hatch")
    edge: dict[str, Any] = {"d": path, "fill": ink, "stroke": ink, "stroke-width": 1.2}
    if not hatched:
        shade = 0 if isinstance(layer, AreaLayer) and layer.fill == "none" else 0.2
        return [node("path", edge | {"fill-opacity": shade})]
    edge |= {"fill-opacity": 0.04, "stroke-opacity": 0.55, "stroke-dasharray": "1 4", "stroke-linecap": "round"}
    lines = {"d": _hatching(frame, window), "fill": "none", "stroke": ink, "stroke-opacity": 0.38}
    return [node("path", edge), node("path", lines)]


def _line(path: str, ink: str, stroke: Stroke, width_px: float, *, cased: bool) -> list[Node]:
    line: dict[str, Any] = {"d": path, "fill": "none", "stroke-linecap": cap(stroke), "stroke-linejoin": "round"}
    parts = [node("path", line | {"stroke": ink, "stroke-width": width_px, "stroke-dasharray": DASHES[stroke]})]
    if cased:
        parts.insert(0, node("path", line | CASING | {"stroke-width": width_px + 3}))
    return parts


def _hatching(frame: GeoDataFrame, window: Window) -> str:
    """Slanting lines, HATCH_PX apart, over all areas of a frame as far as they are in the picture."""
    areas = shapely.transform(shapely.union_all(np.asarray(frame.geometry)), window.xy)
    areas = shapely.clip_by_rect(areas, 0, 0, WIDTH_PX, HEIGHT_PX)
    slants = [[(at, 0), (at - HEIGHT_PX, HEIGHT_PX)] for at in range(0, WIDTH_PX + HEIGHT_PX, HATCH_PX)]
    pieces = shapely.get_parts(shapely.intersection(shapely.multilinestrings(slants), areas))
    ends = [shapely.get_coordinates(piece) for piece in pieces if piece.geom_type == "LineString"]
    return "".join(f"M{a[0]:.1f} {a[1]:.1f}L{b[0]:.1f} {b[1]:.1f}" for a, b in ((end[0], end[-1]) for end in ends))


def _path(frame: GeoDataFrame, window: Window) -> str:
    """An SVG path of all shapes of a frame, as far as they are in sight."""
    shapes = np.asarray(frame.geometry)
    if set(frame.geom_type) <= {"Polygon", "MultiPolygon"}:
        return "".join(_trace(ring, window) + "Z" for ring in _in_sight(shapely.get_rings(shapes), window))
    return "".join(_trace(line, window) for line in _in_sight(shapely.get_parts(shapes), window))


def _in_sight(lines: np.ndarray, window: Window) -> np.ndarray:
    west, south, east, north = window.bounds_wsen
    box = shapely.bounds(lines)
    return np.asarray(lines[(box[:, 2] >= west) & (box[:, 0] <= east) & (box[:, 3] >= south) & (box[:, 1] <= north)])


def _trace(line: BaseGeometry, window: Window) -> str:
    """The part of an SVG path for one line: points that would fall on one pixel once."""
    points = window.xy(shapely.get_coordinates(line))
    pixels = np.floor(points / HALF_A_PIXEL)
    keep = np.ones(len(points), dtype=bool)
    keep[1:-1] = (pixels[1:-1] != pixels[:-2]).any(axis=1)
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points[keep].tolist())


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
    style = {"fill": ink, "fill-opacity": 0.05, "stroke": ink, "stroke-opacity": 0.55, "stroke-dasharray": "4 3"}
    return node("circle", place | style)


def _flow(flow: Flow, window: Window, ink: str) -> Node:
    pieces = taper([(window.x(lon), window.y(lat)) for lon, lat in flow.path], flow.width_px)
    path = "".join(f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in piece)}Z" for piece in pieces)
    style = {"fill": ink, "fill-opacity": 0.86, "stroke": PAPER, "stroke-width": 1.4, "paint-order": "stroke"}
    return node("path", {"d": path or "M0 0"} | style)


def _mark(mark: Placed, window: Window, ink: str) -> Node:
    """A mark with the signs of how sure it is, the same as story/web/marks.js draws."""
    x, y = _spot(mark, window)
    sure = mark.certainty or Certainty("exact")
    group = {"class": f"mark {' '.join(sure.signs)}", "transform": f"translate({x:.1f} {y:.1f})"}
    scale = {"transform": f"scale({mark.size_px / 24:.2f})"}
    broken = {"stroke-dasharray": "3.4 2.6"} if sure.claimed else {}
    if mark.shape == "circle":
        disc = {"r": 11, "fill": ink, "fill-opacity": 0.22 if sure.claimed else 0.4, "stroke": ink}
        return node("g", group, node("circle", scale | disc | broken))
    hollow = sure.vague or sure.claimed
    style = {"fill": "#fff" if hollow else ink, "stroke": ink if hollow else "#fff", "stroke-width": 2.2}
    parts = [node("path", scale | {"d": SHAPES[mark.shape]} | style | broken)]
    if sure.place == "town":
        around = {"r": round(10 + 72 / mark.size_px, 1), "fill": "none", "stroke": ink, "stroke-width": 1.3}
        parts.insert(0, node("circle", scale | around))
    if sure.contested:
        parts.append(node("path", scale | {"d": CUT, "stroke": ink if hollow else "#fff", "stroke-width": 2.4}))
    return node("g", group, *parts)


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
