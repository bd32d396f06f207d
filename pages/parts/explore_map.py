"""The free map: the reader's map in streamlit-folium's frame, which a change of layers or filters never reloads."""

import streamlit as st
from streamlit_folium import st_folium

from pages.parts.explore_state import Desk, change, outlook
from story.atlas_layers import list_themes
from story.atlas_map import AtlasMap, Spot, Wish, draw_wish
from story.nearby import circle_latlons
from story.outlook import Outlook, camera_at, slug
from story.query import Record

KEY = "atlas"
HEIGHT_PX = 640  # of the component; the style sheet makes the frame as high as the screen has room for
READ = ("center", "zoom")  # presses go their own way (explore_press.py): here they would wait a quarter of a second
NUDGE_DEG = 1e-9  # makes a place that the map was sent to before a new one, by a tenth of a millimetre


def show_map(desk: Desk, shown: tuple[Record, ...]) -> None:
    """The map with the records that pass the filters, the chosen one lit."""
    now = outlook()
    bundle = desk.bundle
    target, turn = st.session_state.target, st.session_state.turn
    st_folium(
        AtlasMap(bundle.atlas.scripts, bundle.atlas.styles),
        key=KEY,
        height=HEIGHT_PX,
        use_container_width=True,
        returned_objects=READ,
        feature_group_to_add=draw_wish(make_wish(desk, now, shown)),
        center=(target.lat + turn * NUDGE_DEG, target.lon) if target else None,
        zoom=target.zoom if target else None,
        on_change=take_move,
    )


def make_wish(desk: Desk, now: Outlook, shown: tuple[Record, ...]) -> Wish:
    """What the map shall show."""
    faint = dict(now.opacity)
    opacity = {id_: faint.get(slug(theme.title), 100) for theme in list_themes(desk.story) for id_ in theme.layers}
    spot = None
    if now.spot:
        lat, lon = now.spot
        spot = Spot(now.spot, circle_latlons((lon, lat), now.radius_km))
    return Wish(
        {id_: opacity[id_] for id_ in now.layers},
        tuple(record.number for record in shown),
        desk.by_id[now.record].number if now.record else -1,
        spot,
        now.borders,
    )


def take_move() -> None:
    """Take in where the visitor has moved the map."""
    said = st.session_state.get(KEY) or {}
    centre, zoom = said.get("center"), said.get("zoom")
    if centre and zoom:
        change(camera=camera_at(centre["lat"], centre["lng"], zoom))
