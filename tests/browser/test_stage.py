"""The stage: two windows in step, every key, every projector, predictions by mouse, touch and keys, kiosk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.reader import assert_extent, assert_panes
from tests.browser.stage import COVERED, FITS, LEAST_PX, OUTSIDE, SPILLS, SPOT, SWIPE, Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.reader import Story
    from tests.running import Server

pytestmark = pytest.mark.browser

PROJECTORS = [(1920, 1080), (1024, 768), (1400, 1050), (800, 600), (1280, 720)]


@pytest.fixture
def open_stage(open_page: Callable[..., Page], server: Server) -> Callable[..., Stage]:
    """Open the stage beside the bare page, as the address of a layout asks for it."""

    def open_it(query: str = "", width: int = 1280, height: int = 720, **options: Any) -> Stage:
        address = f"{server.url}/embed/?layout=present{query}"
        return Stage(open_page(address, width, height, reduced_motion="reduce", **options))

    return open_it


def test_every_key_does_what_the_list_of_keys_says(open_stage: Callable[..., Stage]) -> None:
    stage = open_stage()
    assert stage.at() == "open open"
    assert stage.press("PageDown") == "opening ask"
    assert stage.press("ArrowRight", " ") == "opening map"
    assert stage.press("PageUp") == "opening answer"
    assert stage.press("ArrowLeft") == "opening ask"
    assert stage.press("ArrowDown") == "roots ask"
    assert stage.press("ArrowUp") == "opening ask"
    assert stage.press("1", "2") == "choose-peace ask"
    assert stage.press("7") == "restraint ask"
    assert stage.press("End") == "close close"
    assert stage.press("Home") == "open open"
    page, root = stage.page, stage.page.locator("[data-present]")
    stage.press("b")
    assert page.locator("[data-blank]").is_visible()
    assert stage.press(".") == "open open"
    assert page.locator("[data-blank]").is_hidden()
    for name in ("laser", "contrast"):
        stage.press(name[0])
        assert root.get_attribute(f"data-{name}") == "on"
        stage.press(name[0])
    stage.press("l")
    page.mouse.move(300, 200)
    assert "translate(300px, 200px)" in (page.locator(".laser").get_attribute("style") or "")
    stage.press("l", "o")
    assert page.locator("[data-overview]").is_visible()
    page.locator("[data-overview] [data-jump=civilians]").click()
    assert stage.at() == "civilians ask"
    stage.press("?")
    assert page.locator("[data-help]").is_visible()
    stage.press("Escape")
    assert page.locator("[data-help]").is_hidden()


def test_blank_freeze_and_zoom_are_given_back(open_stage: Callable[..., Stage]) -> None:
    stage = open_stage("&chapter=civilians")
    page = stage.page
    stage.press("f", "PageDown")
    assert page.locator("[data-frozen]").is_visible()
    assert page.locator("#civilians [data-record]").is_hidden()
    stage.press("f")
    assert page.locator("#civilians [data-record]").is_visible()
    stage.press("PageDown")
    stage.settle()
    zoom = "() => TheLineBetween.stage.shown.map.getZoom()"
    before = page.evaluate(zoom)
    stage.press("+")
    assert page.evaluate(zoom) > before
    assert page.locator("[data-back]").is_visible()
    stage.press("Escape")
    stage.settle()
    assert page.evaluate(zoom) == pytest.approx(before, abs=0.01)
    stage.press("F5")
    stage.wait_at("open open")
    page.wait_for_function("() => document.fullscreenElement")
    stage.press("Escape")
    page.wait_for_function("() => !document.fullscreenElement")


@pytest.mark.parametrize("place", ["embed", "export"])
def test_two_windows_are_in_step_whichever_is_moved(
    place: str, open_page: Callable[..., Page], server: Server, exported: Path
) -> None:
    base = f"{server.url}/embed/" if place == "embed" else (exported / "index.html").as_uri()
    stage = Stage(open_page(f"{base}?layout=present", 1280, 720, reduced_motion="reduce"))
    stage.page.wait_for_url("**present**")
    stage.press("3")
    with stage.context.expect_page() as opened:
        stage.press("p")
    notes = Stage(opened.value)
    notes.wait_at("dollars ask")
    assert notes.press("PageDown") == "dollars answer"
    stage.wait_at("dollars answer")
    stage.press("9")
    notes.wait_at("the-demand ask")
    assert notes.page.locator(".desk-now h2").inner_text() == "The Demand"
    notes.page.locator(".desk-jumps [data-jump=ceasefire]").click()
    stage.wait_at("ceasefire ask")
    stage.press("c")  # a letter chooses while a question is asked
    notes.page.wait_for_function("() => document.querySelector('.guessed').textContent.includes('Doha')")
    notes.press("f", "PageDown")
    stage.page.locator("[data-frozen]").wait_for(state="visible")
    stage.wait_at("ceasefire answer")
    assert stage.page.locator("#ceasefire [data-record]").is_hidden()
    notes.press("f", "b")
    stage.page.locator("[data-blank]").wait_for(state="visible")
    assert "/ 45:00" in notes.page.locator(".time").inner_text()
    assert "Plan 33–41" in notes.page.locator(".pace").inner_text()


def test_the_map_of_the_stage_is_in_the_readers_state_whole_and_step_by_step(
    open_stage: Callable[..., Stage], story: Story
) -> None:
    stage = open_stage()
    first = stage.shown(story.layers)["state"]["layers"]
    assert {id_: strength for id_, strength in first.items() if strength != "off"} == dict(story.chapters[0].layers)
    for number, chapter in enumerate(story.chapters):
        stage.page.evaluate("(at) => TheLineBetween.stage.jump(at)", chapter.slug)
        while not stage.at().endswith(" map"):
            stage.press("PageDown")
        shown = stage.shown(story.layers)
        told = {id_: strength for id_, strength in shown["state"]["layers"].items() if strength != "off"}
        assert (number, told) == (number, dict(chapter.layers))
        assert_panes(shown["opacity"], chapter)
        assert_extent(tuple(shown["state"]["bounds_wsen"]), chapter)
    stage.press("s", "2", "PageDown", "PageDown")
    seen = []
    while stage.at() == "tribal-areas map":
        layers = stage.shown(story.layers)["state"]["layers"]
        seen.append(sum(strength == "full" for strength in layers.values()))
        stage.press("PageDown")
    assert seen == sorted(seen)
    assert seen[0] < seen[-1]
    assert len(set(seen)) >= 6
    stage.press("PageDown")
    said = stage.page.locator("#tribal-areas [data-said]:visible")
    assert (stage.at(), said.count()) == ("tribal-areas claims", 1)
    stage.press("PageDown")
    assert said.count() == 2


def test_nothing_spills_over_on_any_projector(open_stage: Callable[..., Stage]) -> None:
    stage = open_stage()
    for width, height in PROJECTORS:
        stage.page.set_viewport_size({"width": width, "height": height})
        every = 2 if (width, height) == (1024, 768) else 7
        assert (width, stage.page.evaluate(SPILLS, [every, LEAST_PX[height]])) == (width, [])
        stage.press("a")
        assert (width, stage.page.evaluate(SPILLS, [9, LEAST_PX[height]])) == (width, [])
        stage.press("a")


@pytest.mark.parametrize(
    ("width", "height", "parts"),
    [
        (1280, 720, "ask answer map"),
        (1440, 900, "answer"),
        (1920, 1080, "answer"),
        (390, 844, "ask answer"),
    ],
    ids=str,
)
def test_nothing_covers_scale_credit_legend_names_or_pins(
    open_stage: Callable[..., Stage], width: int, height: int, parts: str
) -> None:
    stage = open_stage("", width, height)
    assert stage.page.locator(".foot").inner_text().count("OpenStreetMap") == 1
    for at in range(stage.page.evaluate("TheLineBetween.stage.steps.length")):
        if stage.page.evaluate("(at) => TheLineBetween.stage.steps[at].part", at) not in parts.split():
            continue
        stage.page.evaluate("(at) => TheLineBetween.stage.go(at)", at)
        stage.settle()
        assert (stage.at(), stage.page.evaluate(COVERED)) == (stage.at(), [])


def test_every_question_fits_a_phone_in_letters_that_can_be_read(open_stage: Callable[..., Stage]) -> None:
    stage = open_stage("", 390, 844)
    asked = [slug for slug in stage.page.evaluate("TheLineBetween.stage.slugs") if slug not in {"open", "close"}]
    for slug in asked:
        stage.page.evaluate("(slug) => TheLineBetween.stage.jump(slug)", slug)
        stage.settle()
        fits, letters_px = stage.page.evaluate(FITS)
        assert (slug, stage.at(), fits) == (slug, f"{slug} ask", True)
        assert letters_px >= 12, slug


def test_a_class_guesses_by_mouse_touch_and_keys_and_the_record_answers(open_stage: Callable[..., Stage]) -> None:
    stage = open_stage(has_touch=True)
    page = stage.page
    stage.press("2")  # a place
    page.locator("#tribal-areas .choice").nth(0).click()
    page.locator("#tribal-areas .choice").nth(4).tap()
    assert page.locator("#tribal-areas .choice[aria-pressed=true]").inner_text().split() == ["E", "South", "Waziristan"]
    stage.settle()
    spot = page.evaluate(SPOT, ["tribal-areas", 0])
    page.mouse.click(*spot)
    assert page.locator("#tribal-areas .choice[aria-pressed=true] .letter").inner_text() == "A"
    assert page.locator(".pin.mine").inner_text() == "A"
    stage.press("PageDown")
    assert "North Waziristan" in page.locator("#tribal-areas [data-mine]").inner_text()
    assert " km from our guess" in page.locator("#tribal-areas [data-mine]").inner_text()
    assert "304 (TBIJ" in page.locator("#tribal-areas .reveal").inner_text()
    assert page.locator(".pin.solved").inner_text().endswith("D")
    stage.press("0", "0")  # a number
    page.locator("#opening .range").focus()
    stage.press("ArrowRight", "ArrowRight")
    assert page.locator("#opening .guess .number").inner_text() == "2,600 km"
    assert page.locator(".pin.mine").inner_text() == "Our guess: 2,600"
    assert page.evaluate(OUTSIDE, ".pin.mine span") == 0
    stage.press("PageDown")
    assert "between the counters" in page.locator("#opening [data-mine]").inner_text()
    assert page.locator("#opening .ranges a").count() == 5
    stage.press("3")  # one at the edge of the map
    page.locator("#dollars .range").press("ArrowRight")
    stage.settle()
    assert page.evaluate(OUTSIDE, ".pin.mine span") == 0
    stage.press("7")  # an order
    assert stage.press("d", "b", "c", "a", "e") == "restraint ask"
    assert page.locator("#restraint .choice[data-place='1'] span").inner_text() == "Blasts in Kabul"
    stage.press("PageDown")
    assert page.locator("#restraint [data-mine]").inner_text() == "3 of 5 in the right place."
    assert page.locator("#restraint [data-answers] li").count() == 5
    page.evaluate(SWIPE, -200)
    assert stage.at() == "restraint map"
    page.evaluate(SWIPE, 200)
    assert stage.at() == "restraint answer"


def test_a_kiosk_plays_pauses_at_a_touch_and_loops(open_stage: Callable[..., Stage]) -> None:
    stage = open_stage("&kiosk=1")
    stage.wait_at("opening map")
    stage.page.mouse.click(200, 500)
    assert stage.page.locator("[data-paused]").is_visible()
    held = stage.at()
    stage.page.wait_for_timeout(1500)
    assert stage.at() == held
    stage.page.locator("[data-paused]").wait_for(state="hidden", timeout=6000)
    stage.page.evaluate("() => TheLineBetween.stage.go(TheLineBetween.stage.steps.length - 1)")
    assert stage.at() == "close close"
    stage.wait_at("open open")
