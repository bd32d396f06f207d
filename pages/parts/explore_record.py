"""The record beside the map, or what lies around the place that was pressed."""

from html import escape

import streamlit as st

from geodata.catalogue import read_catalogue
from geodata.gazetteer import Entry
from geodata.locate import Location, edge_km
from pages.parts.explore_search import other_names
from pages.parts.explore_state import Desk, change, open_record, outlook
from pages.parts.explore_widgets import stand, taken
from pages.parts.sheet import show_sheet
from story.atlas_page import render_record, render_signs
from story.nearby import look_around
from story.outlook import RADII_KM
from story.query import Record
from story.wording import say_number

SHOWN = 8
BASE = "./"


def show_record(desk: Desk, shown: tuple[Record, ...]) -> None:
    """The chosen record; without one, the place that was pressed; without that, how to begin."""
    now = outlook()
    if now.record:
        record = desk.by_id[now.record]
        html = render_record(record, desk.story, desk.bundle.language, desk.words, BASE)
        show_sheet(f'<div class="atlas-ui">{html}</div>', key="record", said=record.fact.title)
        if shown and record not in shown:
            st.caption("The filters leave this record out of the map and the table.")
        st.button("Close the record", key="close", on_click=lambda: change(record=""))
        if now.spot:
            with st.container(key="unseen-radius"):
                show_radius()
    elif now.spot:
        show_around(desk, shown)
    else:
        placed = sum(record.fact.lat is not None for record in shown)
        show_sheet(
            boxed(
                f"<h2>{len(shown)} records, {placed} with a place</h2>"
                "<p>Press a mark for its record: what is known, who says so, and which claims of the essay rest on it. "
                "Press anywhere else for what lies around.</p>"
                f"{render_signs(desk.words)}"
            ),
            key="record",
        )


def boxed(html: str) -> str:
    """HTML that is escaped already, in the look of a record."""
    return f'<div class="atlas-ui"><div class="atlas-record">{html}</div></div>'


def show_around(desk: Desk, shown: tuple[Record, ...]) -> None:
    """Where a place lies, how far the line and a crossing are, and the attacks within a radius that is chosen here."""
    now = outlook()
    if now.spot is None:
        return
    lat, lon = now.spot
    acts = tuple(record for record in shown if record.groups)
    around = look_around((lon, lat), now.radius_km, acts)
    place = desk.places.get(now.place)
    show_sheet(boxed(say_place(place, around.location)), key="record")
    show_radius()
    surely = [near for near in around.near if near.surely]
    maybe = len(around.near) - len(surely)
    st.html(boxed(f"<p>{say_attacks(len(surely), maybe, now.radius_km)}</p>"))
    for near in around.near[:SHOWN]:
        st.button(
            f"{near.record.fact.title} ({f'{near.km:.0f} km' if near.surely else 'perhaps'})",
            key=f"near-{near.record.fact.id}",
            type="tertiary",
            on_click=open_record,
            args=(near.record.fact.id, desk),
            kwargs={"fly": False},
        )
    if len(around.near) > SHOWN:
        st.caption(f"and {len(around.near) - SHOWN} more")


def show_radius() -> None:
    """The choice of the radius."""
    now = outlook().radius_km
    key = stand("radius", now)
    st.segmented_control(
        "Radius in km", RADII_KM, default=now, key=key, required=True, on_change=lambda: take_radius(key)
    )


def take_radius(key: str) -> None:
    """Take in the radius that was chosen."""
    if change_of := taken(key):
        change(radius_km=change_of[1])


def say_place(entry: Entry | None, location: Location) -> str:
    """The place in words, as HTML: its names, where it lies, how far the line and the nearest crossing are."""
    lon, lat = location.lonlat
    name = entry.name if entry else ""
    names = (
        [f"<bdi lang='{each['lang']}' dir='rtl'>{escape(each['text'])}</bdi>" for each in other_names(entry)]
        if entry
        else []
    )
    at = f"{abs(lat):.4f}° {'N' if lat >= 0 else 'S'}, {abs(lon):.4f}° {'E' if lon >= 0 else 'W'}"
    regions = ", ".join(part for part in (location.tribal_district, location.province, location.country) if part)
    edge = " or ".join(location.near_edge_of)
    drawn = ", approximate" if read_catalogue()["tribal_districts"].approximate else ""
    said = [
        f"<h2>{escape(name or at)}</h2>",
        f"<p class='names'>{' · '.join(names)}</p>" if names else "",
        f"<p class='when'>{escape(' · '.join(part for part in (at if name else '', regions or 'At sea') if part))}</p>",
        f"<p>At the edge of {escape(edge)}, as drawn, to within about {edge_km():g} km.</p>" if edge else "",
        f"<ul class='figures'><li><b>{say_number(round(location.durand_line_km))} km</b> to the Durand Line</li>",
        (
            f"<li><b>{say_number(round(location.crossing_km))} km</b> to the nearest crossing, "
            f"{escape(location.crossing_name)}</li></ul>"
        ),
        (
            "<p class='by'>Geodesic, as the crow flies. Borders as they are administered; tribal districts as of "
            f"before 2018{drawn}.</p>"
        ),
    ]
    return "".join(said)


def say_attacks(surely: int, maybe: int, radius_km: int) -> str:
    """How many acts lie within the radius, and how many more may."""
    acts = "attack or operation" if surely == 1 else "attacks and operations"
    said = f"<b>{surely}</b> {acts} of those shown within {radius_km} km"
    return said + (
        f"; <b>{maybe}</b> more may lie within: their place is known to a district or province only." if maybe else "."
    )
