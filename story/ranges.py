"""Figures by counter as a small dot-and-range chart: a row for each, a dot for a value, a bar from low to high."""

from collections.abc import Mapping
from itertools import count

from story.compare import find_figure, is_open, plain_unit, qualifier
from story.facts import Comparison, Counted, Fact, Figure
from story.svg import Node, node, to_text
from story.wording import say_number

WIDTH_PX = 340
ROW_PX = 38
TRACK_PX = 25  # from the top of a row to its line
EDGE_PX = 7  # air for a dot at either end
AXIS_PX = 18
MOST_TICKS = 4
OPEN_PX = 16  # the tail of a figure that says "at least"


def say_range(figure: Figure) -> str:
    """A figure's number or range with how it is meant, without its unit: `at least 30`, `424–969`."""
    if figure.low is not None and figure.high is not None and figure.low < figure.high:
        return f"{say_number(figure.low)}–{say_number(figure.high)}"
    number = say_number(figure.middle if figure.value is None else figure.value)
    return f"{qualifier(figure)} {number}".strip()


def draw_ranges(comparison: Comparison, facts: Mapping[str, Fact], records: str) -> str:
    """A comparison as an SVG element in the order of its rows; each row leads to its record below `records`.

    Rows whose figure does not exist are left out; a story that was read has none.
    """
    rows = [(row, figure) for row in comparison.rows if (figure := find_figure(row, facts))]
    largest = max(_top(figure) for _, figure in rows)
    ticks = ticks_to(largest)
    height_px = len(rows) * ROW_PX + AXIS_PX
    parts = _axis(ticks, len(rows) * ROW_PX)
    said = []
    for index, (row, figure) in enumerate(rows):
        words = ", ".join(part for part in (row.counter, row.note) if part)
        said.append(f"{words}: {say_range(figure)} {plain_unit(figure)}")
        link = {"href": f"{records}#record-{row.fact}", "data-fact": row.fact, "aria-label": said[-1]}
        parts.append(node("a", link, *_row(index * ROW_PX, row, figure, ticks[-1])))
    attributes = {"class": "ranges", "viewBox": f"0 0 {WIDTH_PX} {height_px}", "role": "group"}
    attributes["aria-label"] = comparison.title
    named = [node("title", text=comparison.title), node("desc", text="; ".join(said))]
    return to_text(node("svg", attributes, *named, *parts))


def ticks_to(largest: float) -> list[float]:
    """Round numbers in even steps from 0 to the first that is not below `largest`, at most five of them."""
    for power in count(-2):
        for digit in (1, 2, 2.5, 5):
            step = digit * 10**power
            steps = -(-largest // step)
            if steps <= MOST_TICKS:
                return [step * each for each in range(int(max(steps, 1)) + 1)]
    raise AssertionError  # count() does not end


def _top(figure: Figure) -> float:
    return max(number for number in (figure.value, figure.low, figure.high) if number is not None)


def _axis(ticks: list[float], bottom_px: float) -> list[Node]:
    parts = []
    for tick in ticks:
        x = _x(tick, ticks[-1])
        anchor = "start" if tick == ticks[0] else "end" if tick == ticks[-1] else "middle"
        edge = 0 if anchor == "start" else WIDTH_PX if anchor == "end" else x
        parts.append(node("path", {"class": "tick", "d": f"M{x} {TRACK_PX - 6}V{bottom_px + 2}"}))
        label = {"class": "soft", "x": edge, "y": bottom_px + AXIS_PX - 4, "text-anchor": anchor}
        parts.append(node("text", label, text=say_number(tick)))
    return parts


def _x(number: float, end: float) -> float:
    return round(EDGE_PX + (WIDTH_PX - 2 * EDGE_PX) * number / end, 1)


def _row(top_px: float, row: Counted, figure: Figure, end: float) -> list[Node]:
    """A row's ground to press, its words, its line, and on it the range, the dot, the tail of an open figure."""
    y = top_px + TRACK_PX
    name = node("text", {"x": 0, "y": top_px + 13, "class": "who"}, text=row.counter)
    if row.note:
        name.append(node("tspan", {"class": "soft", "dx": 7}, text=row.note))
    number = node("text", {"x": WIDTH_PX, "y": top_px + 13, "class": "number", "text-anchor": "end"})
    number.text = say_range(figure)
    ground = node("rect", {"class": "ground", "x": 0, "y": top_px, "width": WIDTH_PX, "height": ROW_PX - 2})
    line = node("path", {"class": "track", "d": f"M{EDGE_PX} {y}H{WIDTH_PX - EDGE_PX}"})
    kind = "party" if row.party else "outside"
    return [ground, name, number, line, *_marks(figure, y, end, kind)]


def _marks(figure: Figure, y: float, end: float, kind: str) -> list[Node]:
    parts = []
    if figure.low is not None and figure.high is not None and figure.low < figure.high:
        left, right = _x(figure.low, end), _x(figure.high, end)
        size = {"x": left, "y": y - 4.5, "width": max(round(right - left, 1), 3), "height": 9, "rx": 2}
        parts.append(node("rect", {"class": f"span {kind}", **size}))
    if figure.value is not None:
        x = _x(figure.value, end)
        if is_open(figure):
            tail = f"M{x + 6} {y}h{OPEN_PX}m-4.5-3.5l4.5 3.5l-4.5 3.5"
            parts.append(node("path", {"class": "tail", "d": tail}))
        parts.append(node("circle", {"class": f"dot {kind}", "cx": x, "cy": y, "r": 5}))
    return parts
