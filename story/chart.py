"""The small charts beside the text, as SVG: figures compared as bars, events on a line of time."""

from markupsafe import Markup

from story.facts import Fact, Figure
from story.model import Chart, Row
from story.wording import say_figure

WIDTH_PX = 420
ROW_PX = 34
LANE_PX = 46
LANE_TOP_PX = 18
SHAPES = ("event", "event second", "event third")


def draw_chart(chart: Chart, facts: dict[str, Fact], records: str) -> Markup:
    """A chart as an SVG element with a text for those who do not see it; `records` is the address of the records."""
    return _bars(chart, facts) if chart.kind == "bars" else _timeline(chart, facts, records)


def _svg(height_px: float, label: str, parts: list[Markup]) -> Markup:
    start = Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">').format(
        WIDTH_PX, round(height_px), label
    )
    return start + Markup("").join(parts) + Markup("</svg>")


def _bars(chart: Chart, facts: dict[str, Fact]) -> Markup:
    figures = [(row, figure) for row in chart.rows if (figure := _figure(row, facts))]
    largest = max(figure.high if figure.high is not None else figure.middle for _, figure in figures)
    parts, said = [], []
    for index, (row, figure) in enumerate(figures):
        top = index * ROW_PX
        low_px = WIDTH_PX * (figure.value if figure.value is not None else figure.low or 0) / largest
        high_px = WIDTH_PX * (figure.high or 0) / largest
        parts.append(Markup('<text x="0" y="{}">{}</text>').format(top + 12, row.name))
        parts.append(
            Markup('<text class="soft" x="{}" y="{}" text-anchor="end">{}</text>').format(
                WIDTH_PX, top + 12, say_figure(figure)
            )
        )
        if high_px > low_px:
            parts.append(
                Markup('<rect class="range" x="0" y="{}" width="{:.1f}" height="7"/>').format(
                    top + 18, high_px
                )
            )
        parts.append(
            Markup('<rect class="bar-fill" x="0" y="{}" width="{:.1f}" height="7"/>').format(top + 18, low_px)
        )
        said.append(f"{row.name}: {say_figure(figure)}, {figure.according_to}")
    return _svg(len(figures) * ROW_PX, f"{chart.title}. {'; '.join(said)}", parts)


def _figure(row: Row, facts: dict[str, Fact]) -> Figure | None:
    return facts[row.fact].figure(row.figure) if row.figure else None


def _timeline(chart: Chart, facts: dict[str, Fact], records: str) -> Markup:
    moments = [(row, when) for row in chart.rows if (when := year_of(facts[row.fact].first_day))]
    first, last = min(when for _, when in moments), max(when for _, when in moments)
    start, end = int(first), int(last) + 1
    parts = [_axis(start, end, len(chart.lanes))]
    said = []
    for index, lane in enumerate(chart.lanes):
        middle = LANE_TOP_PX + index * LANE_PX + 22
        parts.append(Markup('<text class="soft" x="0" y="{}">{}</text>').format(middle - 14, lane))
        parts.append(Markup('<path class="axis" d="M0 {0}H{1}"/>').format(middle, WIDTH_PX))
        for row, when in moments:
            if row.lane == lane:
                x = WIDTH_PX * (when - start) / (end - start)
                link = '<a href="{5}#record-{0}" data-fact="{0}" aria-label="{1}"><title>{1}</title><circle class="{2}" cx="{3:.1f}" cy="{4}" r="6"/></a>'
                kind = SHAPES[index % len(SHAPES)]
                parts.append(Markup(link).format(row.fact, row.name, kind, x, middle, records))
                said.append(f"{lane}: {row.name}")
    height_px = LANE_TOP_PX + len(chart.lanes) * LANE_PX + 14
    return _svg(height_px, f"{chart.title}. {'; '.join(said)}", parts).replace(
        'role="img"', 'role="group"', 1
    )


def _axis(start: int, end: int, lanes: int) -> Markup:
    ticks = []
    bottom = LANE_TOP_PX + lanes * LANE_PX
    for year in range(start, end + 1):
        x = WIDTH_PX * (year - start) / (end - start)
        anchor = "start" if year == start else "end" if year == end else "middle"
        ticks.append(Markup('<path class="axis" d="M{0:.1f} {1}V{2}"/>').format(x, LANE_TOP_PX - 4, bottom))
        ticks.append(
            Markup('<text class="soft" x="{:.1f}" y="{}" text-anchor="{}">{}</text>').format(
                x, bottom + 12, anchor, year
            )
        )
    return Markup("").join(ticks)


def year_of(iso: str) -> float | None:
    """An ISO date as a year with its fraction, as exactly as the text goes: `2025-10` -> 2025.75; None if empty."""
    if not iso:
        return None
    parts = [int(part) for part in iso.split("-")]
    month = parts[1] - 1 if len(parts) > 1 else 0
    day = parts[2] - 1 if len(parts) > 2 else 0
    return parts[0] + month / 12 + day / 365
