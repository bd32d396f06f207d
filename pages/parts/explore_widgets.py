"""Streamlit's own widgets on the Explore page, where the page changes a value too: no press is lost, none comes twice.

A request that left the browser before a change of ours reached it still carries the value from before; taken at its
word, it would undo that change. So a widget whose value the page has changed is another widget, under another key,
and what a widget says is held against what that one said last.
"""

from collections.abc import Collection
from typing import Any

import streamlit as st


def stand(name: str, value: Any) -> str:
    """The key under which a widget of this name is to show a value; another one where the page has changed it."""
    turns: dict[str, int] = st.session_state.setdefault("turns", {})
    said: dict[str, Any] = st.session_state.setdefault("widgets-said", {})
    key = _key(name, turns.get(name, 0))
    if said.setdefault(key, _plain(value)) != _plain(value):
        turns[name] = turns.get(name, 0) + 1
        key = _key(name, turns[name])
        said[key] = _plain(value)
    return key


def taken(key: str) -> tuple[Any, Any] | None:
    """What the visitor has changed a widget's value from, and to; None where the browser only says it again."""
    said: dict[str, Any] = st.session_state["widgets-said"]
    before, now = said.get(key), _plain(st.session_state[key])
    said[key] = now
    return (before, now) if now != before else None


def changed(kept: Collection[Any], change: tuple[frozenset[Any], frozenset[Any]]) -> frozenset[Any]:
    """A choice of several after a visitor's change of it, which may have been made to an earlier choice."""
    before, now = change
    return frozenset(kept) - (before - now) | (now - before)


def _key(name: str, turn: int) -> str:
    return f"{name}-{turn}" if turn else name


def _plain(value: Any) -> Any:
    """A value as it is compared: the order in which several were chosen does not count."""
    return frozenset(value) if isinstance(value, list | tuple) else value
