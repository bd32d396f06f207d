"""Starts Firefox and WebKit and holds them to a size; what their pages do wrong is in the log of each."""

from __future__ import annotations

import os
import shutil
import subprocess
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from selenium import webdriver
from selenium.webdriver.firefox.service import Service as FirefoxService
from selenium.webdriver.webkitgtk.options import Options as WebKitOptions
from selenium.webdriver.webkitgtk.service import Service as WebKitService
from selenium.webdriver.webkitgtk.webdriver import WebDriver as WebKit

from tests.engines.find import MISSING, SYSTEM_PYTHON, WINDOW, find_firefox, find_geckodriver, list_missing
from tests.running import StartError, stop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selenium.webdriver.remote.webdriver import WebDriver

WATCH = WINDOW.with_name("watch.js")
SCREEN = "1600x1200x24"


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A screen to read on: an engine, a size in pixels, and whether its reader asked for reduced motion."""

    engine: Literal["firefox", "webkit"]
    name: str
    width: int
    height: int
    still: bool

    def __str__(self) -> str:
        return f"{self.engine}-{self.name}"


# The slower first: on two cores one drives Firefox while the other drives WebKit.
SCREENS = [
    Screen(engine=engine, name=name, width=width, height=height, still=still)
    for name, width, height, still in (("desk", 1440, 900, False), ("phone", 390, 844, True))
    for engine in ("webkit", "firefox")
]


@contextmanager
def run_engine(screen: Screen, home: Path) -> Iterator[tuple[WebDriver, Path]]:
    """Start the engine of a screen until the block ends; give what drives it, and its log below `home`."""
    if missing := list_missing():
        raise StartError(MISSING.format(missing=", ".join(missing)))
    log = home / "engine.log"
    start = {"firefox": run_firefox, "webkit": run_webkit}[screen.engine]
    with start(log, still=screen.still) as driver:
        driver.set_page_load_timeout(60)
        yield driver, log


def read_faults(log: Path) -> list[str]:
    """Give what watch.js and Firefox have noted of pages in a log: errors, what was forbidden, what did not load."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return [line for line in lines if line.startswith(("FAULT ", "JavaScript error: http"))]


@contextmanager
def run_firefox(log: Path, *, still: bool) -> Iterator[WebDriver]:
    """Start Firefox without a window of its own."""
    options = webdriver.FirefoxOptions()
    options.binary_location = find_firefox() or ""
    options.add_argument("-headless")
    options.enable_bidi = True
    options.set_preference("ui.prefersReducedMotion", int(still))
    options.set_preference("services.settings.server", "data:,")  # it would ask Mozilla for experiments
    service = FirefoxService(find_geckodriver(), log_output=str(log))
    driver = webdriver.Firefox(options=options, service=service)
    try:
        driver.script.pin(f"() => {{{WATCH.read_text(encoding='utf-8')}}}")
        yield driver
    finally:
        driver.quit()


@contextmanager
def run_webkit(log: Path, *, still: bool) -> Iterator[WebDriver]:
    """Start WebKit in our own window, on a screen that nobody sees."""
    with run_display() as display:
        options = WebKitOptions()
        options.binary_location = SYSTEM_PYTHON
        for argument in (str(WINDOW), "--watch", str(WATCH), *(["--still"] if still else [])):
            options.add_argument(argument)
        service = WebKitService(
            shutil.which("WebKitWebDriver"), log_output=str(log), env={**os.environ, "DISPLAY": display}
        )
        with warnings.catch_warnings():  # of selenium, which here calls what it deprecates
            warnings.simplefilter("ignore", DeprecationWarning)
            driver = WebKit(options=options, service=service)
        try:
            yield driver
        finally:
            driver.quit()


@contextmanager
def run_display() -> Iterator[str]:
    """Run an X server that draws into memory, with a manager that gives windows their size and the focus."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as said:
            display = f":{said.readline().strip()}"
        manager = subprocess.Popen(
            ["openbox"],  # noqa: S607 - whichever is there
            env={**os.environ, "DISPLAY": display},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield display
        finally:
            stop(manager)
    finally:
        stop(server)
