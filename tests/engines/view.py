"""A page in any engine, moved and asked as Playwright's are, so that what reads one reads the other."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from selenium.common.exceptions import TimeoutException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from selenium.webdriver.remote.webdriver import WebDriver
    from selenium.webdriver.remote.webelement import WebElement

    from tests.engines.start import Screen

LIMIT_S = 30.0
POLL_S = 0.02
KEYS = {
    "ArrowRight": Keys.ARROW_RIGHT,
    "ArrowLeft": Keys.ARROW_LEFT,
    "ArrowUp": Keys.ARROW_UP,
    "ArrowDown": Keys.ARROW_DOWN,
    "PageDown": Keys.PAGE_DOWN,
    "PageUp": Keys.PAGE_UP,
    "Home": Keys.HOME,
    "End": Keys.END,
    "Enter": Keys.ENTER,
    "Escape": Keys.ESCAPE,
    "Tab": Keys.TAB,
}


class View:
    """The page of an engine's window, or the frame of it that `inside` has entered.

    `evaluate`, `wait_for_function`, `wait_for_timeout`, `keyboard` and `page` are there for Reader and Stage, which
    tests/browser writes for Playwright's pages.
    """

    def __init__(self, driver: WebDriver, screen: Screen) -> None:
        self.driver = driver
        self.screen = screen
        self.page = self.keyboard = self

    def open(self, url: str) -> None:
        """Go to an address, at the size of the screen."""
        self.resize(self.screen.width, self.screen.height)
        self.driver.get(url)

    def resize(self, width: int, height: int) -> None:
        """Give the page this room, in pixels."""
        if self.screen.engine == "firefox":  # whose window is never narrower than 450 pixels, but its page may be
            viewport = {"width": width, "height": height}
            self.driver.browsing_context.set_viewport(self.driver.current_window_handle, viewport)
        else:
            self.driver.set_window_rect(0, 0, width, height)
        self.wait_for_function("([width, height]) => innerWidth === width && innerHeight === height", [width, height])

    def evaluate(self, source: str, argument: object = None) -> Any:
        """Call a function of JavaScript with the argument, or work out an expression; give its answer."""
        script = f"const it = ({source}\n); return typeof it === 'function' ? it(arguments[0]) : it"
        return self.driver.execute_script(script, argument)

    def wait_until(self, arrived: Callable[[View], Any], limit_s: float = LIMIT_S) -> Any:
        """Wait until what is hoped for of the page is true; give that."""
        try:
            return WebDriverWait(self.driver, limit_s, POLL_S).until(lambda _: arrived(self))
        except TimeoutException:
            raise AssertionError(f"Waited {limit_s} s for {arrived.__name__}") from None

    def wait_for_function(self, source: str, arg: object = None, timeout: float = LIMIT_S * 1000) -> Any:
        """Wait until the function answers with something true, for `timeout` milliseconds at most; give that."""

        def arrived(view: View) -> Any:
            return view.evaluate(source, arg)

        arrived.__name__ = f"{source} of {arg}"
        return self.wait_until(arrived, timeout / 1000)

    def wait_for_timeout(self, pause_ms: float) -> None:
        """Let a moment pass between two looks."""
        time.sleep(pause_ms / 1000)

    def find(self, selector: str) -> WebElement:
        """Give the first element that is shown, once there is one; it is on the screen then."""
        shown = "(css) => [...document.querySelectorAll(css)].find((one) => one.checkVisibility())"
        found: WebElement = self.wait_for_function(shown, selector)
        return found

    def wait_until_gone(self, selector: str) -> None:
        """Wait until no such element is shown."""
        self.wait_for_function(
            "(css) => ![...document.querySelectorAll(css)].some((one) => one.checkVisibility())", selector
        )

    def click(self, selector: str) -> None:
        """Press the first such element that is shown with the mouse."""
        self.find(selector).click()

    def press(self, *keys: str) -> None:
        """Press keys, one by one, by the names that the browser gives them."""
        for key in keys:
            ActionChains(self.driver, duration=0).send_keys(KEYS.get(key, key)).perform()

    @contextmanager
    def inside(self, selector: str = "iframe") -> Iterator[View]:
        """Scroll to a frame, which may wait for that to load, and enter it until the block ends."""
        frame = self.find(selector)
        self.driver.execute_script("arguments[0].scrollIntoView({ block: 'center' })", frame)
        self.driver.switch_to.frame(frame)
        try:
            yield self
        finally:
            self.driver.switch_to.default_content()

    @contextmanager
    def in_new_window(self) -> Iterator[View]:
        """Go to the window that the page has opened, once it is there; close it when the block ends."""
        own = self.driver.current_window_handle
        others: set[str] = self.wait_until(lambda view: set(view.driver.window_handles) - {own})
        self.driver.switch_to.window(others.pop())
        try:
            yield self
        finally:
            self.driver.close()
            self.driver.switch_to.window(own)

    def count(self, selector: str) -> int:
        """Count such elements, shown or not."""
        return len(self.driver.find_elements(By.CSS_SELECTOR, selector))
