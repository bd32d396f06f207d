"""A chapter's map drawn with geopandas and matplotlib, for pictures that go out: cards and prints.

Everything is placed in pixels from the top left, in the light colours, from the same scene as the reader's map.
"""

from dataclasses import dataclass
from functools import cache
from math import cos, pi, radians
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path
from geopandas import GeoDataFrame, GeoSeries
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch, Polygon, Rectangle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from geodata.catalogue import read_catalogue
from story.certainty import Certainty
from story.drawn import Drawn, Flow, Placed
from story.flows import taper
from story.land import Land
from story.marks import CUT, SHAPES
from story.model import AreaLayer, Layer, LineLayer, PointLayer, ReliefLayer, RouteLayer, Strength
from story.strokes import DASHES, SCHEMATIC, STRETCH_PX, Stroke, cap
from story.window import RADIUS_KM, Box, mercator

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DPI = 72  # one point of matplotlib's is then one pixel of ours
PAPER, TEXT, SOFT, RULE, ACCENT, SEA = "#fbf9f4", "#1d1b18", "#5f584f", "#d8d0c0", "#9c2f1f", "#c9dae6"
SERIF, SANS = ("STIXGeneral", "DejaVu Serif"), ("DejaVu Sans",)  # both come with matplotlib: the same everywhere
CONTEXT_ALPHA = 0.42
HATCH_PX = 10
BLEED = 40  # pixels beyond the edge to which shapes are kept
_CODES = {"moveTo": Path.MOVETO, "lineTo": Path.LINETO, "qCurveTo": Path.CURVE3, "curveTo": Path.CURVE4}


@dataclass(frozen=True, slots=True)
class Frame:
    """Where degrees fall in a picture: bounds (west, south, east, north) fill the box `into` as far as they fit."""

    bounds_wsen: Box
    into: Box

    @property
    def scale(self) -> float:
        """Pixels for a radian of longitude."""
        west, south, east, north = self.bounds_wsen
        left, top, right, bottom = self.into
        return min((right - left) / radians(east - west), (bottom - top) / (mercator(north) - mercator(south)))

    def xy(self, lon: float, lat: float) -> tuple[float, float]:
        """Pixels from the left and the top for degrees."""
        west, south, east, north = self.bounds_wsen
        left, top, right, bottom = self.into
        x = (left + right) / 2 + radians(lon - (west + east) / 2) * self.scale
        y = (top + bottom) / 2 + ((mercator(south) + mercator(north)) / 2 - mercator(lat)) * self.scale
        return x, y

    def shape(self, frame: GeoDataFrame) -> GeoDataFrame:
        """A frame (EPSG:4326) with its geometry in pixels, without a CRS."""

        def project(lonlats: np.ndarray) -> np.ndarray:
            lon, lat = np.radians(lonlats).T
            x0, y0 = self.xy(0, 0)
            return np.column_stack([x0 + lon * self.scale, y0 - np.log(np.tan(pi / 4 + lat / 2)) * self.scale])

        return frame.set_geometry(shapely.transform(np.asarray(frame.geometry), project), crs=None)


class _Canvas(FigureCanvasAgg):
    """A canvas that is drawn once, when all is on it: geopandas asks for a drawing after every layer."""

    def draw_idle(self, *_: Any, **__: Any) -> None:
        """Wait."""


class Plate:
    """A picture of width and height in pixels, and all that is drawn on it."""

    def __init__(self, width_px: int, height_px: int, *, magnify: float = 1, sharpness: float = 1) -> None:
        """`magnify` makes marks, lines and names larger, for pictures that are seen small.

        `sharpness`: how many real pixels the land shall have for each of ours.
        """
        self.size_px, self.magnify, self.sharpness = (width_px, height_px), magnify, sharpness
        self.figure = Figure(figsize=(width_px / DPI, height_px / DPI), dpi=DPI, facecolor=PAPER)
        self.canvas = _Canvas(self.figure)
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, width_px)
        self.axes.set_ylim(height_px, 0)
        self.axes.set_autoscale_on(False)
        self.taken: list[Box] = []
        self.level = 0.0  # matplotlib draws by kind, unless each thing says how high it lies

    def draw_scene(
        self, scene: dict[str, Drawn], strengths: dict[str, Strength], frame: Frame, inks: dict[str, str]
    ) -> None:
        """Draw every layer that is not off, in order."""
        for id_, drawn in scene.items():
            if strengths[id_] != "off":
                self.level += 1
                alpha = 1 if strengths[id_] == "full" else CONTEXT_ALPHA
                self._draw_layer(drawn, frame, inks[drawn.layer.ink], alpha)
                if strengths[id_] == "full":
                    self.taken += [self._reach(mark, frame) for mark in drawn.marks]

    def _draw_layer(self, drawn: Drawn, frame: Frame, ink: str, alpha: float) -> None:
        if isinstance(drawn.layer, ReliefLayer):
            self._draw_relief(drawn.layer, frame)
        if drawn.frame is not None and len(drawn.frame):
            width, height = self.size_px
            shapes = frame.shape(drawn.frame).clip_by_rect(-BLEED, -BLEED, width + BLEED, height + BLEED)
            shapes = shapes[~shapes.is_empty]
            if len(shapes):
                self._draw_frame(drawn.layer, shapes, ink, alpha)
        if drawn.stretches is not None:
            self._draw_lines(frame.shape(drawn.stretches), ink, alpha, SCHEMATIC, STRETCH_PX * self.magnify, cased=True)
        for mark in drawn.marks:
            if mark.ring_km:
                self._draw_ring(mark, frame, ink, alpha)
        for flow in drawn.flows:
            self._draw_flow(flow, frame, ink, alpha)
        for mark in drawn.marks:
            sure = mark.certainty or Certainty("exact")
            self.draw_mark(mark.shape, self._spot(mark, frame), mark.size_px * self.magnify, ink, sure, alpha=alpha)

    def _draw_relief(self, layer: ReliefLayer, frame: Frame) -> None:
        catalogue, land = read_catalogue(), Land(self.size_px, self.sharpness, zorder=self.level)
        for dataset in layer.datasets:
            west, south, east, north = catalogue[dataset].bounds_wsen or (-180, -85, 180, 85)
            whole = (*frame.xy(west, north), *frame.xy(east, south))
            seen = (max(0, whole[0]), max(0, whole[1]), min(self.size_px[0], whole[2]), min(self.size_px[1], whole[3]))
            left, top, right, bottom = (round(edge) for edge in seen)
            if left < right and top < bottom:
                land.paste(dataset, whole, (left, top, right, bottom))
        self.axes.add_artist(land)

    def _draw_frame(self, layer: Layer, shapes: GeoSeries, ink: str, alpha: float) -> None:
        if isinstance(layer, LineLayer | RouteLayer):
            cased = isinstance(layer, RouteLayer) or layer.casing
            self._draw_lines(shapes, ink, alpha, layer.stroke, layer.width_px * self.magnify, cased=cased)
        elif isinstance(layer, PointLayer) or (isinstance(layer, AreaLayer) and layer.fill == "hatch"):
            self._hatch(shapes, ink, alpha)
        else:
            fill = 0 if isinstance(layer, AreaLayer) and layer.fill == "none" else 0.2
            on: dict[str, Any] = {"ax": self.axes, "aspect": None, "zorder": self.level}
            shapes.plot(facecolor=ink, edgecolor="none", alpha=fill * alpha, **on)
            shapes.boundary.plot(color=ink, linewidth=1.2 * self.magnify, alpha=alpha * 0.85, **on)

    def _draw_lines(
        self, shapes: GeoSeries, ink: str, alpha: float, stroke: Stroke, width: float, *, cased: bool
    ) -> None:
        on: dict[str, Any] = {"ax": self.axes, "aspect": None, "zorder": self.level, "joinstyle": "round"}
        if cased:
            shapes.plot(color=PAPER, linewidth=width + 3 * self.magnify, alpha=0.85 * alpha, capstyle="round", **on)
        shapes.plot(color=ink, alpha=alpha, **self.stroke(stroke, width), **on)

    def stroke(self, stroke: Stroke, width: float) -> dict[str, Any]:
        """A stroke as matplotlib wants it, which counts dashes in widths of the line; `width` in pixels."""
        dashes = DASHES[stroke]
        style = {"linestyle": _dashes(dashes, self.magnify / width)} if dashes else {}
        return {"linewidth": width, "capstyle": cap(stroke)} | style

    def _hatch(self, shapes: GeoSeries, ink: str, alpha: float) -> None:
        """Areas in which something lies, nobody knows where: slanting lines within a dotted edge."""
        on: dict[str, Any] = {"ax": self.axes, "aspect": None, "zorder": self.level}
        shapes.plot(facecolor=ink, edgecolor="none", alpha=0.04 * alpha, **on)
        shapes.boundary.plot(color=ink, alpha=0.55 * alpha, **self.stroke("dotted", 1.2 * self.magnify), **on)
        width, height = self.size_px
        step = round(HATCH_PX * self.magnify)
        slants = [[(at, 0), (at - height, height)] for at in range(0, width + height, step)]
        inside = shapely.intersection(shapely.multilinestrings(slants), shapes.union_all())
        GeoSeries([inside]).plot(color=ink, linewidth=self.magnify, alpha=0.38 * alpha, **on)

    def _draw_ring(self, mark: Placed, frame: Frame, ink: str, alpha: float) -> None:
        """The circle within which a place is known to lie; Web Mercator stretches it by 1 / cos(latitude)."""
        lon, lat = mark.lonlat
        radius = mark.ring_km / RADIUS_KM / cos(radians(lat)) * frame.scale
        disc: dict[str, Any] = {"radius": radius, "zorder": self.level}
        self.axes.add_patch(Circle(frame.xy(lon, lat), facecolor=ink, edgecolor="none", alpha=0.05 * alpha, **disc))
        line: dict[str, Any] = {
            "edgecolor": ink,
            "linestyle": (0, (4, 3)),
            "linewidth": self.magnify,
            "alpha": 0.55 * alpha,
        }
        self.axes.add_patch(Circle(frame.xy(lon, lat), fill=False, **line, **disc))

    def _draw_flow(self, flow: Flow, frame: Frame, ink: str, alpha: float) -> None:
        style: dict[str, Any] = {"facecolor": ink, "edgecolor": PAPER, "linewidth": 0.5, "alpha": 0.86 * alpha}
        for piece in taper([frame.xy(*lonlat) for lonlat in flow.path], flow.width_px * self.magnify):
            self.axes.add_patch(Polygon(piece, zorder=self.level, **style))

    def _spot(self, mark: Placed, frame: Frame) -> tuple[float, float]:
        x, y = frame.xy(*mark.lonlat)
        return x + mark.shift_px[0] * self.magnify, y + mark.shift_px[1] * self.magnify

    def _reach(self, mark: Placed, frame: Frame) -> Box:
        (x, y), reach = self._spot(mark, frame), mark.size_px * 0.36 * self.magnify
        return x - reach, y - reach, x + reach, y + reach

    def draw_mark(
        self, shape: str, at: tuple[float, float], size: float, ink: str, sure: Certainty, *, alpha: float = 1
    ) -> None:
        """A mark with the signs of how sure it is, the same as story/web/marks.js draws."""
        broken: dict[str, Any] = {"linestyle": (0, (2, 1.5))} if sure.claimed else {}
        if shape == "circle":
            fill = (0.22 if sure.claimed else 0.4) * alpha
            disc: dict[str, Any] = {"radius": size * 11 / 24, "zorder": self.level}
            self.axes.add_patch(Circle(at, facecolor=ink, edgecolor="none", alpha=fill, **disc))
            self.axes.add_patch(Circle(at, fill=False, edgecolor=ink, linewidth=0.8, alpha=alpha, **broken, **disc))
            return
        hollow = sure.vague or sure.claimed
        if sure.place == "town":
            around = Circle(at, (10 + 72 / size) * size / 24, fill=False, edgecolor=ink, linewidth=1.2, alpha=alpha)
            around.set_zorder(self.level)
            self.axes.add_patch(around)
        style = {"facecolor": "#ffffff" if hollow else ink, "edgecolor": ink if hollow else "#ffffff"}
        self.draw_shape(SHAPES[shape], at, size, alpha=alpha, **style, **broken)
        if sure.contested:
            self.draw_shape(CUT, at, size, facecolor="none", edgecolor=ink if hollow else "#ffffff", alpha=alpha)

    def draw_shape(self, path: str, at: tuple[float, float], size: float, **style: Any) -> None:
        """An SVG path in a box from -12 to 12, drawn `size` pixels wide around `at`."""
        place = Affine2D().scale(size / 24).translate(*at)
        line = max(1.1, min(2.2 * size / 24, 2.6))
        style = {"linewidth": line, "joinstyle": "round", "zorder": self.level} | style
        self.axes.add_patch(PathPatch(_outline(path).transformed(place), **style))

    def draw_box(self, box: Box, *, facecolor: str, edgecolor: str = "none") -> None:
        """A filled box: left, top, right, bottom in pixels."""
        left, top, right, bottom = box
        style: dict[str, Any] = {"facecolor": facecolor, "edgecolor": edgecolor, "linewidth": 1, "zorder": self.level}
        self.axes.add_patch(Rectangle((left, top), right - left, bottom - top, **style))

    def draw_line(self, points: list[tuple[float, float]], ink: str, width: float, stroke: Stroke = "solid") -> None:
        """A line from point to point, `width` pixels wide."""
        style = self.stroke(stroke, width)
        style |= {f"{part}_capstyle": style["capstyle"] for part in ("solid", "dash")}
        del style["capstyle"]
        self.axes.plot(*zip(*points, strict=True), color=ink, zorder=self.level, **style)

    def write(self, text: str, at: tuple[float, float], size: float, **style: Any) -> None:
        """Write text; `at` is the left end of its base line, `size` its height in pixels."""
        usual: dict[str, Any] = {"color": TEXT, "family": SANS, "parse_math": False, "zorder": self.level + 1}
        self.axes.text(*at, text, fontsize=size, **(usual | style))


def _dashes(pattern: str, factor: float) -> tuple[int, list[float]]:
    """SVG's dashes for matplotlib, which counts them in widths of the line."""
    return 0, [float(part) * factor for part in pattern.split()]


@cache
def _outline(path: str) -> Path:
    """An SVG path as one of matplotlib's."""
    pen = RecordingPen()
    parse_path(path, pen)
    vertices: list[tuple[float, float]] = []
    codes: list[Any] = []
    for verb, points in pen.value:
        if verb in {"closePath", "endPath"}:
            vertices.append((0, 0))
            codes.append(Path.CLOSEPOLY)
        else:
            vertices += points
            codes += [_CODES[verb]] * len(points)
    return Path(vertices, codes)
