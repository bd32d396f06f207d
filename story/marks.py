"""The shapes of the map's marks, once for the map, the legend and the stills, and how large a mark is.

Each shape is an SVG path in a box from -12 to 12 on both axes, told apart by outline alone, without colour.
"""

from math import sqrt

from story.model import Mark

SHAPES: dict[Mark | str, str] = {
    "dot": "M0-9A9 9 0 1 1 0 9A9 9 0 1 1 0-9Z",
    "triangle": "M0-10L10.5 8.5H-10.5Z",
    "square": "M-8.5-8.5H8.5V8.5H-8.5Z",
    "diamond": "M0-11L9 0L0 11L-9 0Z",
    "star": "M0-11.5L3.1-3.9L11.3-3.4L5-1.8L6.9 9.4L0 5L-6.9 9.4L-5-1.8L-11.3-3.4L-3.1-3.9Z",
    "cross": "M-10-5.5L-5.5-10L0-4.5L5.5-10L10-5.5L4.5 0L10 5.5L5.5 10L0 4.5L-5.5 10L-10 5.5L-4.5 0Z",
    "hexagon": "M-5.2-9H5.2L10.4 0L5.2 9H-5.2L-10.4 0Z",
    "pentagon": "M0-10.5L10-3.2L6.2 8.5H-6.2L-10-3.2Z",
    "drop": "M0 10.5C-4 4-8.5 1-8.5-3.5A8.5 8.5 0 0 1 8.5-3.5C8.5 1 4 4 0 10.5Z",
    "capital": "M-8-8H8V8H-8ZM-3.5-3.5V3.5H3.5V-3.5Z",
    "base": "M-2-11H2V-4L11 1.5V5L2 2.5V7L5 9.5V11.5H-5V9.5L-2 7V2.5L-11 5V1.5L-2-4Z",
    "tent": "M0-9L11 9H4L0 2L-4 9H-11Z",
}
CUT = "M-9 9L9-9"  # through a mark that is contested

PLAIN_PX = 15
SMALLEST_PX = 11
LARGEST_PX = 54
CIRCLE_LARGEST_PX = 84


def mark_px(number: float | None) -> int:
    """Width of a mark in pixels for a number of deaths: its area grows with the number, within legible limits."""
    if number is None:
        return PLAIN_PX
    return round(min(LARGEST_PX, SMALLEST_PX + 2.6 * sqrt(max(number, 0))))


def circle_px(number: float, largest: float) -> float:
    """Diameter in pixels of a circle whose area is to the largest one's as `number` is to `largest`."""
    return round(max(7.0, CIRCLE_LARGEST_PX * sqrt(number / largest)), 1)
