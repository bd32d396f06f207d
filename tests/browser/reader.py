"""The reader as a test sees it: what it shows, what the story asks for, and how a person moves through it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from playwright.sync_api import Frame

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playwright.sync_api import Page

PROBE = Path(__file__).with_name("probe.js").read_text(encoding="utf-8")
READY_LIMIT_S = 45.0
SETTLE_LIMIT_S = 15.0
POLL_MS = 50
# A fitted map may round its edges by a fraction of what it was asked for.
EDGE_TOLERANCE = 0.02
# The subject takes up at least this share of the shown width or height: it is fitted, not merely on the map.
LEAST_SHARE = 0.2

Bounds: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """What story.json asks of the map in one chapter; layers that are off are left out."""

    slug: str
    title: str
    bounds_wsen: Bounds
    layers: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Story:
    """What story.json says: the chapters in order, and the ids of all layers."""

    chapters: tuple[Chapter, ...]
    layers: tuple[str, ...]

    @classmethod
    def parse(cls, content: Mapping[str, Any]) -> Story:
        """Read the content of story.json."""
        chapters = tuple(
            Chapter(
                slug=one["slug"],
                title=one["title"],
                bounds_wsen=tuple(one["bounds_wsen"]),
                layers=_without_off(one["layers"]),
            )
            for one in content["chapters"]
        )
        return cls(chapters=chapters, layers=tuple(content["layers"]))

    @property
    def slugs(self) -> list[str]:
        """The chapters' slugs, in order."""
        return [chapter.slug for chapter in self.chapters]

    def chapter(self, slug: str) -> Chapter:
        """Give one chapter; KeyError if the story has none of that slug."""
        for chapter in self.chapters:
            if chapter.slug == slug:
                return chapter
        raise KeyError(slug)


class Reader:
    """One open reader, in a page or in a frame of one."""

    def __init__(self, view: Page | Frame, story: Story) -> None:
        self.view = view
        self.story = story

    @property
    def page(self) -> Page:
        """The page that holds the reader, also where the reader is in a frame."""
        return self.view.page if isinstance(self.view, Frame) else self.view

    def ask(self, question: str, argument: object = None) -> Any:
        """Call one function of probe.js in the page."""
        return self.view.evaluate(f"(argument) => ({PROBE}).{question}(argument)", argument)

    def wait_until_ready(self) -> Reader:
        """Wait for the first settled map; give the reader itself back."""
        self._poll(lambda: bool(self.ask("ready")), READY_LIMIT_S, "the reader to be ready")
        return self

    def shown(self) -> dict[str, Any]:
        """Give what is shown: settled, state (as in data-state), marked chapters, opacity of each pane."""
        shown: dict[str, Any] = self.ask("shown", list(self.story.layers))
        return shown

    def goto(self, slug: str) -> None:
        """Go to a chapter by the reader's own command and wait until it is shown."""
        self.view.evaluate("(slug) => window.TheLineBetween.goto(slug)", slug)
        self.wait_for(slug)

    def scroll_to(self, slug: str) -> None:
        """Scroll until the chapter's middle lies on the reading line; do not wait for the map."""
        self.ask("scrollTo", slug)

    def press(self, key: str) -> None:
        """Press a key on the page that holds the reader."""
        self.page.keyboard.press(key)

    def flights(self) -> int:
        """Count the animated camera moves since the page was opened."""
        return int(self.view.evaluate("() => window.TheLineBetween.flights"))

    def wait_for(self, slug: str) -> None:
        """Wait until the map has settled on the chapter, and the text marks the same one."""
        self._poll(lambda: self._rests_on(slug), SETTLE_LIMIT_S, f"chapter {slug!r} to be shown")

    def wait_for_rest(self, still_ms: int = 400) -> str:
        """Wait until some chapter is shown and stays so; give its slug."""
        deadline = time.monotonic() + SETTLE_LIMIT_S
        since, last = time.monotonic(), ""
        while time.monotonic() < deadline:
            shown = self.shown()
            now = shown["marked"][0] if len(shown["marked"]) == 1 else ""
            if not now or now != last or not self._rests_on(now):
                since, last = time.monotonic(), now
            elif (time.monotonic() - since) * 1000 >= still_ms:
                return last
            self._pause()
        raise AssertionError(f"Waited {SETTLE_LIMIT_S} s for the reader to rest; it shows {self.shown()}")

    def check(self, slug: str) -> None:
        """Assert that the map shows exactly what the story asks for in the chapter: layers and extent."""
        asked, shown = self.story.chapter(slug), self.shown()
        state = shown["state"]
        assert state["chapter"] == slug
        strengths = _without_off(state["layers"])
        differing = {layer: strengths.get(layer, "off") for layer in strengths.keys() ^ asked.layers.keys()}
        differing |= {layer: one for layer, one in strengths.items() if asked.layers.get(layer, "off") != one}
        assert not differing, f"{slug} asks for {asked.layers}, but shows {differing}"
        assert_panes(shown["opacity"], asked)
        assert_extent(tuple(state["bounds_wsen"]), asked)

    def _rests_on(self, slug: str) -> bool:
        shown = self.shown()
        state = shown["state"] or {}
        return bool(shown["settled"] and state.get("chapter") == slug and shown["marked"] == [slug])

    def _poll(self, arrived: Any, limit_s: float, hope: str) -> None:
        deadline = time.monotonic() + limit_s
        while not arrived():
            if time.monotonic() > deadline:
                raise AssertionError(f"Waited {limit_s} s for {hope}; it shows {self.shown()}")
            self._pause()

    def _pause(self) -> None:
        self.view.wait_for_timeout(POLL_MS)


def assert_panes(opacity: Mapping[str, float | None], asked: Chapter) -> None:
    """Assert that panes are as visible as the chapter asks: off is gone, full is no weaker than context."""
    missing = [layer for layer, value in opacity.items() if value is None]
    assert not missing, f"layers without a pane of their own: {missing}"
    for layer, value in opacity.items():
        strength = asked.layers.get(layer, "off")
        visible = value is not None and value > 0
        assert visible == (strength != "off"), f"{asked.slug}: {layer} is {strength}, its pane has opacity {value}"
    strong = [opacity[layer] or 0 for layer, strength in asked.layers.items() if strength == "full"]
    weak = [opacity[layer] or 0 for layer, strength in asked.layers.items() if strength == "context"]
    assert not strong or not weak or min(strong) >= max(weak), f"{asked.slug}: a context layer outshines a full one"


def assert_extent(shown_wsen: Sequence[float], asked: Chapter) -> None:
    """Assert that the shown bounds hold the asked ones, and are fitted to them."""
    west, south, east, north = asked.bounds_wsen
    shown_west, shown_south, shown_east, shown_north = shown_wsen
    slack_lon, slack_lat = (east - west) * EDGE_TOLERANCE, (north - south) * EDGE_TOLERANCE
    inside = (
        shown_west <= west + slack_lon
        and shown_south <= south + slack_lat
        and shown_east >= east - slack_lon
        and shown_north >= north - slack_lat
    )
    assert inside, f"{asked.slug}: asked {asked.bounds_wsen}, shown {tuple(shown_wsen)}"
    share = max((east - west) / (shown_east - shown_west), (north - south) / (shown_north - shown_south))
    assert share >= LEAST_SHARE, f"{asked.slug}: its extent takes only {share:.0%} of what is shown"


def _without_off(layers: Mapping[str, str]) -> dict[str, str]:
    return {layer: strength for layer, strength in layers.items() if strength != "off"}
