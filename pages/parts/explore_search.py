"""The search for a place, by the offline gazetteer: any language and spelling, and the map flies there."""

from math import log2
from pathlib import Path

import streamlit as st

from geodata.gazetteer import Entry, find
from pages.parts.explore_state import DESK, Desk, change, fly_to
from story.gazette import LANGUAGES
from story.outlook import LEAST_ZOOM, MOST_ZOOM, spot_at

_HERE = Path(__file__).parent
KEY = "search"
NEAR_ZOOM = 8.5
VIEW_PX, WORLD_PX = 420, 256  # an area fills so much of the map's width; the world at zoom 0

_SEARCH = st.components.v2.component(
    "explore_search",
    html='<div class="explore-search"><input type="search" role="combobox" aria-autocomplete="list" '
    'aria-expanded="false" aria-controls="found" autocomplete="off" spellcheck="false" maxlength="60">'
    '<ul id="found" role="listbox" aria-label="Places" hidden></ul><p class="unseen" role="status"></p></div>',
    js=(_HERE / "explore_search.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


@st.fragment
def show_search(desk: Desk) -> None:
    """A field with the places that answer to what is typed; typing runs nothing else of the page."""
    asked = str((st.session_state.get(KEY) or {}).get("query") or "")
    matches = [say_match(match.entry) for match in find(asked)]
    _SEARCH(
        key=KEY,
        data={"query": asked, "matches": matches, "words": desk.words["explore"]["search"]},
        on_query_change=lambda: None,
        on_chosen_change=lambda: take_place(desk),
        height="content",
    )


def say_match(entry: Entry) -> dict[str, object]:
    """A place as the list shows it: its names, and what and where it is."""
    return {"id": entry.id, "name": entry.name, "names": other_names(entry), "detail": entry.detail}


def other_names(entry: Entry) -> list[dict[str, str]]:
    """A place's names in other languages, each text once, with the language that HTML must know."""
    named = {entry.names[column[-2:]]: lang for column, lang in LANGUAGES.items() if column[-2:] in entry.names}
    return [{"text": text, "lang": lang} for text, lang in named.items()]


def take_place(desk: Desk) -> None:
    """Fly to the place that was chosen, and say what lies around it."""
    entry = desk.places.get(str((st.session_state.get(KEY) or {}).get("chosen")))
    if entry is None:
        return
    lon, lat = entry.lonlat
    change(spot=spot_at(lat, lon), place=entry.id, record="")
    st.session_state.panel = "Record"
    fly_to(lat, lon, zoom_for(entry))
    st.rerun(DESK)  # not the whole page: that would take up the address, which may be from before a press on its way


def zoom_for(entry: Entry) -> float:
    """The zoom at which a place is seen well: an area whole, a point with what lies around it."""
    if entry.bounds_wsen is None:
        return NEAR_ZOOM
    west, south, east, north = entry.bounds_wsen
    span_deg = max(east - west, (north - south) * 1.2)
    return min(NEAR_ZOOM, MOST_ZOOM, max(LEAST_ZOOM, round(log2(VIEW_PX * 360 / (WORLD_PX * span_deg)), 1)))
