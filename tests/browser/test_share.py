"""The Share page as a visitor uses it: what is chosen is seen live, and copied by mouse and keyboard, and said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.reader import Reader

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage
    from tests.browser.reader import Story
    from tests.running import Server

pytestmark = pytest.mark.browser

# What is not right in the choices: words that are cut, buttons that wrap, switches beside the line of their words.
CROOKED = """() => {
  const choices = document.querySelector(".st-key-choices");
  const box = (one) => one.getBoundingClientRect();
  const middle = (one) => (box(one).top + box(one).bottom) / 2;
  const cut = [...choices.querySelectorAll("input[role=combobox]")].filter((one) => one.scrollWidth > one.clientWidth);
  const rows = new Set([...choices.querySelectorAll("[role=radio]")].map((one) => Math.round(box(one).top)));
  const labels = [...choices.querySelectorAll(".stCheckbox label")];
  const crooked = labels.filter((one) => Math.abs(middle(one.children[1]) - middle(one.querySelector("p"))) > 3);
  return [cut.map((one) => one.value), rows.size, labels.length, crooked.map((one) => one.textContent)];
}"""


@pytest.mark.parametrize("size", [(390, 844), (360, 740), (768, 1024), (1280, 800)], ids=str)
def test_no_choice_is_cut_or_crooked(open_page: OpenPage, server: Server, size: tuple[int, int]) -> None:
    page = open_page(f"{server.url}/share?chapters=ceasefire", *size, reduced_motion="reduce")
    expect(page.locator(".st-key-choices [role=radio]")).to_have_count(3, timeout=45_000)
    expect(page.locator(".st-key-choices .stCheckbox")).to_have_count(3)
    assert page.evaluate(CROOKED) == [[], 1, 3, []]
    assert page.evaluate("document.scrollingElement.scrollWidth") == size[0]


def test_what_is_chosen_is_seen_and_what_is_pasted_was_seen(open_page: OpenPage, server: Server, story: Story) -> None:
    page = open_page(
        f"{server.url}/share?chapters=ceasefire&height=auto",
        1280,
        1600,
        reduced_motion="reduce",
        permissions=["clipboard-read", "clipboard-write"],
    )
    desk, phone = page.frame_locator(".desk iframe"), page.frame_locator(".phone iframe")
    for screen in (desk, phone):
        expect(screen.locator("#title-ceasefire")).to_be_visible(timeout=45_000)
        expect(screen.locator("[data-map][data-settled=true]")).to_be_visible(timeout=20_000)
    grown = page.locator(".phone iframe").evaluate("(frame) => parseFloat(frame.style.height)")
    inner = phone.locator("[data-story]").evaluate("(root) => root.getBoundingClientRect().height")
    assert abs(grown - inner) <= 1
    button = page.locator("[data-copy=code-script]")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".sharing ~ [role=status]")).to_have_text("Copied to the clipboard.")
    assert page.evaluate("() => navigator.clipboard.readText()") == page.locator("#code-script").text_content()
    page.get_by_role("radio", name="The whole story").or_(page.get_by_text("The whole story", exact=True)).first.click()
    page.wait_for_url("**/share?chapter=ceasefire&height=auto")
    expect(desk.locator("[data-count]")).to_have_text("9 / 14", timeout=20_000)
    frames = [frame for frame in page.frames if "/embed/" in frame.url]
    Reader(frames[0], story).wait_for("ceasefire")
