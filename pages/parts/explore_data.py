"""Downloads of what the map shows: the records that pass the filters, or the data of a layer that is on."""

from functools import partial

import streamlit as st

from pages.parts.explore_state import Desk, outlook
from story.atlas_page import say_licence
from story.query import Record
from story.takeaway import FORMS, About, Form, about_layer, about_records, can_be_taken, take_layer, take_records

RECORDS = ""


def show_data(desk: Desk, shown: tuple[Record, ...]) -> None:
    """What to take along, in which form; a file is made when somebody presses for it, never before."""
    layers = [id_ for id_ in outlook().layers if id_ in desk.story.layers and can_be_taken(desk.story.layers[id_])]
    titles = {id_: desk.story.layers[id_].title for id_ in layers}
    if st.session_state.get("take") not in {RECORDS, *layers}:
        st.session_state.take = RECORDS
    chosen = st.selectbox(
        "Take along",
        [RECORDS, *layers],
        format_func=lambda id_: titles.get(id_, f"{len(shown)} of {len(desk.records)} records, as filtered now"),
        key="take",
        help="Records, or the shapes of a layer that is on, in full detail. Ways that are schematic are not data.",
    )
    about = say_about(desk, shown, chosen)
    for name, form in FORMS.items():
        st.download_button(
            name,
            partial(write, desk, shown, chosen, form),
            f"{desk.story.settings.id}-{chosen or 'records'}-{desk.bundle.version}.{form.ending}",
            form.media_type,
            key=f"take-{form.ending}",
            icon=":material/download:",
            on_click="ignore",
            width="stretch",
        )
    st.caption(
        f"Every file says so itself: licence {say_licence(about.licence)}; credit {about.credit}. To cite: "
        f"{about.citation}"
    )


def write(desk: Desk, shown: tuple[Record, ...], chosen: str, form: Form) -> bytes:
    """The file: all records that are shown, or the dataset of the chosen layer."""
    layer, version = desk.story.layers.get(chosen), desk.bundle.version
    taken = take_layer(desk.story, version, layer) if layer else take_records(desk.story, version, shown)
    return form.write(taken)


def say_about(desk: Desk, shown: tuple[Record, ...], chosen: str) -> About:
    """What the file will say of itself."""
    layer, version = desk.story.layers.get(chosen), desk.bundle.version
    return about_layer(desk.story, version, layer) if layer else about_records(desk.story, version, len(shown))
