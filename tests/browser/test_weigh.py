"""A class weighs the evidence, and its browser alone keeps that; the pages for teaching are there for everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.test_access import AXE, RUN_AXE, describe

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.running import Server

pytestmark = pytest.mark.browser

STEPS = ("ask", "answer", "claims", "questions")


def test_axe_finds_nothing_on_the_stage_in_the_notes_and_on_the_scales(
    open_page: Callable[..., Page], server: Server
) -> None:
    page = open_page(f"{server.url}/embed/?layout=present&chapter=restraint", reduced_motion="reduce")
    page.wait_for_function("() => window.TheLineBetween?.stage?.state")
    page.evaluate(AXE)
    for part in STEPS:
        while page.evaluate("() => TheLineBetween.stage.step().part") != part:
            page.keyboard.press("PageDown")
        violations = page.evaluate(RUN_AXE)
        assert not violations, f"{part}:\n" + "\n".join(describe(violations))
    for address in ("present.html?view=notes&chapter=restraint", "weigh.html"):
        page = open_page(f"{server.url}/embed/{address}", color_scheme="dark")
        page.wait_for_selector(".desk-notes li, form.weighed")
        page.evaluate(AXE)
        violations = page.evaluate(RUN_AXE)
        assert not violations, f"{address}:\n" + "\n".join(describe(violations))


def test_a_class_weighs_the_evidence_and_its_browser_alone_keeps_it(
    open_page: Callable[..., Page], server: Server
) -> None:
    page = open_page(f"{server.url}/embed/weigh.html", 1024, 768)
    form = page.locator("form.weighed:visible")
    assert form.get_attribute("data-claim") == "truce-largely-held"
    page.locator("form:visible [type=submit]").click()
    assert page.locator("form:visible [data-ask-first]").is_visible()
    pieces = form.locator("fieldset[data-stance]")
    for index in range(pieces.count()):
        pieces.nth(index).locator("input[value=supports]").check()
    form.locator("input[value=supported]").check()
    form.locator("textarea").fill("Most weeks were quiet.")
    form.locator("[type=submit]").click()
    assert "the record says partly supported" in form.locator("[data-outcome]").inner_text()
    assert "3 of 8" in form.locator("[data-count]").inner_text()
    assert form.locator("[data-differs]:visible").count() == 5
    page.reload()
    assert page.locator("form:visible textarea").input_value() == "Most weeks were quiet."
    assert page.evaluate("() => Object.keys(localStorage)") == ["the-line-between.weigh.the-line-between"]
    page.locator("form:visible [type=reset]").click()
    page.wait_for_function("() => localStorage.length === 0")
    page.locator("[data-choose]").select_option("struck-back-only-once")
    assert page.locator("form:visible h2").inner_text().startswith("When Pakistan attacked")
