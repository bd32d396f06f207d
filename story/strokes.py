"""How lines are drawn: the dashes of each stroke and how they end."""

from typing import Literal

Stroke = Literal["solid", "dashed", "dotted", "dash-dot", "road", "ticks"]
DASHES: dict[Stroke, str | None] = {
    "solid": None,
    "dashed": "6 5",
    "dotted": "1 5",
    "dash-dot": "9 4 2 4",
    "road": "13 4",
    "ticks": "1.6 9",
}


def cap(stroke: Stroke) -> str:
    """How the dashes of a stroke end: straight for the pieces of a road and the posts of a fence."""
    return "butt" if stroke in {"road", "ticks"} else "round"
