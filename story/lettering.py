"""Letters on a plate: how wide they run, where lines break, and where names and notes find room on a map."""

from functools import lru_cache
from typing import Any

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties
from matplotlib.patheffects import withStroke

from story.drawn import Name
from story.marks import SHAPES
from story.plate import ACCENT, DPI, PAPER, RULE, SANS, SOFT, TEXT, Frame, Plate
from story.window import SIDES, Box, beside, overlap

QUIET = {"country", "area"}
HAIR_SPACE = "\u200a"
NOTE_WIDTH_PX, NOTE_PX = 214, 15
FAR_PX = (16, 44, 80, 130)  # how far from its place a note may stand

LonLat = tuple[float, float]


def measure(text: str, size: float, family: tuple[str, ...] = SANS, weight: str = "normal") -> float:
    """The width of a line of text in pixels."""
    return _measure(text, size, family, weight)


@lru_cache(maxsize=4096)
def _measure(text: str, size: float, family: tuple[str, ...], weight: str) -> float:
    font = FontProperties(family=list(family), weight=weight, size=size)
    width: float = _ruler().get_text_width_height_descent(text, font, ismath=False)[0]  # type: ignore[no-untyped-call]
    return width


@lru_cache(maxsize=1)
def _ruler() -> RendererAgg:
    return RendererAgg(1, 1, DPI)  # type: ignore[no-untyped-call]


def wrap(text: str, width: float, size: float, **style: Any) -> list[str]:
    """Text broken into lines no wider than `width` pixels, as far as its words allow."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, size, **style) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def write_lines(
    plate: Plate, lines: list[str], at: tuple[float, float], size: float, *, leading: float, **style: Any
) -> float:
    """Write lines below each other; give the height in pixels at which the next one would stand."""
    for index, line in enumerate(lines):
        plate.write(line, (at[0], at[1] + leading * index), size, **style)
    return at[1] + leading * len(lines)


def write_names(plate: Plate, names: list[Name], frame: Frame, sizes: dict[str, float], inside: Box) -> None:
    """Write names where there is room within the box `inside`, in the order given; the rest are left out."""
    halo = [withStroke(linewidth=3.2 * plate.magnify, foreground=PAPER, alpha=0.9)]
    for name in names:
        quiet, size = name.kind in QUIET, sizes[name.kind]
        text = HAIR_SPACE.join(name.text.upper()) if quiet else name.text
        weight = "normal" if name.kind == "place" else "bold"
        extent = measure(text, size, weight=weight), size * 1.15
        at, gap = frame.xy(*name.lonlat), (name.gap_px + 3) * plate.magnify
        boxes = (beside(side, at, extent, gap) for side in (("middle",) if quiet else SIDES))
        box = next((each for each in boxes if _free(plate, each, inside)), None)
        if box is None:
            continue
        plate.taken.append(box)
        if name.kind in {"place", "capital"}:
            _draw_town(plate, at, capital=name.kind == "capital")
        style = {"color": SOFT if quiet else TEXT, "weight": weight, "path_effects": halo}
        plate.write(text, (box[0], box[3] - size * 0.28), size, **style)


def _draw_town(plate: Plate, at: tuple[float, float], *, capital: bool) -> None:
    size = (15 if capital else 9) * plate.magnify
    style: dict[str, Any] = {"facecolor": TEXT if capital else "#ffffff", "edgecolor": "#ffffff" if capital else TEXT}
    plate.draw_shape(SHAPES["square" if capital else "dot"], at, size, **style)
    plate.taken.append(beside("middle", at, (size, size), 0))


def write_notes(plate: Plate, notes: list[tuple[str, LonLat]], frame: Frame, inside: Box) -> None:
    """Write notes on small sheets beside their places, each with a line to it; those without room are left out."""
    for text, lonlat in notes:
        lines = wrap(text, NOTE_WIDTH_PX, NOTE_PX)
        size = max(measure(line, NOTE_PX) for line in lines) + 20, len(lines) * NOTE_PX * 1.28 + 12
        at = frame.xy(*lonlat)
        boxes = (beside(side, at, size, gap) for gap in FAR_PX for side in SIDES)
        box = next((each for each in boxes if _free(plate, each, inside)), None)
        if box is None:
            continue
        plate.taken.append(box)
        left, top, right, bottom = box
        plate.level += 1
        end = min(max(at[0], left), right), min(max(at[1], top), bottom)
        plate.draw_line([at, end], ACCENT, 1.4)
        plate.draw_box(box, facecolor="#ffffff", edgecolor=RULE)
        plate.draw_box((left, top, left + 3, bottom), facecolor=ACCENT)
        write_lines(plate, lines, (left + 12, top + NOTE_PX * 1.28), NOTE_PX, leading=NOTE_PX * 1.28)


def _free(plate: Plate, box: Box, inside: Box) -> bool:
    within = box[0] > inside[0] and box[1] > inside[1] and box[2] < inside[2] and box[3] < inside[3]
    return within and not any(overlap(box, other) for other in plate.taken)
