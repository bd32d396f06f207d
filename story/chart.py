"""The small charts beside the text, as SVG: figures compared as bars, events on a line of time."""

from story.facts import Fact, Figure
from story.length_chart import draw_lengths
from story.model import Chart, Row
from story.svg import Node, node, to_text
from story.wording import say_figure

WIDTH_PX = 420
ROW_PX = 34
LANE_PX = 46
LANE_TOP_PX = 18
DAYS_IN_YEAR = 365
MONTHS_IN_YEAR = 12
DOTS = ("event", "event second", "event third", "event fourth")


def draw_chart(chart: Chart, facts: dict[str, Fact], records: str) -> str:
    """A chart as an SVG element with words for those who do not see it; `records` is the address of the records."""
    match chart.kind:
        case "bars":
            return to_text(_bars(chart, facts))
        case "lengths":
            return to_text(draw_lengths(chart, facts))
        case "timeline":
            return to_text(_timeline(chart, facts, records))


def _svg(role: str, height_px: float, label: str, parts: list[Node]) -> Node:
    size = {"viewBox": f"0 0 {WIDTH_PX} {height_px:.0f}", "role": role, "aria-label": label}
    return node("svg", size, *parts)


def _text(x: float, y: float, words: str, *, soft: bool = False, anchor: str = "start") -> Node:
    style = {"x": round(x, 1), "y": y, "class": "soft" if soft else None, "text-anchor": anchor}
    return node("text", style, text=words)


def _bar(top: float, width: float, kind: str) -> Node:
    return node("rect", {"class": kind, "x": 0, "y": top, "width": round(width, 1), "height": 7})


def _bars(chart: Chart, facts: dict[str, Fact]) -> Node:
    """One bar for each figure; of a range the lower end is solid and the rest of it pale."""
    figures = [(row, figure) for row in chart.rows if (figure := _figure(row, facts))]
    largest = max(figure.high if figure.high is not None else figure.middle for _, figure in figures) or 1
    parts, said = [], []
    for index, (row, figure) in enumerate(figures):
        top = index * ROW_PX
        low = figure.value if figure.value is not None else figure.low or 0
        parts += [_text(0, top + 12, row.name), _text(WIDTH_PX, top + 12, say_figure(figure), soft=True, anchor="end")]
        if figure.high is not None and figure.high > low:
            parts.append(_bar(top + 18, WIDTH_PX * figure.high / largest, "range"))
        parts.append(_bar(top + 18, WIDTH_PX * low / largest, "bar-fill"))
        said.append(f"{row.name}: {say_figure(figure)}, {figure.according_to}")
    return _svg("img", len(figures) * ROW_PX, f"{chart.title}. {'; '.join(said)}", parts)


def _figure(row: Row, facts: dict[str, Fact]) -> Figure | None:
    return facts[row.fact].figure(row.figure, row.by) if row.figure else None


def _timeline(chart: Chart, facts: dict[str, Fact], records: str) -> Node:
    """A lane for each kind of event, a point for each record, which leads to it; a stroke from a reply to its cause."""
    moments = [(row, when) for row in chart.rows if (when := year_of(facts[row.fact].first_day))]
    start, end = int(min(when for _, when in moments)), int(max(when for _, when in moments)) + 1
    parts = _axis(start, end, len(chart.lanes))
    spots = {
        row.fact: (round(WIDTH_PX * (when - start) / (end - start), 1), _lane_y(chart.lanes.index(row.lane or "")))
        for row, when in moments
    }
    for id_, (x, y) in spots.items():
        for cause in (spots[each] for each in facts[id_].replies_to if each in spots):
            parts.append(node("path", {"class": "answer", "d": f"M{cause[0]} {cause[1]}L{x} {y}"}))
    for index, lane in enumerate(chart.lanes):
        middle = _lane_y(index)
        parts += [
            _text(0, middle - 14, lane, soft=True),
            node("path", {"class": "axis", "d": f"M0 {middle}H{WIDTH_PX}"}),
        ]
        for row, _ in moments:
            if row.lane == lane:
                dot = {"class": DOTS[index % len(DOTS)], "r": 6, "cy": middle, "cx": spots[row.fact][0]}
                link = {"href": f"{records}#record-{row.fact}", "data-fact": row.fact, "aria-label": row.name}
                parts.append(node("a", link, node("title", text=row.name), node("circle", dot)))
    return _svg("group", LANE_TOP_PX + len(chart.lanes) * LANE_PX + 16, chart.title, parts)


def _lane_y(index: int) -> int:
    return LANE_TOP_PX + index * LANE_PX + 22


def _axis(start: int, end: int, lanes: int) -> list[Node]:
    """A line and a number for each year."""
    bottom = LANE_TOP_PX + lanes * LANE_PX
    parts = []
    for year in range(start, end + 1):
        x = WIDTH_PX * (year - start) / (end - start)
        anchor = "start" if year == start else "end" if year == end else "middle"
        parts.append(node("path", {"class": "axis", "d": f"M{x:.1f} {LANE_TOP_PX - 4}V{bottom}"}))
        parts.append(_text(x, bottom + 13, str(year), soft=True, anchor=anchor))
    return parts


def year_of(iso: str) -> float | None:
    """An ISO date as a year with its fraction, as exactly as the text goes: `2025-10` -> 2025.75; None if empty."""
    if not iso:
        return None
    year, month, day = ([int(part) for part in iso.split("-")] + [1, 1])[:3]
    return year + (month - 1) / MONTHS_IN_YEAR + (day - 1) / DAYS_IN_YEAR
