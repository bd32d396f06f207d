"""Draws social cards: a chapter's map with its title, in the two shapes that networks show."""

import io
from dataclasses import replace
from typing import Any

from PIL import Image, ImageColor

from story.drawn import Drawn, Name
from story.keys import draw_key
from story.legend import Key, layer_keys
from story.lettering import measure, wrap, write_lines, write_names
from story.model import Chapter, PointLayer, Story
from story.page import map_credit
from story.plate import ACCENT, PAPER, SEA, SERIF, SOFT, TEXT, Frame, Plate
from story.window import Box

WIDE_PX, SQUARE_PX = (1200, 630), (1080, 1080)
POSTER_PX = (800, 420)
COLOURS = 256
KEYS = 3  # of the legend, on a card
ABOVE, BAND_PX = 100, 9
TITLE_PX, TITLE_HIGHEST_PX = (104, 92, 84, 76, 68, 60, 52, 44, 36, 28), 200
CARD_SIZES = {"country": 19.0, "line": 18.0, "area": 16.0, "capital": 22.0, "place": 20.0, "mark": 19.0}
TITLE: dict[str, Any] = {"family": SERIF, "weight": "bold"}


def draw_card(story: Story, chapter: Chapter, scene: dict[str, Drawn], language: str, *, square: bool = False) -> bytes:
    """A social card as PNG: the chapter's map, its title and the credit, legible when it is seen small."""
    plate = Plate(*(SQUARE_PX if square else WIDE_PX), magnify=1.5)
    width, height = plate.size_px
    sheet = (0, 672, width, height) if square else (0, 0, 474, height)
    sight = (0, 0, width, 672) if square else (474, 0, width, height)
    frame = draw_map(plate, story, chapter, scene, sight)
    write_names(plate, wanted(story, chapter, scene), frame, CARD_SIZES, sight)
    _write_sheet(plate, story, chapter, language, box=sheet, keys=chosen_keys(story, chapter, scene))
    return as_png(plate, [ink.light for ink in story.settings.palette.values()])


def draw_poster(story: Story, chapter: Chapter, scene: dict[str, Drawn], language: str) -> bytes:
    """The wide card again, small and light, as WebP: what stands in another page until the story has come."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(draw_card(story, chapter, scene, language))) as card:
        card.convert("RGB").resize(POSTER_PX, Image.Resampling.LANCZOS).save(out, "WEBP", quality=70, method=6)
    return out.getvalue()


def draw_map(plate: Plate, story: Story, chapter: Chapter, scene: dict[str, Drawn], sight: Box) -> Frame:
    """The chapter's map over the whole plate, its subject and its names within the box `sight`."""
    air = (34, 30) if plate.magnify > 1 else (46, 40)
    into = (sight[0] + air[0], sight[1] + air[1], sight[2] - air[0], sight[3] - air[1])
    frame = Frame(chapter.view.bounds_wsen, into)
    plate.draw_box((0, 0, *plate.size_px), facecolor=SEA)
    strengths = story.strengths(chapter)
    plate.draw_scene(scene, strengths, frame, {name: ink.light for name, ink in story.settings.palette.items()})
    return frame


def wanted(story: Story, chapter: Chapter, scene: dict[str, Drawn]) -> list[Name]:
    """The names of a chapter in the order in which they get their place."""
    strengths, towns = story.strengths(chapter), {"place", "capital"}
    full = [drawn for id_, drawn in scene.items() if strengths[id_] == "full"]
    names = [n for drawn in full for n in drawn.names if n.kind not in towns or n.text in chapter.view.places]
    return sorted(names, key=lambda name: name.rank)


def _write_sheet(plate: Plate, story: Story, chapter: Chapter, language: str, *, box: Box, keys: list[Key]) -> None:
    """The words of a card on their paper: whose story, which chapter, its title, what the map's signs mean, credit."""
    left, top, right, bottom = box
    plate.level = ABOVE
    plate.draw_box(box, facecolor=PAPER)
    plate.draw_box((left, top, right, top + BAND_PX), facecolor=ACCENT)
    x, y, room = left + 44, top + 62, right - left - 84
    text = chapter.texts[language]
    if chapter.number:
        plate.write(story.settings.title.upper(), (x, y), 19, color=ACCENT, weight="bold")
        y += 29
    y = write_lines(plate, wrap(text.kicker, room, 19), (x, y), 19, leading=27, color=SOFT)
    lines, size = fit_title(text.title, room)
    y = write_lines(plate, lines, (x, y + size * 0.62), size, leading=size, **TITLE) - size * 0.42
    about = wrap(story.settings.subtitle, room, 25, family=SERIF)
    y = write_lines(plate, about, (x, y), 25, leading=31, family=SERIF, color=SOFT)
    credit = wrap(f"Map: {short_credit(story)}", room, 10.5)
    foot = bottom - 20 - 14 * (len(credit) - 1)
    write_lines(plate, credit, (x, foot), 10.5, leading=14, color=SOFT)
    rows = [wrap(key.title, room - 40, 17) for key in keys]
    while rows and y + 22 * sum(map(len, rows)) + 10 * len(rows) > foot - 14:
        rows.pop()
    y = foot - 26 - 22 * (sum(map(len, rows)) - 1) - 10 * (len(rows) - 1)
    for key, row in zip(keys, rows, strict=False):
        draw_key(plate, story, key, (x + 13, y - 6))
        y = write_lines(plate, row, (x + 40, y), 17, leading=22) + 10


def short_credit(story: Story) -> str:
    """The map's credit with every name once."""
    parts = map_credit(story).replace("; ", " · ").split(" · ")
    return " · ".join(dict.fromkeys(parts))


def chosen_keys(story: Story, chapter: Chapter, scene: dict[str, Drawn]) -> list[Key]:
    """The entries of the legend that a card has room for: what the chapter adds to the map, then the story's line.

    A card has no room for notes: what is schematic says so in its title.
    """
    keys = layer_keys(story, chapter, scene)
    usual = {layer.title for layer in story.layers.values() if layer.always == "full"}
    line = story.layers[story.settings.line].title if story.settings.line else ""
    chosen = [key for key in keys if key.title not in usual][:KEYS] + [key for key in keys if key.title == line]
    return [replace(key, title=f"{key.title} ({said})") if (said := _course(key)) else key for key in chosen]


def _course(key: Key) -> str:
    if isinstance(key.shows, str) or not key.shows.schematic:
        return ""
    return "in part schematic" if isinstance(key.shows, PointLayer) else "schematic"


def fit_title(title: str, room: float) -> tuple[list[str], float]:
    """A title in lines and the size, as large as it may be, at which they fit into a width in pixels."""
    for size in TITLE_PX:
        lines = wrap(title, room, size, **TITLE)
        if size * len(lines) <= TITLE_HIGHEST_PX and all(measure(line, size, **TITLE) <= room for line in lines):
            break
    return lines, size


def paint(plate: Plate) -> Image.Image:
    """The picture in pixels, in all its colours."""
    plate.canvas.draw()  # type: ignore[no-untyped-call]
    width, height = plate.canvas.get_width_height(physical=True)
    pixels = plate.canvas.buffer_rgba()  # type: ignore[no-untyped-call]
    return Image.frombuffer("RGBA", (width, height), pixels).convert("RGB")


def as_png(plate: Plate, inks: list[str]) -> bytes:
    """The picture as PNG in 256 colours: as many of its own as there is room for beside the inks, which stay true."""
    image = paint(plate)
    true = [ImageColor.getrgb(ink)[:3] for ink in (PAPER, TEXT, SOFT, ACCENT, "#ffffff", *inks)]
    room = COLOURS - len(true)
    own = image.quantize(room, method=Image.Quantize.MEDIANCUT).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([*own[: 3 * room], *(part for colour in true for part in colour)])
    out = io.BytesIO()
    image.quantize(palette=palette, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
