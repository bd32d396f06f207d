"""Frames in which nothing scrolls: chapters turn like pages, the host scrolls on, and everything can be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from story.embedding import list_shown, read_options
from tests.browser.hosting import INNER, STILL, framed
from tests.browser.test_access import AXE, RUN_AXE, describe
from tests.story.test_embedding import SLUGS, TABLE

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage
    from tests.browser.hosting import Hosts
    from tests.browser.reader import Story

pytestmark = pytest.mark.browser
# By how much the page of text that is shown stands beside where it should.
PAGE_EDGE = """() => {
    const text = document.querySelector("[data-text]");
    const page = parseInt(document.querySelector("[data-page]").textContent) - 1;
    return Math.abs(text.scrollLeft - page * text.clientWidth);
}"""
TOUCHED = "() => getComputedStyle(document.querySelector('[data-map]')).touchAction"


def test_a_low_frame_turns_pages_and_lets_the_article_scroll(open_page: OpenPage, hosts: Hosts, story: Story) -> None:
    address = hosts.at("article", "chapters=ceasefire..closing", form="frame", height=420)
    page = open_page(address, 800, 700, **STILL)
    reader = framed(page, story)
    box = page.locator("iframe").bounding_box()
    assert box
    for across in (0.2, 0.8):  # over the text, over the map
        page.mouse.move(box["x"] + box["width"] * across, box["y"] + 200)
        before = page.evaluate("scrollY")
        page.mouse.wheel(0, 120)
        page.wait_for_function("(before) => scrollY > before + 60", arg=before)
        box = page.locator("iframe").bounding_box() or box
    forth = reader.view.locator("[data-bar] [data-step='1']")
    texts, words = set(), reader.view.locator("#ceasefire .body").inner_text()
    for _ in range(40):
        texts.add(reader.view.locator("[data-page]").inner_text())
        assert reader.view.evaluate(PAGE_EDGE) < 1
        if not forth.is_enabled():
            break
        forth.click()
    assert "1 / 1" not in texts
    assert len(texts) > 2
    assert len(words.split()) > 50
    shown = list_shown(read_options("chapters=ceasefire..closing", TABLE), SLUGS)
    reader.wait_for(shown[-1])
    assert reader.view.evaluate(INNER) == [0, 0]
    reader.view.locator("[data-bar] [data-step='-1']").focus()
    reader.view.evaluate("() => document.querySelector('[aria-current=step] summary, [aria-current=step] a').focus()")
    focused = reader.view.evaluate("() => document.activeElement.getBoundingClientRect().left")
    assert 0 <= focused < reader.view.evaluate("() => innerWidth")


def test_a_high_frame_hands_the_wheel_on_at_its_end_and_a_finger_on_its_map_too(
    open_page: OpenPage, hosts: Hosts, story: Story
) -> None:
    page = open_page(hosts.at("plain", "chapters=ceasefire", width=600, height=600), 800, 760, **STILL)
    reader = framed(page, story)
    reader.view.evaluate("() => scrollTo(0, 1e6)")
    page.mouse.move(300, 600)
    page.mouse.wheel(0, 200)
    page.wait_for_function("scrollY > 100")
    page.mouse.wheel(0, -300)
    touched = open_page(hosts.at("plain", width=360, height=600), 390, 844, has_touch=True, is_mobile=True, **STILL)
    phone = framed(touched, story)
    assert phone.view.evaluate(TOUCHED) == "pan-x pan-y"
    assert phone.view.evaluate("() => document.querySelector('[data-story]').dataset.mode") == "step"


@pytest.mark.parametrize(
    ("query", "size"),
    [
        ("chapters=ceasefire", (340, 420)),
        ("chapters=ceasefire&height=auto", (340, 600)),
        ("chapters=ceasefire&layout=card", (480, 560)),
    ],
    ids=str,
)
def test_axe_finds_nothing_in_a_frame_and_its_claims_open(
    open_page: OpenPage, hosts: Hosts, story: Story, query: str, size: tuple[int, int]
) -> None:
    address = hosts.at("sandboxed", query, width=size[0], height=size[1])
    page = open_page(address, 900, 1000, bypass_csp=True, **STILL)  # of axe, which styles what it looks at
    reader = framed(page, story)
    reader.view.evaluate(AXE)
    reader.view.locator(".chapter[aria-current] .body a[data-claim]:visible").first.click()
    panel = reader.view.locator("[data-record-panel]")
    panel.wait_for()
    box = panel.evaluate("(panel) => panel.getBoundingClientRect().toJSON()")
    assert box["height"] > 150
    assert box["width"] > 250
    assert 0 <= box["top"] < box["bottom"] <= reader.view.evaluate("() => innerHeight") + 1
    violations = reader.view.evaluate(RUN_AXE)
    reader.view.locator("[data-close]").click()
    panel.wait_for(state="hidden")
    violations += reader.view.evaluate(RUN_AXE)
    assert not violations, "\n".join(describe(violations))
