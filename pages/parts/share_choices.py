"""The choices of the Share page as widgets; what they say stands in the address, in the words that an embed takes."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs, urlencode

import streamlit as st

from story.accents import ACCENTS, guard_accent
from story.bundle import Bundle, find_bundle
from story.embedding import TO, Options, read_options, write_query

PREFIX = "share-"  # of the widgets' keys: the session's state is shared by all pages
OWN = "own"
CHAPTERS = {"chapter", "chapters"}
LISTED = ("layout", "theme", "borders", "height")
SWITCHED = ("header", "interaction")


def read_choices(bundle: Bundle, came_from: str) -> Options:
    """What the address asks; where it names no chapter, the one that the visitor comes from."""
    asked = {name: st.query_params.get_all(name) for name in st.query_params}
    options = read_options(urlencode(asked, doseq=True), bundle.parameters)
    if not CHAPTERS & set(asked) and came_from in list(bundle.heads)[1:]:
        options["chapter"] = came_from
    return options


def choose(bundle: Bundle, options: Options, words: dict[str, Any]) -> bool:
    """Show the choices as the options have them; a change goes into the address. Tells whether to carry the picture."""
    said, values = words["share"], words["share"]["values"]
    names = said["names"]
    with st.container(key="choices"):
        _choose_chapters(bundle, options, said)
        for name in ("layout", "theme"):
            _offer(st.selectbox, name, options[name], names[name], values[name])
        own = options["accent"] not in ACCENTS
        _offer(st.selectbox, "accent", OWN if own else options["accent"], names["accent"], values["accent"])
        if own:
            st.session_state[f"{PREFIX}colour"] = f"#{options['accent']}"
            st.color_picker(said["colour"], key=f"{PREFIX}colour", help=said["colour_help"], on_change=_say)
        if bundle.story.viewpoints:
            views = {view.id: view.title for view in bundle.story.viewpoints}
            _offer(st.selectbox, "borders", options["borders"], names["borders"], views)
        _offer(st.selectbox, "height", options["height"], names["height"], values["height"])
        for name in SWITCHED:
            st.session_state[PREFIX + name] = options[name] == "on"
            st.toggle(names[name], key=PREFIX + name, on_change=_say)
        return st.toggle(said["carry"], key=f"{PREFIX}carry", help=said["carry_help"])


def _choose_chapters(bundle: Bundle, options: Options, said: dict[str, Any]) -> None:
    titles = {chapter.slug: chapter.texts[bundle.language].title for chapter in bundle.story.chapters}
    first, to, last = options["chapters"].partition(TO)
    part = "several" if to else "one" if first else "whole"
    _offer(st.segmented_control, "part", part, said["what"], said["what_is"], required=True)
    _offer(st.selectbox, "first", first or options["chapter"] or next(iter(titles)), said["first"][part], titles)
    if to:
        _offer(st.selectbox, "last", last, said["last"], titles)


def _offer(kind: Callable[..., Any], name: str, value: str, label: str, labels: Mapping[str, str], **more: Any) -> None:
    """A widget that shows `value` and says a change in the address; `labels`: value -> words."""
    st.session_state[PREFIX + name] = value
    kind(label, list(labels), key=PREFIX + name, format_func=labels.__getitem__, on_change=_say, **more)


def _say() -> None:
    """Put what the widgets say into the address, in its shortest form."""
    bundle = find_bundle()
    said = {str(name): value for name, value in st.session_state.items()}
    state = {name.removeprefix(PREFIX): value for name, value in said.items() if name.startswith(PREFIX)}
    asked = {name: str(state[name]) for name in LISTED if name in state}
    asked |= {name: "on" if state.get(name, True) else "off" for name in SWITCHED}
    accent = str(state.get("accent", ""))
    asked["accent"] = str(state.get("colour") or guard_accent(next(iter(ACCENTS)))[0]) if accent == OWN else accent
    asked |= _say_chapters(list(bundle.heads), state)
    query = write_query(read_options(urlencode(asked), bundle.parameters), bundle.parameters)
    chapters = {name: asked[name] for name in CHAPTERS & set(asked)}  # said even where it is usual: it was chosen
    st.query_params.from_dict({**chapters, **{name: values[0] for name, values in parse_qs(query).items()}})


def _say_chapters(slugs: list[str], state: Mapping[str, Any]) -> dict[str, str]:
    part, first = state.get("part"), str(state.get("first") or slugs[0])
    if part != "several":
        return {"chapters" if part == "one" else "chapter": first}
    at = slugs.index(first)
    last = str(state.get("last") or slugs[min(at + 1, len(slugs) - 1)])
    start, end = sorted((at, slugs.index(last)))
    return {"chapters": f"{slugs[start]}{TO}{slugs[max(end, start)]}"}
