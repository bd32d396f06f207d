"""A still picture of a chapter's map as SVG: for readers without scripts and for print, from the same scene."""

import base64
import io
from functools import cache
from math import atan, degrees, log, pi, radians, sinh, tan

from markupsafe import Markup
from PIL import Image
from shapely.geometry.base import BaseGeometry

from geodata.catalogue import read_catalogue
from geodata.load import picture
from story.draw import DASHES
from story.marks import SHAPES
from story.model import AreaLayer, Chapter, Layer, LineLayer, ReliefLayer, RouteLayer, Story, Strength
from story.scene import Drawn, Name, Placed, anchor_lonlat

WIDTH_PX, HEIGHT_PX = 900, 640
MARGIN_PX = 24
CONTEXT_OPACITY = 0.42
FONT = "font-family='Helvetica,Arial,sans-serif'"
LETTER_PX = {"country": 10.5, "area": 7.6, "capital": 7.4, "place": 6.4, "mark": 6.8, "callout": 6.6}
SIZE_PX = {"country": 13, "area": 10.5, "capital": 13, "place": 11.5, "mark": 12, "callout": 11.5}
SIDES = ("right", "left", "above", "below")

Box = tuple[float, float, float, float]


class Frame:
    """A window on Web Mercator: `x`, `y` turn longitude and latitude into pixels of the picture."""

    def __init__(self, bounds_wsen: Box) -> None:
        """The smallest window of the picture's shape around the bounds, with a margin."""
        west, south, east, north = bounds_wsen
        left, right, low, high = radians(west), radians(east), _mercator(south), _mercator(north)
        self.scale = min((WIDTH_PX - 2 * MARGIN_PX) / (right - left), (HEIGHT_PX - 2 * MARGIN_PX) / (high - low))
        self.left = (left + right) / 2 - WIDTH_PX / 2 / self.scale
        self.top = (low + high) / 2 + HEIGHT_PX / 2 / self.scale

    def x(self, lon: float) -> float:
        """Pixels from the left for a longitude in degrees."""
        return (radians(lon) - self.left) * self.scale

    def y(self, lat: float) -> float:
        """Pixels from the top for a latitude in degrees."""
        return (self.top - _mercator(lat)) * self.scale

    @property
    def bounds_wsen(self) -> Box:
        """What the picture shows, in degrees."""
        bottom = self.top - HEIGHT_PX / self.scale
        right = self.left + WIDTH_PX / self.scale
        return degrees(self.left), _latitude(bottom), degrees(right), _latitude(self.top)


def _mercator(lat: float) -> float:
    """The ordinate of a latitude on the sphere of Web Mercator (EPSG:3857), for a radius of 1."""
    return log(tan(pi / 4 + radians(lat) / 2))


def _latitude(y: float) -> float:
    return degrees(atan(sinh(y)))


def draw_still(story: Story, chapter: Chapter, scene: dict[str, Drawn], language: str) -> str:
    """An SVG document of what the map shows in a chapter, in the light colours, complete in itself."""
    frame = Frame(chapter.view.bounds_wsen)
    strengths = story.strengths(chapter)
    inks = {name: ink.light for name, ink in story.settings.palette.items()}
    parts = [Markup("<title>{}</title>").format(chapter.texts[language].standfirst)]
    taken: list[Box] = []
    for id_, drawn in scene.items():
        if strengths[id_] != "off":
            parts.append(_draw_layer(drawn, strengths[id_], frame, inks, taken))
    parts.append(_write_names(_wanted(story, chapter, scene, strengths, language), frame, taken))
    start = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH_PX} {HEIGHT_PX}' width='{WIDTH_PX}' height='{HEIGHT_PX}'>"
    return start + "".join(parts) + "</svg>"


def _draw_layer(
    drawn: Drawn, strength: Strength, frame: Frame, inks: dict[str, str], taken: list[Box]
) -> Markup:
    layer, ink = drawn.layer, inks[drawn.layer.ink]
    parts: list[Markup] = []
    if isinstance(layer, ReliefLayer):
        parts.append(_relief(layer, frame))
    if drawn.frame is not None:
        path = "".join(_path(shape, frame) for shape in drawn.frame.geometry)
        parts.append(_paint(layer, path, ink))
    for mark in drawn.marks:
        parts.append(_mark(mark, frame, ink))
        x, y = frame.x(mark.lonlat[0]) + mark.shift_px[0], frame.y(mark.lonlat[1]) + mark.shift_px[1]
        if strength == "full":
            reach = mark.size_px * 0.33
            taken.append((x - reach, y - reach, x + reach, y + reach))
    opacity = 1 if strength == "full" else CONTEXT_OPACITY
    return Markup("<g opacity='{}'>{}</g>").format(opacity, Markup("").join(parts))


def _relief(layer: ReliefLayer, frame: Frame) -> Markup:
    """The relief behind the frame: from the detailed picture where it covers it, else from the wide one."""
    west, south, east, north = frame.bounds_wsen
    catalogue = read_catalogue()
    for name in reversed(layer.datasets):
        box = catalogue[name].bounds_wsen
        if name == layer.datasets[0] or (box[0] <= west and box[1] <= south and box[2] >= east and box[3] >= north):
            break
    image = _picture(name)
    per_lon = image.width / (box[2] - box[0])
    per_y = image.height / (_mercator(box[3]) - _mercator(box[1]))
    crop = (
        max(0, round((west - box[0]) * per_lon)),
        max(0, round((_mercator(box[3]) - _mercator(north)) * per_y)),
        min(image.width, round((east - box[0]) * per_lon)),
        min(image.height, round((_mercator(box[3]) - _mercator(south)) * per_y)),
    )
    out = io.BytesIO()
    image.crop(crop).resize((WIDTH_PX, HEIGHT_PX), Image.Resampling.BICUBIC).save(out, "WEBP", quality=55)
    data = base64.b64encode(out.getvalue()).decode()
    return Markup("<image width='{}' height='{}' href='data:image/webp;base64,{}'/>").format(WIDTH_PX, HEIGHT_PX, data)


@cache
def _picture(name: str) -> Image.Image:
    return Image.open(io.BytesIO(picture(name))).convert("RGB")


def _paint(layer: Layer, path: str, ink: str) -> Markup:
    if isinstance(layer, AreaLayer):
        shade = 0 if layer.fill == "none" else 0.2
        style = "<path d='{}' fill='{}' fill-opacity='{}' stroke='{}' stroke-width='1.2'/>"
        return Markup(style).format(path, ink, shade, ink)
    width = layer.width_px if isinstance(layer, LineLayer | RouteLayer) else 1
    stroke = DASHES[layer.stroke] if isinstance(layer, LineLayer | RouteLayer) else None
    dashes = Markup(" stroke-dasharray='{}'").format(stroke) if stroke else Markup("")
    casing = Markup("")
    if isinstance(layer, LineLayer) and layer.casing:
        casing = Markup("<path d='{}' fill='none' stroke='#fffdf7' stroke-opacity='.85' stroke-width='{}'/>").format(
            path, width + 3
        )
    style = "<path d='{}' fill='none' stroke='{}' stroke-width='{}' stroke-linecap='round' stroke-linejoin='round'{}/>"
    return casing + Markup(style).format(path, ink, width, dashes)


def _path(shape: BaseGeometry, frame: Frame) -> str:
    if shape.is_empty:
        return ""
    if hasattr(shape, "geoms"):
        return "".join(_path(part, frame) for part in shape.geoms)
    if shape.geom_type == "Polygon":
        return "".join(_trace(ring.coords, frame) + "Z" for ring in (shape.exterior, *shape.interiors))
    return _trace(shape.coords, frame)


def _trace(coords: object, frame: Frame) -> str:
    """The part of an SVG path for one line, points closer than half a pixel left out, nothing far outside."""
    points: list[tuple[float, float]] = []
    for lon, lat, *_ in coords:  # type: ignore[attr-defined]
        x, y = round(frame.x(lon), 1), round(frame.y(lat), 1)
        if not points or abs(x - points[-1][0]) + abs(y - points[-1][1]) > 0.7:
            points.append((x, y))
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    if max(xs) < 0 or min(xs) > WIDTH_PX or max(ys) < 0 or min(ys) > HEIGHT_PX:
        return ""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


def _mark(mark: Placed, frame: Frame, ink: str) -> Markup:
    x, y = frame.x(mark.lonlat[0]) + mark.shift_px[0], frame.y(mark.lonlat[1]) + mark.shift_px[1]
    place = Markup("transform='translate({:.1f} {:.1f}) rotate({}) scale({:.2f})'").format(
        x, y, mark.turn_deg, mark.size_px / 24
    )
    if mark.shape == "circle":
        return Markup("<circle r='11' {} fill='{}' fill-opacity='.4' stroke='{}'/>").format(place, ink, ink)
    vague = mark.precision in {"district", "province"}
    fill, edge = ("#fff", ink) if vague else (ink, "#fff")
    return Markup("<path d='{}' {} fill='{}' stroke='{}' stroke-width='2'/>").format(
        SHAPES[mark.shape], place, fill, edge
    )


def _wanted(
    story: Story, chapter: Chapter, scene: dict[str, Drawn], strengths: dict[str, Strength], language: str
) -> list[Name]:
    """Names and callouts of a chapter in the order in which they get their place."""
    text = chapter.texts[language]
    called = [
        Name(text.callouts[key], anchor_lonlat(callout.at, story.facts), "callout", -1, 10)
        for key, callout in chapter.view.callouts.items()
    ]
    names = [
        name
        for id_, drawn in scene.items()
        if strengths[id_] == "full"
        for name in drawn.names
        if name.kind not in {"place", "capital"} or name.text in chapter.view.places
    ]
    return called + sorted(names, key=lambda name: name.rank)


def _write_names(names: list[Name], frame: Frame, taken: list[Box]) -> Markup:
    parts = []
    for name in names:
        width, height = len(name.text) * LETTER_PX[name.kind], SIZE_PX[name.kind] + 4
        x, y = frame.x(name.lonlat[0]), frame.y(name.lonlat[1])
        sides = ("middle",) if name.kind in {"country", "area"} else SIDES
        for side in sides:
            box = _beside(side, x, y, width, height, name.gap_px + 3)
            inside = box[0] > 2 and box[1] > 2 and box[2] < WIDTH_PX - 2 and box[3] < HEIGHT_PX - 2
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                parts.append(_write(name, box, (x, y)))
                break
    return Markup("").join(parts)


def _write(name: Name, box: Box, dot: tuple[float, float]) -> Markup:
    middle, size = (box[1] + box[3]) / 2, SIZE_PX[name.kind]
    weight = 400 if name.kind == "place" else 600
    said = name.text.upper() if name.kind in {"country", "area"} else name.text
    halo = Markup("") if name.kind != "callout" else Markup(
        "<rect x='{:.1f}' y='{:.1f}' width='{:.1f}' height='{:.1f}' fill='#fff' fill-opacity='.92' stroke='#ddd6c9'/>"
    ).format(box[0] - 3, box[1], box[2] - box[0] + 6, box[3] - box[1])
    point = Markup("<circle cx='{:.1f}' cy='{:.1f}' r='2.4' fill='#fff' stroke='#3f3a33' stroke-width='1.3'/>").format(
        *dot
    ) if name.kind in {"place", "capital"} else Markup("")
    text = "<text x='{:.1f}' y='{:.1f}' {} font-size='{}' font-weight='{}' fill='{}' textLength='{:.0f}' lengthAdjust='spacingAndGlyphs' paint-order='stroke' stroke='#fffdf7' stroke-width='{}' stroke-linejoin='round'>{}</text>"
    ink = "#5f584f" if name.kind in {"country", "area"} else "#1d1b18"
    return halo + point + Markup(text).format(
        box[0], middle + size * 0.35, Markup(FONT), size, weight, ink, box[2] - box[0], 0 if name.kind == "callout" else 3, said
    )


def _beside(side: str, x: float, y: float, width: float, height: float, gap: float) -> Box:
    left = {"right": x + gap, "left": x - gap - width}.get(side, x - width / 2)
    top = {"above": y - gap - height, "below": y + gap}.get(side, y - height / 2)
    return left, top, left + width, top + height


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]
