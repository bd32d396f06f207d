"""Fixtures of the engines' tests: Firefox and WebKit, each on a phone and on a desk, and pages kept clean."""

from __future__ import annotations

import json
import re
import urllib.request
from typing import TYPE_CHECKING

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.browser.hosting import Hosts, run_hosts
from tests.browser.reader import Reader, Story
from tests.engines.find import list_versions
from tests.engines.start import SCREENS, Screen, read_faults, run_engine
from tests.engines.view import View
from tests.running import run_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from selenium.webdriver.remote.webdriver import WebDriver

    from tests.running import Server


class ByScreen(LoadScopeScheduling):
    """Gives all tests of a screen to one process, so that its engine starts once.

    The groups of xdist 3.8 would do, but under pytest 9.2 they do nothing.
    """

    def _split_scope(self, nodeid: str) -> str:
        screen = re.search(r"\[(\w+-\w+)", nodeid)
        return screen[1] if screen else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByScreen:
    """Say how tests are shared out among processes."""
    return ByScreen(config, log)


def pytest_report_header() -> str:
    """Say at the head of the run what it tests."""
    return f"engines: {', '.join(list_versions()) or 'none'}"


@pytest.fixture(scope="session", params=SCREENS, ids=str)
def started(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Screen, WebDriver, Path]]:
    """Give each screen in turn, with what drives it and the log of what goes wrong there."""
    screen: Screen = request.param
    with run_engine(screen, tmp_path_factory.mktemp(str(screen))) as (driver, log):
        yield screen, driver, log


@pytest.fixture
def view(started: tuple[Screen, WebDriver, Path]) -> Iterator[View]:
    """Give the one page of a screen; at the end, fail on any error in it or in its frames."""
    screen, driver, log = started
    before = len(read_faults(log))
    yield View(driver, screen)
    driver.switch_to.default_content()
    driver.execute_script("return 0")  # what it answers comes after what it has said
    faults = read_faults(log)[before:]
    driver.get("about:blank")  # what the page was still loading does not load now: no fault of the next test
    assert not faults, "the page was not clean:\n" + "\n".join(faults)


@pytest.fixture
def open_reader(view: View, story: Story) -> Callable[[str], Reader]:
    """Open an address and wait until the reader there is ready."""

    def open_address(url: str) -> Reader:
        view.open(url)
        return Reader(view, story).wait_until_ready()

    return open_address


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Give the real app, published where it is served; one for each test process."""
    with run_server(published=True) as running:
        yield running


@pytest.fixture(scope="session")
def story(server: Server) -> Story:
    """Give what the served story.json asks for."""
    with urllib.request.urlopen(f"{server.url}/embed/story.json", timeout=30) as answer:
        return Story.parse(json.load(answer))


@pytest.fixture(scope="session")
def hosts(server: Server) -> Iterator[Hosts]:
    """Give another site, with frames of the app."""
    with run_hosts(server.url) as running:
        yield running
