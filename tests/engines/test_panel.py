"""Claims in Firefox and WebKit: seen in the text, opened by mouse and key, closed with the focus given back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.evidence import HARM
from tests.browser.test_layout import TORN
from tests.browser.test_piles import PRESS_ALL

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.reader import Reader
    from tests.engines.view import View
    from tests.running import Server

pytestmark = pytest.mark.engines

PANEL = "[data-record-panel]"
WORDS = f"#cited-{HARM}"
# The claims without the dotted line of two pixels under their words.
NOT_UNDERLINED = """() => [...document.querySelectorAll(".text .claimed")].filter((one) => {
    const { textDecorationLine, textDecorationStyle, textDecorationThickness } = getComputedStyle(one);
    return [textDecorationLine, textDecorationStyle, textDecorationThickness].join() !== "underline,dotted,2px";
}).map(({ id }) => id)"""
FOCUSED = "() => document.activeElement.closest('[id]')?.id ?? ''"
SOURCES = f"() => document.querySelectorAll('{PANEL} .evidence .sources a[href^=http]').length > 0"


@pytest.fixture
def reader(open_reader: Callable[[str], Reader], server: Server) -> Reader:
    """Give the bare page at the chapter of the claim."""
    return open_reader(f"{server.url}/embed/?chapter=tribal-areas")


def test_claims_are_underlined_and_their_signs_stay_on_the_line(reader: Reader) -> None:
    view = reader.view
    assert view.count(".text .claimed") > 20
    assert view.evaluate(NOT_UNDERLINED) == []
    assert view.evaluate(TORN) == []
    for width in range(300, 390, 15):
        view.resize(width, 844)
        assert (width, view.evaluate(TORN)) == (width, [])


def test_every_mark_can_be_reached_also_where_others_lie_over_it(reader: Reader) -> None:
    reader.goto("ceasefire")
    pressed, unreached = reader.view.evaluate(PRESS_ALL, "ceasefire")
    assert unreached == []
    assert pressed >= 4


@pytest.mark.parametrize("way", ["press", "Enter"])
def test_a_claim_opens_and_escape_gives_focus_and_map_back(reader: Reader, view: View, way: str) -> None:
    reader.wait_for("tribal-areas")
    before = reader.shown()["state"]
    if way == "press":
        view.click(WORDS)
    else:
        view.evaluate(f"() => document.querySelector('{WORDS}').focus()")
        view.press("Enter")
    view.find(PANEL)
    view.wait_for_function(SOURCES)
    assert view.evaluate(FOCUSED) == "panel-title"
    assert view.evaluate(f"() => document.querySelector('{WORDS}').ariaExpanded") == "true"
    reader.wait_for_rest(100)
    view.press("Escape")
    view.wait_until_gone(PANEL)
    assert view.evaluate(FOCUSED) == f"cited-{HARM}"
    reader.wait_for_rest(100)
    assert reader.shown()["state"] == before
    reader.check("tribal-areas")
