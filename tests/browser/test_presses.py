"""Presses on the Explore page in quick succession: whatever is on its way when the next one comes, none is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pages.parts.explore_state import find_desk
from story.outlook import slug
from tests.browser.atlas import Atlas

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import OpenPage
    from tests.running import Server

pytestmark = pytest.mark.browser

ROUNDS, STEP_MS = 20, 20
AREAS = ("agency-khyber", "agency-kurram")
LAYERS = ("agencies", "crossings", "operations", "strikes")
TORKHAM = "crossing-torkham"
# Presses one after the other, each so many milliseconds after the last, without waiting for anything; what cannot be
# seen is not pressed. Gives whether each was pressed.
PRESS = """async (presses) => {
    const frame = document.querySelector(".st-key-atlas-frame iframe").contentDocument;
    const done = [];
    for (const [wait_ms, selector, inFrame] of presses) {
        await new Promise((go) => setTimeout(go, wait_ms));
        const found = [...(inFrame ? frame : document).querySelectorAll(selector)].find((one) => one.checkVisibility());
        found?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
        done.push(Boolean(found));
    }
    return done;
}"""


@pytest.fixture
def open_atlas(open_page: OpenPage, server: Server) -> Callable[[str], Atlas]:
    """Open the Explore page with what its address asks."""
    return lambda query: Atlas(open_page(f"{server.url}/explore?{query}", 1440, 900, reduced_motion="reduce"))


def area(fact: str, wait_ms: int = 0) -> tuple[int, str, bool]:
    """Press the area of a record on the map."""
    return wait_ms, f"path.leads[data-fact={fact}]", True


def beside(selector: str, wait_ms: int = 0) -> tuple[int, str, bool]:
    """Press something outside the map's frame."""
    return wait_ms, selector, False


def press(atlas: Atlas, *presses: tuple[int, str, bool]) -> list[bool]:
    """Press one after the other; give what could be pressed."""
    done: list[bool] = atlas.page.evaluate(PRESS, [list(each) for each in presses])
    return done


def wait_for(atlas: Atlas, **parts: Any) -> None:
    """Wait until the address says so, and the page rests."""
    atlas.wait_for_address(**parts)
    atlas.wait_until_idle()


COUNTERS = find_desk().known.filters["counters"][: ROUNDS + 1]


def test_a_filter_right_after_a_press_on_the_map_is_kept_with_the_press(open_atlas: Callable[[str], Atlas]) -> None:
    atlas = open_atlas(f"layers=agencies,strikes&counter={','.join(map(slug, COUNTERS))}")
    left, pressed = list(COUNTERS), 0
    for turn in range(ROUNDS):
        atlas.turn_to("Filter")
        fact, gone = AREAS[turn % 2], left[-1]
        _, seen = press(atlas, area(fact), beside(f"button[aria-label='Remove {gone}']", turn * STEP_MS))
        pressed += seen
        if seen:
            left.pop()
        wait_for(atlas, record=fact, counter=",".join(map(slug, left)))
    assert pressed > 1


def test_of_presses_that_show_something_else_the_last_counts(open_atlas: Callable[[str], Atlas]) -> None:
    atlas = open_atlas("layers=agencies,strikes")
    row, filters = beside(f".explore-list [data-record={TORKHAM}]"), "button[role=radio]:nth-of-type(3)"
    for wait_ms in range(0, 300, 60):
        assert all(press(atlas, area(AREAS[0]), (wait_ms, *row[1:])))
        wait_for(atlas, record=TORKHAM)
        assert all(press(atlas, row, area(AREAS[1], wait_ms), area(AREAS[0])))
        wait_for(atlas, record=AREAS[0])
        assert all(press(atlas, area(AREAS[1]), beside(filters, wait_ms)))
        wait_for(atlas, record=AREAS[1])
        assert atlas.beside.locator("[role=radio][aria-checked=true]").text_content() == "Filter"


def test_switches_and_steps_of_time_pressed_in_a_row_all_count(open_atlas: Callable[[str], Atlas]) -> None:
    atlas = open_atlas("layers=relief,agencies")
    atlas.turn_to("Layers")
    atlas.page.locator("[data-layer=crossings]").wait_for()
    asked = set(atlas.state["layers"])
    for turn, wait_ms in enumerate(range(0, 200, 40)):
        row = (TORKHAM, AREAS[0])[turn % 2]
        switches = (beside(f"[data-layer={layer}]", wait_ms) for layer in LAYERS)
        assert all(press(atlas, *switches, beside(f".explore-list [data-record={row}]", wait_ms)))
        asked ^= set(LAYERS)
        atlas.wait_for(lambda state, asked=frozenset(asked): set(state["layers"]) == asked, f"the layers {asked}")
        wait_for(atlas, record=row)
        atlas.turn_to("Layers")
    handle = atlas.page.get_by_role("slider", name="Until")
    handle.focus()
    for _ in range(12):
        handle.press("ArrowLeft")
    wait_for(atlas, time="1893-11..2025-06")
