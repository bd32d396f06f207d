"""How lines are drawn: the dashes of each stroke and how they end."""

from typing import Literal

Stroke = Literal["solid", "dashed", "dotted", "dash-dot", "schematic"]
SCHEMATIC: Stroke = "schematic"
STRETCH_PX = 3  # width of a stretch along which something happened
DASHES: dict[Stroke, str | None] = {
    "solid": None,
    "dashed": "6 5",
    "dotted": "1 5",
    "dash-dot": "9 4 2 4",
    "schematic": "9 4",
}


def cap(stroke: Stroke) -> str:
    """How the dashes of a stroke end: straight for what is schematic."""
    return "butt" if stroke == SCHEMATIC else "round"
