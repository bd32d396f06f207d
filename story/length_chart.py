"""The length of a line by the detail of its drawing, beside the lengths that others give: one small chart as SVG."""

from functools import cache
from itertools import pairwise
from math import log
from typing import Final

from geodata.lengths import LengthAtTolerance, lengths_by_tolerance
from geodata.load import load
from story.facts import Fact, Figure
from story.model import Chart
from story.svg import Node, node
from story.wording import say_number

WIDTH_PX, HEIGHT_PX = 420, 292
LEFT_PX, RIGHT_PX, TOP_PX, BOTTOM_PX = 40, 214, 12, 250
LABEL_PX = 238  # where the names of those who give a length begin
LINE_PX = 17
FINEST_M = 100.0  # the detail of a line as shipped
TOLERANCES_M: Final = (0.0, 200.0, 500.0, 1_000.0, 2_000.0, 5_000.0, 10_000.0, 20_000.0, 50_000.0)
TICKS_M = (100.0, 1_000.0, 10_000.0, 50_000.0)
KM_IN_MILE, M_IN_KM = 1.609344, 1000
STEP_KM = 200


@cache
def measure_line(dataset: str) -> tuple[LengthAtTolerance, ...]:
    """The lengths in km of a dataset's one line at each tolerance, the finest first."""
    return lengths_by_tolerance(load(dataset).geometry.iloc[0], TOLERANCES_M)


def draw_lengths(chart: Chart, facts: dict[str, Fact]) -> Node:
    """The measured lengths as a curve; beside it each quoted length, with the detail at which the line has it."""
    steps = measure_line(chart.dataset or "")
    quoted = [
        (row.name, _km(figure)) for row in chart.rows if (figure := facts[row.fact].figure(row.figure or "", row.by))
    ]
    quoted.sort(key=lambda each: -each[1])
    frame = _Frame([step.length_km for step in steps] + [km for _, km in quoted])
    parts = [*_axes(frame, " ".join(chart.lanes)), *_curve(frame, steps)]
    tops = _apart([frame.y(km) for _, km in quoted])
    for (name, km), top in zip(quoted, tops, strict=True):
        parts += _quote(frame, steps, name, km, top)
    finest, coarsest = steps[0], steps[-1]
    said = "; ".join(f"{name}: {say_number(km)} km" for name, km in quoted)
    label = (
        f"{chart.title}. {say_number(round(finest.length_km))} km at a detail of 100 m, "
        f"{say_number(round(coarsest.length_km))} km at {say_number(coarsest.tolerance_m / M_IN_KM)} km. {said}"
    )
    size = {"viewBox": f"0 0 {WIDTH_PX} {HEIGHT_PX}", "role": "img", "aria-label": label}
    return node("svg", size, *parts)


class _Frame:
    """Where a length in km and a tolerance in metres stand, in pixels; the tolerances on a logarithmic scale."""

    def __init__(self, lengths_km: list[float]) -> None:
        self.low = min(lengths_km) // STEP_KM * STEP_KM
        self.high = -(-max(lengths_km) // STEP_KM) * STEP_KM

    def y(self, km: float) -> float:
        return BOTTOM_PX - (km - self.low) / (self.high - self.low) * (BOTTOM_PX - TOP_PX)

    def x(self, metres: float) -> float:
        last = TOLERANCES_M[-1]
        share = log(max(metres, FINEST_M) / FINEST_M) / log(last / FINEST_M)
        return LEFT_PX + share * (RIGHT_PX - LEFT_PX)


def _axes(frame: _Frame, detail: str) -> list[Node]:
    parts = []
    for km in range(int(frame.low), int(frame.high) + 1, STEP_KM):
        y = round(frame.y(km), 1)
        parts.append(node("path", {"class": "axis", "d": f"M{LEFT_PX} {y}H{RIGHT_PX}"}))
        parts.append(_text(LEFT_PX - 6, y + 4, say_number(km), anchor="end", soft=True))
    for metres in TICKS_M:
        said = f"{metres:.0f} m" if metres < M_IN_KM else f"{metres / M_IN_KM:.0f} km"
        parts.append(_text(frame.x(metres), BOTTOM_PX + 17, said, anchor="middle", soft=True))
    parts.append(_text(LEFT_PX, BOTTOM_PX + 35, detail, soft=True))
    return parts


def _curve(frame: _Frame, steps: tuple[LengthAtTolerance, ...]) -> list[Node]:
    points = [(round(frame.x(step.tolerance_m), 1), round(frame.y(step.length_km), 1)) for step in steps]
    path = "L".join(f"{x} {y}" for x, y in points)
    dots = [node("circle", {"class": "event", "cx": x, "cy": y, "r": 3}) for x, y in points]
    return [node("path", {"class": "curve", "d": f"M{path}"}), *dots]


def _quote(frame: _Frame, steps: tuple[LengthAtTolerance, ...], name: str, km: float, top: float) -> list[Node]:
    """A quoted length: a line from where our curve has it to the name of whoever gives it."""
    y, start = frame.y(km), frame.x(tolerance_at(steps, km))
    lead = f"M{start:.1f} {y:.1f}H{RIGHT_PX + 4}L{LABEL_PX - 4} {top:.1f}"
    ring = {"class": "event second", "cx": round(start, 1), "cy": round(y, 1), "r": 3.4}
    words = _text(LABEL_PX, top + 4, f"{say_number(km)} ")
    words.append(node("tspan", {"class": "soft"}, text=name))
    return [node("path", {"class": "quoted", "d": lead}), node("circle", ring), words]


def tolerance_at(steps: tuple[LengthAtTolerance, ...], km: float) -> float:
    """The tolerance in metres at which a line has a length, between its steps by logarithm; else the nearer end."""
    for finer, coarser in pairwise(steps):
        if coarser.length_km <= km <= finer.length_km:
            share = (finer.length_km - km) / (finer.length_km - coarser.length_km)
            low, high = max(finer.tolerance_m, FINEST_M), coarser.tolerance_m
            return float(low * (high / low) ** share)
    return FINEST_M if km > steps[0].length_km else steps[-1].tolerance_m


def _apart(tops: list[float]) -> list[float]:
    """The heights of labels, in order from the top, moved down or up just so far that none touches the next."""
    for index in range(1, len(tops)):
        tops[index] = max(tops[index], tops[index - 1] + LINE_PX)
    over = max(0.0, tops[-1] - BOTTOM_PX) if tops else 0.0
    for index in range(len(tops) - 1, -1, -1):
        limit = tops[index + 1] - LINE_PX if index + 1 < len(tops) else tops[index] - over
        tops[index] = min(tops[index], limit)
    return tops


def _km(figure: Figure) -> float:
    """A figure in km; miles are converted."""
    return round(figure.middle * KM_IN_MILE) if figure.unit == "miles" else figure.middle


def _text(x: float, y: float, words: str, *, anchor: str = "start", soft: bool = False) -> Node:
    style = {"x": round(x, 1), "y": round(y, 1), "text-anchor": anchor, "class": "soft" if soft else None}
    return node("text", style, text=words)
