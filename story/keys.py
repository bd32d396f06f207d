"""Draws the signs of a legend for pictures that go out: the same as on their map."""

from story.certainty import Certainty, Sign
from story.legend import FLOW, Key
from story.marks import SHAPES
from story.model import AreaLayer, CircleLayer, LineLayer, PointLayer, RouteLayer, Story
from story.plate import SOFT, Plate

SURE_PX = 16


def draw_key(plate: Plate, story: Story, key: Key, at: tuple[float, float]) -> None:
    """The sign of one entry, 26 pixels wide, around a point."""
    if isinstance(key.shows, str):
        _draw_sure(plate, key.shows, at)
        return
    layer, (x, y) = key.shows, at
    ink = story.settings.palette[layer.ink].light
    match layer:
        case RouteLayer() if layer.arrows:
            plate.draw_shape(FLOW, at, 28, facecolor=ink, edgecolor="none")
        case LineLayer() | RouteLayer():
            width = min(4.0, max(1.6, layer.width_px))
            plate.draw_line([(x - 13, y), (x + 13, y)], ink, width * plate.magnify, layer.stroke)
        case AreaLayer():
            plate.draw_shape("M-12-8H12V8H-12Z", at, 26, facecolor=f"{ink}33", edgecolor=ink)
        case CircleLayer():
            plate.draw_shape(SHAPES["dot"], at, 28, facecolor=f"{ink}66", edgecolor=ink)
        case PointLayer():
            plate.draw_mark(layer.mark, at, 23, ink, Certainty("exact"))
        case _:
            plate.draw_mark("dot", at, 23, ink, Certainty("exact"))


def _draw_sure(plate: Plate, sign: Sign, at: tuple[float, float]) -> None:
    """What one sign of certainty looks like, on a mark of no colour."""
    x, y = at
    place = sign if sign in {"town", "district", "province"} else "exact"
    if sign == "district":
        plate.draw_shape(SHAPES["dot"], at, 28, facecolor="none", edgecolor=SOFT, linestyle=(0, (4, 3)), linewidth=1)
    if sign == "province":
        for shift in (-10, -4, 2, 8):
            plate.draw_line([(x + shift - 4, y + 9), (x + shift + 6, y - 9)], SOFT, 0.8)
    sure = Certainty(place, contested=sign == "contested", claimed=sign == "claimed")
    plate.draw_mark("dot", at, SURE_PX, SOFT, sure)
