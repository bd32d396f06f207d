"""What a phone has of its own: a notch, a home bar, a finger that pulls too far, a keyboard that comes up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.evidence import PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Mount, OpenPage
    from tests.browser.reader import Reader
    from tests.running import Server

    OpenReader = Callable[..., Reader]

pytestmark = pytest.mark.browser

NOTCH = {"top": 0, "left": 44, "bottom": 21, "right": 44}
# What can be read or pressed and stands under the notch or the home bar.
UNDER = """({ left, bottom, right }) => {
    const over = ".legend summary, .scale, .credit, .credits summary, .panel *";
    return [...document.querySelectorAll(`[data-bar] *, .text *, .tools *, .slide *, ${over}`)].filter((one) => {
        if (one.children.length && !one.matches("button, a, summary") || !one.checkVisibility()) return false;
        const box = one.getBoundingClientRect();
        const onScreen = box.width > 1 && box.height > 1 && box.top < innerHeight && box.bottom > 0;
        const low = box.bottom > innerHeight - bottom + 1 && one.closest(".map-side, .tools") && !one.closest(".panel");
        return onScreen && (box.left < left - 1 || box.right > innerWidth - right + 1 || low);
    }).map((one) => `${one.tagName} ${one.className.baseVal ?? one.className} ${one.textContent.slice(0, 20)}`);
}"""
STAYS = "(all) => all.map((one) => getComputedStyle(one).overscrollBehaviorY)"
SMALL = """() => [...document.querySelectorAll("input, textarea, select")]
    .filter((one) => one.checkVisibility() && !["radio", "checkbox", "range"].includes(one.type))
    .map((one) => parseFloat(getComputedStyle(one).fontSize))"""


@pytest.mark.parametrize("page", ["", "present.html"])
def test_nothing_stands_under_the_notch_or_the_home_bar(open_page: OpenPage, embed_mount: Mount, page: str) -> None:
    view = open_page(f"{embed_mount.url}{page}", 844, 390, has_touch=True, is_mobile=True, reduced_motion="reduce")
    view.context.new_cdp_session(view).send("Emulation.setSafeAreaInsetsOverride", {"insets": NOTCH})
    view.locator("[data-map][data-settled=true]").wait_for()
    assert view.evaluate("getComputedStyle(document.querySelector('[data-story]')).paddingLeft") == "44px"
    assert view.evaluate(UNDER, NOTCH) == []
    assert view.evaluate("document.scrollingElement.scrollWidth") <= 844
    if not page:
        view.locator(".text .claimed:visible").first.tap()
        view.locator("[data-record-panel]").wait_for()
        assert view.evaluate(UNDER, NOTCH) == []


def test_what_scrolls_over_the_story_keeps_the_scroll(open_reader: OpenReader, embed_mount: Mount) -> None:
    reader = open_reader(embed_mount.url, reduced_motion="reduce", **PHONE)
    kept = reader.view.locator(".panel-body, .menu .list, .legend ul, .borders .sheet").evaluate_all(STAYS)
    assert kept == ["contain"] * 4


@pytest.mark.parametrize("path", ["share", "explore", "evidence", "embed/weigh.html"])
def test_no_letters_are_so_small_that_typing_zooms(open_page: OpenPage, server: Server, path: str) -> None:
    page = open_page(f"{server.url}/{path}", reduced_motion="reduce", **PHONE)
    page.locator("input:visible, textarea:visible").first.wait_for(timeout=45_000)
    sizes = page.evaluate(SMALL)
    assert sizes
    assert min(sizes) >= 16
