"""Chapters' maps for paper and slides, in the same state as on the screen; a blank one; swatches of legends."""

import io

from story.cards import draw_map, paint, wanted
from story.drawn import Drawn
from story.keys import draw_key
from story.legend import Key
from story.lettering import write_names, write_notes
from story.marks import SHAPES
from story.model import Chapter, ReliefLayer, Story, Strength
from story.plate import DPI, PAPER, TEXT, Frame, Plate
from story.scene import anchor_lonlat

SIZE_PX, SHARPNESS = (960, 600), 2.15
SIZES = {"country": 15.0, "line": 14.0, "area": 13.5, "capital": 17.0, "place": 15.0, "mark": 14.5}
SWATCH_PX, SWATCH_SHARPNESS = 34, 3
QUALITY = 84
DOT_PX = 30


def draw_still_map(story: Story, chapter: Chapter, scene: dict[str, Drawn], language: str) -> bytes:
    """A chapter's map as JPEG, 16:10, about 2060 pixels wide: its layers, callouts and names as the reader has them."""
    plate = Plate(*SIZE_PX, sharpness=SHARPNESS)
    sight = (0, 0, *SIZE_PX)
    frame = draw_map(plate, story, chapter, scene, sight)
    text = chapter.texts[language]
    notes = [(text.callouts[key], anchor_lonlat(each.at, story.facts)) for key, each in chapter.view.callouts.items()]
    write_notes(plate, notes, frame, sight)
    write_names(plate, wanted(story, chapter, scene), frame, SIZES, sight)
    return _as_jpeg(plate)


def draw_blank_map(story: Story, chapter: Chapter, scene: dict[str, Drawn], places: tuple[str, ...]) -> bytes:
    """The chapter's land and lines as JPEG without a word on it; a numbered dot at each of `places`, from 1."""
    plate = Plate(*SIZE_PX, sharpness=SHARPNESS)
    into = (46, 40, SIZE_PX[0] - 46, SIZE_PX[1] - 40)
    frame = Frame(chapter.view.bounds_wsen, into)
    marked = {id_ for id_, drawn in scene.items() if drawn.frame is None and not isinstance(drawn.layer, ReliefLayer)}
    strengths: dict[str, Strength] = {
        id_: "off" if id_ in marked else strength for id_, strength in story.strengths(chapter).items()
    }
    plate.draw_scene(scene, strengths, frame, {name: ink.light for name, ink in story.settings.palette.items()})
    plate.level += 10
    for number, place in enumerate(places, 1):
        _number(plate, number, frame.xy(*anchor_lonlat(place, story.facts)))
    return _as_jpeg(plate)


def _number(plate: Plate, number: int, at: tuple[float, float]) -> None:
    plate.level += 1
    plate.draw_shape(SHAPES["dot"], at, DOT_PX, facecolor="#ffffff", edgecolor=TEXT)
    plate.write(str(number), (at[0], at[1] + 5.5), 16, weight="bold", ha="center")


def draw_swatch(story: Story, key: Key) -> bytes:
    """The sign of one entry of a legend as a small PNG on white."""
    plate = Plate(SWATCH_PX, SWATCH_PX)
    plate.draw_box((0, 0, SWATCH_PX, SWATCH_PX), facecolor="#ffffff")
    draw_key(plate, story, key, (SWATCH_PX / 2, SWATCH_PX / 2))
    plate.figure.set_dpi(DPI * SWATCH_SHARPNESS)
    out = io.BytesIO()
    paint(plate).save(out, "PNG", optimize=True)
    return out.getvalue()


def _as_jpeg(plate: Plate) -> bytes:
    plate.figure.set_dpi(DPI * SHARPNESS)
    plate.figure.set_facecolor(PAPER)
    out = io.BytesIO()
    paint(plate).save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
