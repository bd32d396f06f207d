"""Charts beside the map, of what the map shows: acts by group, deaths by counter."""

from dataclasses import asdict
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from pages.parts.explore_state import Desk, ask, open_record, outlook, show
from story.outlook import with_months
from story.query import Record
from story.tallies import count_acts, every_time, list_tolls

MONTHLY_YEARS = 6
BARS_PX, AXIS_PX, KEY_ROW_PX = 150, 80, 27  # heights: of bars, of what stands below them, of a row of the legend
ROW_PX = 24
BAR_PX, FEW_BARS = 34, 7  # few bars are no wider than this
COUNTERS = 14
NONE_AT = 0.5  # where a scale of powers of ten, which has no nought, shows it
ACCENT = {False: "#9c2f1f", True: "#ef8f7c"}  # by whether the theme is dark, as in .streamlit/config.toml
PAPER = {False: "#fbf9f4", True: "#171614"}
SECOND = {False: "#8c8378", True: "#aaa195"}
PALER = 0.6  # how far towards the paper a colour goes that stands for a second group


def show_charts(desk: Desk, shown: tuple[Record, ...]) -> None:
    """The charts of what is shown; press a bar or a dot to see on the map what it stands for."""
    query = outlook().query
    if query.groups or query.months:
        st.button(
            "Show all times and groups again",
            key="acts-all",
            on_click=lambda: ask(groups=frozenset(), months=None),
            width="stretch",
        )
    show_acts(desk, shown)
    show_tolls(desk, shown)


def show_acts(desk: Desk, shown: tuple[Record, ...]) -> None:
    """Acts by month or year and by group; pressing a bar asks for its time and group."""
    first, last = outlook().query.months or desk.known.months
    monthly = int(last[:4]) - int(first[:4]) < MONTHLY_YEARS
    acts = count_acts(shown, monthly=monthly)
    if not acts:
        st.caption("No attacks, strikes or operations among the records shown.")
        return
    groups = desk.story.atlas.groups
    inks = {id_: desk.story.settings.palette[desk.story.layers[id_].ink] for id_ in groups}
    frame = pd.DataFrame([{**asdict(act), "who": groups[act.group]} for act in acts])
    present = [id_ for id_ in groups if id_ in set(frame["group"])]
    dark = is_dark()
    colours = tell_apart([inks[id_].dark if dark else inks[id_].light for id_ in present], PAPER[dark])
    times = every_time(acts, monthly=monthly)
    wide: Any = BAR_PX if len(times) < FEW_BARS else alt.Undefined
    pick = alt.selection_point(name="pick", fields=["when", "group"])
    chart = (
        alt.Chart(frame, height=BARS_PX + AXIS_PX + KEY_ROW_PX * len(present))
        .mark_bar(stroke=PAPER[dark], strokeWidth=0.6, size=wide)
        .encode(
            x=alt.X(
                "when:O",
                title=None,
                scale=alt.Scale(domain=times),
                axis=alt.Axis(labelAngle=-60, labelOverlap=True),
            ),
            y=alt.Y("count:Q", stack="zero", title="records", axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                "who:N",
                scale=alt.Scale(domain=[groups[id_] for id_ in present], range=colours),
                legend=alt.Legend(title=None, orient="bottom", columns=1, labelLimit=320),
            ),
            opacity=alt.condition(pick, alt.value(1), alt.value(0.35)),
            tooltip=[alt.Tooltip("who:N", title="Whose act"), alt.Tooltip("when:O", title="When"), "count:Q"],
        )
        .add_params(pick)
    )
    unit = "month" if monthly else "year"
    st.markdown(f"**Attacks, strikes and operations by {unit} and group**")
    st.caption("Counted by us: the records shown here, not all that happened.")
    st.altair_chart(
        chart,
        key="acts",
        on_select=lambda: take_acts(desk),
        selection_mode="pick",
        alt=f"Bars: records of acts by {unit} and by group. The table below the map lists the same records.",
    )


def is_dark() -> bool:
    """Whether the visitor's theme is dark."""
    return bool(st.context.theme.type == "dark")


def tell_apart(colours: list[str], paper: str) -> list[str]:
    """The colours (#rrggbb); one that occurs a second time is made paler, towards the paper."""
    told: list[str] = []
    for colour in colours:
        times = colours[: len(told)].count(colour)
        share = PALER ** (1 / times) if times else 0
        channels = ((int(colour[at : at + 2], 16), int(paper[at : at + 2], 16)) for at in (1, 3, 5))
        told.append("#" + "".join(f"{round((1 - share) * ink + share * ground):02x}" for ink, ground in channels))
    return told


def take_acts(desk: Desk) -> None:
    """Take in the bar that was pressed: its month or year, and its group."""
    picked: list[dict[str, Any]] = (st.session_state.acts.get("selection") or {}).get("pick") or []
    groups = [one["group"] for one in picked if one.get("group") in desk.known.filters["groups"]]
    times = [str(one["when"]) for one in picked if "when" in one]
    if groups and times:
        first, last = min(times), max(times)
        months = (first if "-" in first else f"{first}-01", last if "-" in last else f"{last}-12")
        ask(groups=frozenset(groups))
        show(with_months(outlook(), months, desk.known))


def show_tolls(desk: Desk, shown: tuple[Record, ...]) -> None:
    """Figures of deaths by counter, of the chosen record or of all shown; pressing one opens its record."""
    record = outlook().record
    tolls = list_tolls((desk.by_id[record],) if record else shown)
    if not tolls:
        st.caption("No figures of deaths here.")
        return
    frame = pd.DataFrame([asdict(toll) for toll in tolls])
    kept = list(frame["counter"].value_counts().index[:COUNTERS])
    frame = frame[frame["counter"].isin(kept)].assign(
        start=lambda each: each["low"].clip(lower=NONE_AT), end=lambda each: each["high"].clip(lower=NONE_AT)
    )
    pick = alt.selection_point(name="pick", fields=["record"])
    accent = ACCENT[is_dark()]
    base = alt.Chart(frame, height=ROW_PX * len(kept) + AXIS_PX).encode(
        y=alt.Y("counter:N", title=None, sort=kept, axis=alt.Axis(labelLimit=150, labelOverlap=False)),
        tooltip=["title:N", "what:N", "counter:N", "low:Q", "high:Q"],
    )
    span = base.mark_rule(strokeWidth=2, opacity=0.5, color=accent).encode(
        x=alt.X("start:Q", title="people (logarithmic scale)", scale=alt.Scale(type="log")), x2="end:Q"
    )
    dots = (
        base.mark_point(filled=True, size=60, color=accent)
        .encode(x=alt.X("start:Q"), opacity=alt.condition(pick, alt.value(0.85), alt.value(0.25)))
        .add_params(pick)
    )
    st.markdown("**Deaths, as each counter gives them**" + (" in this record" if record else ""))
    st.caption("A dot is one figure, a line its range. Counts overlap and are never added.")
    st.altair_chart(
        span + dots,
        key="tolls",
        on_select=lambda: take_tolls(desk),
        selection_mode="pick",
        alt="Dots: figures of deaths by who counted. Each stands in its record, which the table below the map opens.",
    )


def take_tolls(desk: Desk) -> None:
    """Take in the dot that was pressed."""
    picked = (st.session_state.tolls.get("selection") or {}).get("pick") or []
    if picked:
        open_record(str(picked[0].get("record", "")), desk, fly=True)
