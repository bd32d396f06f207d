"""Draws a chapter's map for print, as PNG or SVG: A4 on its side, with its words, legend, credit and licence."""

import io

import matplotlib as mpl

from story.cards import TITLE, draw_map, paint, short_credit, wanted
from story.drawn import Drawn
from story.keys import draw_key
from story.legend import certainty_keys, layer_keys
from story.lettering import wrap, write_lines, write_names, write_notes
from story.model import Chapter, Story
from story.plate import ACCENT, DPI, PAPER, SOFT, Plate
from story.scene import anchor_lonlat
from story.wording import read_words

SIZE_PX, SHARPNESS, PRINT_DPI = (1600, 1131), 2.193, 300  # A4 on its side
MAP_PX, LEFT_PX, COLUMN_PX, KEY_PX = 868, 44, 470, 272
TOP_PX = MAP_PX + 40.0
SIZES = {"country": 15.0, "line": 13.5, "area": 13.0, "capital": 17.0, "place": 14.5, "mark": 14.0}
SALT = "the-line-between"  # for the names inside an SVG, which are random otherwise


def draw_print(story: Story, chapter: Chapter, scene: dict[str, Drawn], language: str) -> bytes:
    """The map as PNG in all colours, about 3508 x 2480 pixels: A4 at 300 to the inch."""
    plate = _lay_out(story, chapter, scene, language, sharpness=SHARPNESS)
    plate.figure.set_dpi(DPI * SHARPNESS)
    out = io.BytesIO()
    paint(plate).save(out, "PNG", dpi=(PRINT_DPI, PRINT_DPI))
    return out.getvalue()


def draw_vector(story: Story, chapter: Chapter, scene: dict[str, Drawn], language: str) -> bytes:
    """The map as SVG, its letters as outlines, so that it looks the same without our fonts."""
    plate = _lay_out(story, chapter, scene, language, sharpness=1)
    out = io.BytesIO()
    about = {"Date": None, "Creator": None, "Title": chapter.texts[language].title, "Rights": _rights(story, language)}
    with mpl.rc_context({"svg.hashsalt": SALT, "svg.fonttype": "path"}):
        plate.figure.savefig(out, format="svg", metadata=about)
    return out.getvalue()


def _rights(story: Story, language: str) -> str:
    return f"{read_words(language)['map_by']} {story.settings.author}. {short_credit(story)}"


def _lay_out(story: Story, chapter: Chapter, scene: dict[str, Drawn], language: str, *, sharpness: float) -> Plate:
    plate = Plate(*SIZE_PX, sharpness=sharpness)
    sight = (0, 0, SIZE_PX[0], MAP_PX)
    frame = draw_map(plate, story, chapter, scene, sight)
    text = chapter.texts[language]
    notes = [(text.callouts[key], anchor_lonlat(each.at, story.facts)) for key, each in chapter.view.callouts.items()]
    write_notes(plate, notes, frame, sight)
    write_names(plate, wanted(story, chapter, scene), frame, SIZES, sight)
    plate.level = 100
    plate.draw_box((0, MAP_PX, *SIZE_PX), facecolor=PAPER)
    plate.draw_box((0, MAP_PX, SIZE_PX[0], MAP_PX + 6), facecolor=ACCENT)
    _write_words(plate, story, chapter, language)
    _write_legend(plate, story, chapter, scene, language)
    return plate


def _write_words(plate: Plate, story: Story, chapter: Chapter, language: str) -> None:
    """Whose map of what, on the left; credit and licence below."""
    text, y = chapter.texts[language], MAP_PX + 40
    over = f"{story.settings.title.upper()}  ·  {text.kicker}" if chapter.number else text.kicker
    plate.write(over, (LEFT_PX, y), 14, color=ACCENT, weight="bold")
    plate.write(text.title, (LEFT_PX, y + 46), 44, **TITLE)
    write_lines(plate, wrap(text.standfirst, COLUMN_PX, 15), (LEFT_PX, y + 76), 15, leading=20)
    foot = wrap(_rights(story, language), SIZE_PX[0] - 2 * LEFT_PX, 11)
    write_lines(plate, foot, (LEFT_PX, SIZE_PX[1] - 14 - 14 * (len(foot) - 1)), 11, leading=14, color=SOFT)


def _write_legend(plate: Plate, story: Story, chapter: Chapter, scene: dict[str, Drawn], language: str) -> None:
    """All entries of the legend with their notes, then how sure the marks are, in columns on the right."""
    keys = layer_keys(story, chapter, scene)
    keys += certainty_keys(story, chapter, scene, read_words(language)["certainty"])
    left, y = LEFT_PX + COLUMN_PX + 50, TOP_PX
    for key in keys:
        title, note = wrap(key.title, KEY_PX, 13), wrap(key.note, KEY_PX, 11)
        if y + 17 * len(title) + 14 * len(note) > SIZE_PX[1] - 40:
            left, y = left + KEY_PX + 64, TOP_PX
        draw_key(plate, story, key, (left + 13, y - 5))
        below = write_lines(plate, title, (left + 38, y), 13, leading=17)
        y = write_lines(plate, note, (left + 38, below - 2), 11, leading=14, color=SOFT) + (
            11 if isinstance(key.shows, str) else 7
        )
