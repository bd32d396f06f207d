"""What the other tests rest on: an engine of the size and motion that was asked for, whose faults are noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.engines.start import read_faults
from tests.engines.view import View

if TYPE_CHECKING:
    from pathlib import Path

    from selenium.webdriver.remote.webdriver import WebDriver

    from tests.browser.hosting import Hosts
    from tests.engines.start import Screen

pytestmark = pytest.mark.engines

GO_WRONG = """() => {
    setTimeout(() => { throw new Error("a mistake"); });
    Promise.reject(new Error("a broken promise"));
    console.error("a complaint");
    document.body.append(Object.assign(new Image(), { src: "/nowhere.png" }));
}"""
FAULTS = ("a mistake", "a broken promise", "a complaint", "nowhere.png did not load")


def test_the_screen_is_as_asked_and_what_goes_wrong_in_a_frame_is_noticed(
    started: tuple[Screen, WebDriver, Path], hosts: Hosts
) -> None:
    screen, driver, log = started
    view = View(driver, screen)
    view.open(hosts.at("plain"))
    assert view.evaluate("[innerWidth, innerHeight]") == [screen.width, screen.height]
    assert view.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches") == screen.still
    assert view.evaluate("typeof window.requestIdleCallback") == (
        "function" if screen.engine == "firefox" else "undefined"
    )
    with view.inside():
        view.evaluate(GO_WRONG)
        view.wait_until(lambda _: all(any(one in line for line in read_faults(log)) for one in FAULTS))
