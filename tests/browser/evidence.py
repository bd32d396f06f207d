"""What the tests of claims and records share: screens, and how the open panel is found and waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.story.told import real

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from tests.browser.reader import Reader

    OpenReader = Callable[..., Reader]
    OpenPage = Callable[..., Page]

STORY = real().story
HARM = "harm-in-the-tribal-areas"
TOP = "document.querySelector('[data-record-panel]').getBoundingClientRect().top"
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
DESKTOP = {"width": 1440, "height": 900}
LANDSCAPE = {"width": 740, "height": 360, "has_touch": True}


def panel_of(reader: Reader) -> Locator:
    """Give the panel."""
    return reader.view.locator("[data-record-panel]")


def words_of(reader: Reader, claim: str) -> Locator:
    """Give the words of the text that carry a claim."""
    return reader.view.locator(f"#cited-{claim}")


def wait_for_evidence(reader: Reader) -> Locator:
    """Wait until the records have come into the open panel; give it."""
    panel = panel_of(reader)
    panel.wait_for(state="visible")
    panel.locator(".sources a[href^=http]").first.wait_for(state="attached")
    return panel


def settled_state(reader: Reader) -> dict[str, Any]:
    """Give what the map shows once it rests."""
    reader.wait_for_rest(100)
    state: dict[str, Any] = reader.shown()["state"]
    return state


def focused(reader: Reader) -> str:
    """Give the id of the element that has the focus, or of the nearest that has one around it."""
    return str(reader.view.evaluate("() => document.activeElement.closest('[id]')?.id ?? ''"))
