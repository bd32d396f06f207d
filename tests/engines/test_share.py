"""The Share page in Firefox and WebKit: what is chosen is seen in its sandboxed frames, and can be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.reader import Reader

if TYPE_CHECKING:
    from tests.browser.reader import Story
    from tests.engines.view import View
    from tests.running import Server

pytestmark = pytest.mark.engines

INNER_HEIGHT_PX = "() => document.querySelector('[data-story]').getBoundingClientRect().height"
HEIGHT_PX = "() => parseFloat(document.querySelector('.phone iframe').style.height)"
# Whether each frame is as wide as the screen that it stands in, but for a scrollbar.
AS_WIDE = """() => [...document.querySelectorAll(".sharing .screen")].every((screen) =>
    Math.abs(screen.querySelector("iframe").getBoundingClientRect().width - screen.clientWidth) < 8)"""
SAID = "() => document.querySelector('.sharing ~ [role=status]').textContent"


def test_what_is_chosen_is_seen_and_copied(server: Server, story: Story, view: View) -> None:
    view.open(f"{server.url}/share?chapters=ceasefire&height=auto")
    with view.inside(".phone iframe"):
        Reader(view, story).wait_until_ready().wait_for("ceasefire")

    def is_as_high_as_its_text(view: View) -> bool:
        with view.inside(".phone iframe"):
            inner_px = view.evaluate(INNER_HEIGHT_PX)
        return abs(view.evaluate(HEIGHT_PX) - inner_px) <= 1

    view.wait_until(is_as_high_as_its_text)
    view.wait_for_function(AS_WIDE)
    view.find("[data-copy=code-script]").send_keys(" ")
    view.wait_for_function(f"() => ({SAID})() === 'Copied to the clipboard.'")
