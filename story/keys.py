"""The legend of a picture that goes out: the same signs as on its map, with their words."""

from dataclasses import dataclass

from story.certainty import Certainty, Sign
from story.drawn import Drawn
from story.legend import in_view, layer_entry, shown_signs
from story.marks import SHAPES
from story.model import AreaLayer, Chapter, CircleLayer, Layer, LineLayer, PointLayer, RouteLayer, Story
from story.plate import SOFT, Plate

ORDER = ("mark", "circle", "flow", "line", "area")
FLOW = "M-11 2L3-2.4V-6.5L11.5 0L3 6.5V2.4L-11 2Z"
SURE_PX = 16


@dataclass(frozen=True, slots=True)
class Key:
    """One entry: a layer, or a sign of how sure marks are; its words."""

    shows: Layer | Sign
    title: str
    note: str = ""


def layer_keys(story: Story, chapter: Chapter, scene: dict[str, Drawn]) -> list[Key]:
    """A chapter's layers at full strength, as far as they are in view: marks before lines before areas."""
    shown = [each.layer for each in _full(story, chapter, scene) if each.layer.legend and in_view(each, chapter)]
    shown.sort(key=lambda layer: ORDER.index(layer_entry(layer).kind))
    return [Key(layer, layer.title, layer.note) for layer in shown]


def certainty_keys(story: Story, chapter: Chapter, scene: dict[str, Drawn], words: dict[Sign, str]) -> list[Key]:
    """An entry for each sign of certainty that a mark of the chapter carries."""
    return [Key(sign, words[sign]) for sign in shown_signs(_full(story, chapter, scene))]


def _full(story: Story, chapter: Chapter, scene: dict[str, Drawn]) -> list[Drawn]:
    strengths = story.strengths(chapter)
    return [drawn for id_, drawn in scene.items() if strengths[id_] == "full"]


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
            width = min(9.0, layer.width_px) if layer.stroke == "ticks" else min(4.0, max(1.6, layer.width_px))
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
