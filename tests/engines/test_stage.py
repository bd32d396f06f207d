"""The stage in Firefox and WebKit: its keys, its map, two windows in step, and nothing that spills over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.reader import assert_panes
from tests.browser.stage import COVERED, SPILLS, Stage

if TYPE_CHECKING:
    from tests.browser.reader import Story
    from tests.engines.view import View
    from tests.running import Server

pytestmark = pytest.mark.engines

LEAST_PX = {"phone": 9, "desk": 18}
CHOSEN = "() => document.querySelector('#tribal-areas .choice[aria-pressed=true] .letter').textContent"


@pytest.fixture
def stage(server: Server, view: View) -> Stage:
    """Give the stage at its opening."""
    view.open(f"{server.url}/embed/?layout=present")
    return Stage(view)


def test_keys_lead_through_a_chapter_and_the_map_follows(stage: Stage, story: Story) -> None:
    assert stage.at() == "open open"
    assert stage.press("PageDown") == "opening ask"
    assert stage.press("ArrowRight", " ") == "opening map"
    assert stage.press("2", "c") == "tribal-areas ask"
    assert stage.page.evaluate(CHOSEN) == "C"
    while not stage.at().endswith(" map"):
        stage.press("PageDown")
    asked = story.chapter("tribal-areas")
    shown = stage.shown(story.layers)
    told = {layer: strength for layer, strength in shown["state"]["layers"].items() if strength != "off"}
    assert told == dict(asked.layers)
    assert_panes(shown["opacity"], asked)
    assert stage.press("End") == "close close"
    assert stage.press("Home") == "open open"


def test_nothing_spills_over_in_letters_that_can_be_read(stage: Stage, view: View) -> None:
    assert stage.page.evaluate(SPILLS, [1, LEAST_PX[view.screen.name]]) == []


def test_nothing_covers_scale_credit_legend_names_or_pins(stage: Stage) -> None:
    for key in ("2", "5", "7"):
        stage.press(key)
        for _ in range(3):
            stage.settle()
            assert (stage.at(), stage.page.evaluate(COVERED)) == (stage.at(), [])
            stage.press("PageDown")


def test_the_presenters_window_is_in_step(stage: Stage, view: View) -> None:
    stage.press("3", "p")
    with view.in_new_window():
        notes = Stage(view)
        notes.wait_at("dollars ask")
        assert notes.press("PageDown") == "dollars answer"
    stage.wait_at("dollars answer")
