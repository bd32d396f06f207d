"""What one visitor sees on the Explore page, kept for the session and said in the address, and what there is."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import streamlit as st

from geodata.gazetteer import Entry, entries
from story.atlas_layers import first_layers, list_themes
from story.bundle import Bundle, find_bundle
from story.model import Story
from story.outlook import Camera, Known, Outlook, read_outlook, slug, write_outlook
from story.query import Record, all_verdicts, list_records
from story.wording import read_words

FEWEST = 2  # records that a counter must have to be asked for by name
DESK = "desk"  # the part of the page that a press runs
PANELS = ("Record", "Layers", "Filter", "Charts", "Data")


@dataclass(frozen=True, slots=True)
class Desk:
    """What every visitor's Explore page is made of; `places` is the gazetteer by id."""

    bundle: Bundle
    story: Story
    words: dict[str, Any]
    records: tuple[Record, ...]
    by_id: dict[str, Record]
    places: dict[str, Entry]
    known: Known


@cache
def find_desk() -> Desk:
    """The desk of our own story, made once and kept."""
    bundle = find_bundle()
    story, words = bundle.story, read_words(bundle.language)
    records = list_records(story)
    places = {entry.id: entry for entry in entries()}
    spans = [record.span for record in records if record.span]
    exact = [record.span for record in records if record.span and record.fact.date_precision != "year"]
    counters = Counter(counter for record in records for counter in record.counters)
    themes = list_themes(story)
    known = Known(
        layers=tuple(id_ for theme in themes for id_ in theme.layers),
        first_layers=(),
        themes=tuple(slug(theme.title) for theme in themes),
        filters={
            "groups": tuple(story.atlas.groups),
            "kinds": tuple(dict.fromkeys(record.fact.kind for record in records)),
            "counters": tuple(name for name, count in counters.most_common() if count >= FEWEST),
            "precisions": tuple(words["explore"]["precisions"]),
            "verdicts": all_verdicts(),
            "statuses": tuple(words["statuses"]),
        },
        months=(min(first for first, _ in spans), max(last for _, last in exact)),
        records={record.fact.id for record in records},
        places=set(places),
        chapters={chapter.slug for chapter in story.chapters},
        viewpoints={view.id for view in story.viewpoints[1:]},
    )
    on = first_layers(story)
    known = replace(known, first_layers=tuple(id_ for id_ in known.layers if id_ in on))
    return Desk(bundle, story, words, records, {each.fact.id: each for each in records}, places, known)


def begin(desk: Desk) -> None:
    """Take up what the address says, where it says something new; else go on where the visitor was."""
    said = st.query_params.to_dict()
    outlook = st.session_state.get("outlook")
    if outlook is None or (said != st.session_state.said and set(said) - {"from"}):
        asked = read_outlook(said, desk.known)
        show(replace(asked, came_from=asked.came_from or read_outlook(came_along(), desk.known).came_from))
        st.session_state.target, st.session_state.turn = st.session_state.outlook.camera, 0
        st.session_state.panel = PANELS[0]
    elif "from" in said:
        change(came_from=read_outlook(said, desk.known).came_from)


def came_along() -> dict[str, str]:
    """The chapter that the visitor came from, as another page of the app has kept it."""
    return {"from": str(st.session_state.get("came-from", ""))}


def outlook() -> Outlook:
    """What is shown now."""
    shown: Outlook = st.session_state.outlook
    return shown


def show(wanted: Outlook) -> None:
    """Show this from now on."""
    st.session_state.outlook = wanted


def change(**parts: Any) -> None:
    """Show the same but for some parts."""
    show(replace(outlook(), **parts))


def ask(**filters: Any) -> None:
    """Ask the same question but for some filters."""
    change(query=replace(outlook().query, **filters))


def open_record(id_: str, desk: Desk, *, fly: bool) -> None:
    """Choose a record and show it beside the map; with `fly` the map goes there too."""
    if id_ not in desk.by_id:
        return
    change(record=id_)
    st.session_state.panel = PANELS[0]
    fact = desk.by_id[id_].fact
    if fly and fact.lat is not None and fact.lon is not None:
        fly_to(fact.lat, fact.lon)


def fly_to(lat: float, lon: float, zoom: float = 8.0) -> None:
    """Send the map to latitude, longitude, in degrees."""
    st.session_state.target = Camera(lat, lon, zoom)
    st.session_state.turn += 1


def say_in_address(desk: Desk) -> None:
    """Write what is shown into the address, where it differs from what stands there."""
    params = write_outlook(outlook(), desk.known)
    if st.query_params.to_dict() != params:
        st.query_params.from_dict(params)
    st.session_state.said = params


def beside() -> tuple[str, ...]:
    """The panels that are drawn: the one that was chosen before, and the chosen one."""
    drawn: tuple[str, ...] = st.session_state.get("beside", ())
    panel = st.session_state.panel
    if panel not in drawn[-1:]:
        drawn = (*drawn[-1:], panel)
    st.session_state.beside = drawn
    return drawn
