"""Charts of figures by several counters, side by side: by year, as the map's time has them, or by place."""

from dataclasses import asdict
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from geodata.gazetteer import find
from pages.parts.explore_charts import ACCENT, AXIS_PX, BARS_PX, KEY_ROW_PX, ROW_PX, SECOND, is_dark
from pages.parts.explore_search import zoom_for
from pages.parts.explore_state import Desk, change, fly_to, outlook, show
from story.atlas import Series
from story.model import CircleLayer
from story.outlook import with_months
from story.tallies import compare

FAINT = 0.3  # of bars outside the time that the map shows


def show_all_series(desk: Desk) -> None:
    """All charts of figures compared; press a bar for its year, or its place, on the map."""
    for number, series in enumerate(desk.story.atlas.series):
        show_series(desk, series, number)


def show_series(desk: Desk, series: Series, number: int) -> None:
    """Figures of several counters, side by side; years outside the chosen time are faint."""
    frame = pd.DataFrame([asdict(each) for each in compare(series, desk.story.facts)])
    by_year = series.axis == "year"
    first, last = (month[:4] for month in outlook().query.months or desk.known.months)
    frame["within"] = (frame["word"] >= first) & (frame["word"] <= last) if by_year else True
    counters = frame["counter"].nunique()
    bars = BARS_PX if by_year else int(ROW_PX * 0.7 * counters * frame["word"].nunique())
    order: Any = "ascending" if by_year else list(dict.fromkeys(frame["word"]))
    word, amount, beside = ("x", "y", "xOffset") if by_year else ("y", "x", "yOffset")
    axes = {"x": alt.X, "y": alt.Y}
    channels = {
        word: axes[word]("word:O", title=None, sort=order, axis=alt.Axis(labelLimit=160)),
        amount: axes[amount]("number:Q", title=None),
        beside: "counter:N",
    }
    chart = (
        alt.Chart(frame, height=bars + AXIS_PX + KEY_ROW_PX * counters)
        .mark_bar()
        .encode(
            **channels,
            color=alt.Color(
                "counter:N",
                scale=alt.Scale(range=[ACCENT[is_dark()], SECOND[is_dark()]]),
                legend=alt.Legend(title=None, orient="bottom", columns=1, labelLimit=320),
            ),
            opacity=alt.condition("datum.within", alt.value(1), alt.value(FAINT)),
            tooltip=["counter:N", "word:N", "number:Q"],
        )
        .add_params(alt.selection_point(name="pick", fields=["word", "record"]))
    )
    st.markdown(f"**{series.title}**")
    if series.note:
        st.caption(series.note)
    key = f"series-{number}"
    st.altair_chart(
        chart,
        key=key,
        on_select=lambda: take_bar(desk, series, st.session_state[key]),
        selection_mode="pick",
        alt=f"{series.title}. {series.note}",
    )


def take_bar(desk: Desk, series: Series, said: Any) -> None:
    """Take in the bar that was pressed: its year becomes the map's time, its place the map's middle.

    A layer that draws the figures compared is switched on.
    """
    picked: list[dict[str, Any]] = (said.get("selection") or {}).get("pick") or []
    words = [str(one["word"]) for one in picked if "word" in one]
    if not words:
        return
    if series.axis == "year":
        if all(len(each) == len("2008") and each.isdigit() for each in words):
            show(with_months(outlook(), (f"{min(words)}-01", f"{max(words)}-12"), desk.known))
    else:
        for match in find(words[-1], limit=1, kinds=("district", "province")):
            if match.how == "exact":
                lon, lat = match.entry.lonlat
                fly_to(lat, lon, zoom_for(match.entry))
    drawing = {
        id_ for id_, each in desk.story.layers.items() if isinstance(each, CircleLayer) and each.fact in series.facts
    }
    on = drawing | set(outlook().layers)
    change(layers=tuple(id_ for id_ in desk.known.layers if id_ in on))
