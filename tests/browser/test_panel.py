"""The panel of a claim: by mouse, touch and key, beside the text and as a sheet, its charts, and no fault for axe."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.evidence import (
    DESKTOP,
    HARM,
    LANDSCAPE,
    PHONE,
    STORY,
    focused,
    panel_of,
    settled_state,
    wait_for_evidence,
    words_of,
)
from tests.browser.reader import Reader
from tests.browser.test_access import AXE, RUN_AXE, describe

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import Mount
    from tests.browser.reader import Reader

    OpenReader = Callable[..., Reader]
    OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser


def test_every_claim_is_marked_in_the_words_with_its_verdict_in_words(
    open_reader: OpenReader, embed_mount: Mount
) -> None:
    reader = open_reader(embed_mount.url)
    for claim in STORY.claims:
        words = words_of(reader, claim.id)
        assert words.count() == 1
        name = words.evaluate("(one) => one.textContent + one.querySelector('svg').getAttribute('aria-label')")
        assert claim.verdict.replace("-", " ") in name.lower()
        assert words.locator("svg path").count() == 1


@pytest.mark.parametrize("half", [0, 1], ids=["even", "odd"])
def test_the_panel_shows_the_whole_of_every_claim(open_reader: OpenReader, embed_mount: Mount, half: int) -> None:
    reader = open_reader(embed_mount.url, reduced_motion="reduce")
    for claim in STORY.claims[half::2]:
        reader.goto(claim.chapter)
        words_of(reader, claim.id).click()
        panel = wait_for_evidence(reader) if claim.evidence else panel_of(reader)
        said = " ".join(panel.inner_text().split())
        assert claim.statement in said
        assert claim.summary.split(".")[0] in said
        assert panel.locator(".by-counter").count() == len(claim.compare)
        shown = panel.locator("details.item").evaluate_all("(all) => all.map((one) => one.dataset.item)")
        sides = ("supports", "disputes", "context")
        assert shown == [item.fact for side in sides for item in claim.evidence if item.stance == side]
        assert panel.locator(".evidence .sources").count() == len(claim.evidence)
        assert panel.locator(f"a[href$='claims/{claim.id}.html']").count() == 1
        assert panel.locator(f"a[href*='rules.html#'][href$='{claim.verdict}']").count() == 1
        reader.press("Escape")


@pytest.mark.parametrize(
    ("name", "screen"),
    [("page", DESKTOP), ("page", PHONE), ("embed", LANDSCAPE), ("embed", PHONE), ("export", DESKTOP)],
    ids=["page-desktop", "page-phone", "embed-landscape", "embed-phone", "export-desktop"],
)
def test_a_press_opens_and_escape_gives_focus_and_map_back(
    open_reader: OpenReader, request: pytest.FixtureRequest, name: str, screen: dict[str, Any]
) -> None:
    mount: Mount = request.getfixturevalue(f"{name}_mount")
    reader = open_reader(mount.url, reduced_motion="reduce", **screen)
    reader.goto("tribal-areas")
    before = settled_state(reader)
    words = words_of(reader, HARM)
    words.scroll_into_view_if_needed()
    before_scroll = settled_state(reader)
    assert before_scroll == before
    words.tap() if screen.get("has_touch") else words.click()
    wait_for_evidence(reader)
    assert focused(reader) == "panel-title"
    assert words.get_attribute("aria-expanded") == "true"
    reader.press("Escape")
    panel_of(reader).wait_for(state="hidden")
    assert focused(reader) == f"cited-{HARM}"
    assert settled_state(reader) == before


@pytest.mark.parametrize("key", ["Enter", " "])
def test_keys_open_the_panel_step_through_the_chapter_and_leave_it(
    open_reader: OpenReader, embed_mount: Mount, key: str
) -> None:
    reader = open_reader(embed_mount.url, reduced_motion="reduce", **DESKTOP)
    reader.goto("tribal-areas")
    first, second, *_ = [claim.id for claim in STORY.claims if claim.chapter == "tribal-areas"]
    words_of(reader, first).focus()
    reader.press(key)
    panel = wait_for_evidence(reader)
    panel.get_by_role("button", name="Next claim").focus()
    reader.press("Enter")
    statement = next(claim.statement for claim in STORY.claims if claim.id == second)
    panel.get_by_text(statement).first.wait_for()
    assert words_of(reader, second).get_attribute("aria-expanded") == "true"
    assert words_of(reader, first).get_attribute("aria-expanded") == "false"
    panel.get_by_role("button", name="Close").focus()
    reader.press("Enter")
    panel.wait_for(state="hidden")
    assert focused(reader) == f"cited-{second}"


def test_tab_goes_through_the_panel_and_back_to_the_word(open_reader: OpenReader, embed_mount: Mount) -> None:
    reader = open_reader(embed_mount.url, reduced_motion="reduce", **DESKTOP)
    reader.goto("kabuls-measures")
    words_of(reader, "council-of-scholars").focus()
    reader.press("Enter")
    wait_for_evidence(reader)
    inside = "() => Boolean(document.activeElement.closest('[data-record-panel]'))"
    presses = 0
    while reader.view.evaluate(inside):
        reader.press("Tab")
        presses += 1
        assert presses < 60, "the panel holds the keyboard"
    assert presses >= 4
    assert focused(reader) == "cited-council-of-scholars"
    assert panel_of(reader).is_visible(), "Tab does not close"


def test_a_row_of_a_chart_leads_to_its_record_and_back_to_the_claim(
    open_reader: OpenReader, embed_mount: Mount
) -> None:
    reader = open_reader(f"{embed_mount.url}?claim={HARM}", reduced_motion="reduce", **DESKTOP)
    panel = wait_for_evidence(reader)
    row = panel.locator('.by-counter a[data-fact="drones-lwj"]').first
    box = row.bounding_box()
    assert box
    assert box["height"] >= 24
    row.focus()
    reader.press("Enter")
    panel.get_by_role("heading", name=re.compile("Long War Journal")).wait_for()
    assert panel.locator("a[href^=http]").count() >= 1
    panel.get_by_role("button", name="Back to the claim").click()
    panel.get_by_text("As the essay argues it").wait_for()
    assert reader.page.url.endswith(f"?claim={HARM}")


def test_the_sheet_stands_under_the_map_grows_by_its_handle_and_is_pulled_away(
    open_reader: OpenReader, embed_mount: Mount
) -> None:
    reader = open_reader(f"{embed_mount.url}?claim={HARM}", reduced_motion="reduce", **PHONE)
    panel = wait_for_evidence(reader)
    page = reader.page
    side = reader.view.locator("[data-map-side]").bounding_box()
    half = panel.bounding_box()
    assert side
    assert half
    assert half["y"] >= side["y"] + side["height"] - 2
    grip = panel.locator("[data-grip]")
    grip.tap()
    page.wait_for_function(
        "(top) => document.querySelector('[data-record-panel]').getBoundingClientRect().top < top", arg=half["y"] - 40
    )
    assert grip.get_attribute("aria-expanded") == "true"
    tall = panel.bounding_box()
    assert tall
    assert tall["y"] >= side["y"] + 100, "the map stays in view"
    reader.wait_for_rest()
    pull(page, tall, 120)
    assert grip.get_attribute("aria-expanded") == "false"
    page.wait_for_function(
        "(top) => document.querySelector('[data-record-panel]').getBoundingClientRect().top >= top - 1", arg=half["y"]
    )
    pull(page, half, 120)
    panel.wait_for(state="hidden")
    assert reader.wait_for_rest() == "tribal-areas"
    reader.check("tribal-areas")


def pull(page: Page, box: dict[str, float], way_px: float) -> None:
    """Pull the head of the sheet with a finger."""
    line = page.context.new_cdp_session(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + 14
    points = [y + way_px * share for share in (0, 0.2, 0.5, 0.8, 1)]
    for at, kind in zip(points, ["touchStart", *["touchMove"] * 4], strict=True):
        line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": at}]})
    line.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize(
    ("scheme", "screen"), [("light", PHONE), ("dark", DESKTOP)], ids=["phone-light", "desktop-dark"]
)
@pytest.mark.parametrize("place", [f"?claim={HARM}", "?chapter=civilians#record-event-kabul-omid-2026-03-16"])
def test_axe_finds_nothing_with_the_panel_open(
    open_reader: OpenReader, embed_mount: Mount, scheme: str, screen: dict[str, Any], place: str
) -> None:
    reader = open_reader(embed_mount.url + place, color_scheme=scheme, reduced_motion="reduce", **screen)
    panel = wait_for_evidence(reader)
    for item in panel.locator("details.item").all()[:2]:
        item.evaluate("(one) => (one.open = true)")
    reader.wait_for_rest()
    reader.view.evaluate(AXE)
    violations = reader.view.evaluate(RUN_AXE)
    assert not violations, "\n".join(describe(violations))
