"""Viewpoints on borders: chosen, fixed by an address, kept in it; lines and names change, nothing else does."""

from __future__ import annotations

import json
import urllib.parse
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Mount
    from tests.browser.reader import Reader, Story

    OpenReader = Callable[..., Reader]

pytestmark = pytest.mark.browser

VIEWS = ("natural-earth", "pakistan", "afghanistan", "neutral")
LOOK = """() => {
  const root = document.querySelector("[data-story]");
  const line = root.querySelector(".leaflet-layer-durand-line-pane path.line");
  const { stroke, strokeDasharray, strokeWidth } = getComputedStyle(line);
  const legend = [...root.querySelectorAll("[data-legend-list] li")].filter((each) => each.checkVisibility());
  const names = [...root.querySelectorAll(".name-line.written")].map((each) => each.textContent);
  return {
    line: [stroke, strokeDasharray, strokeWidth].join(" "),
    legend: legend.map((each) => each.textContent.trim()).join("|"),
    names,
    text: root.querySelector("[data-text]").textContent.length,
    state: JSON.parse(root.querySelector("[data-map]").dataset.state),
  };
}"""


def look(reader: Reader) -> dict[str, Any]:
    """Give how the line looks, what the legend and the map say of it, and the state."""
    found: dict[str, Any] = reader.view.evaluate(LOOK)
    return found


def choose(reader: Reader, view: str) -> None:
    """Choose a viewpoint with the control on the map."""
    reader.view.locator("[data-borders-choice] summary").click()
    reader.view.locator(f"[data-borders-value][value={view}]").check()
    reader.press("Escape")
    reader.view.wait_for_function(
        "(view) => JSON.parse(document.querySelector('[data-map]').dataset.state).borders === view", arg=view
    )


def at(mount: Mount, **query: str) -> str:
    """Give the address of a mount with a query."""
    return f"{mount.url}?{urllib.parse.urlencode(query)}"


def test_each_viewpoint_changes_lines_and_names_and_not_the_text(
    open_reader: OpenReader, embed_mount: Mount, story: Story
) -> None:
    reader = open_reader(embed_mount.url, 1280, 800, reduced_motion="reduce")
    seen = {VIEWS[0]: look(reader)}
    for view in VIEWS[1:]:
        choose(reader, view)
        seen[view] = look(reader)
    assert len({each["line"] for each in seen.values()}) == len(VIEWS)
    assert len({each["legend"] for each in seen.values()}) == len(VIEWS)
    assert len({each["text"] for each in seen.values()}) == 1
    assert [each["state"]["borders"] for each in seen.values()] == list(VIEWS)
    assert seen["pakistan"]["names"] == ["International border"]
    assert seen["neutral"]["names"] == seen["natural-earth"]["names"] == ["Durand Line"]
    assert {json.dumps(each["state"]["layers"]) for each in seen.values()} == {
        json.dumps(seen[VIEWS[0]]["state"]["layers"])
    }
    choose(reader, VIEWS[0])
    assert look(reader) == seen[VIEWS[0]], "back to the default shows something else than at first"
    assert story.slugs[0] == seen["neutral"]["state"]["chapter"]


def test_the_choice_is_kept_from_chapter_to_chapter_and_in_the_address(
    open_reader: OpenReader, embed_mount: Mount, story: Story
) -> None:
    reader = open_reader(embed_mount.url, 1280, 800, reduced_motion="reduce")
    choose(reader, "pakistan")
    reader.goto(story.slugs[7])
    assert look(reader)["state"]["borders"] == "pakistan"
    query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(reader.page.url).query))
    assert query == {"borders": "pakistan", "chapter": story.slugs[7]}
    reader.page.reload()
    reader.wait_until_ready()
    assert look(reader)["state"]["borders"] == "pakistan"
    choose(reader, VIEWS[0])
    assert "borders" not in reader.page.url


def test_an_address_fixes_the_viewpoint_in_every_mount(open_reader: OpenReader, mount: Mount) -> None:
    reader = open_reader(at(mount, borders="afghanistan"), 1280, 800, reduced_motion="reduce")
    assert look(reader)["state"]["borders"] == "afghanistan"
    assert reader.view.locator("[data-borders-value][value=afghanistan]").is_checked()


def test_an_unknown_viewpoint_is_the_default(open_reader: OpenReader, embed_mount: Mount) -> None:
    reader = open_reader(at(embed_mount, borders='"><script>'), 1280, 800, reduced_motion="reduce")
    assert look(reader)["state"]["borders"] == VIEWS[0]


def test_the_lines_are_never_drawn_wrongly_first(open_reader: OpenReader, embed_mount: Mount) -> None:
    # Every look of the line from its first appearance on is the one that the address asks for.
    watch = """() => {
      const looks = (window.looks = new Set());
      const step = () => {
        const line = document.querySelector(".leaflet-layer-durand-line-pane path.line");
        if (line) looks.add(getComputedStyle(line).strokeDasharray);
        requestAnimationFrame(step);
      };
      step();
    }"""
    reader = open_reader(embed_mount.url, 1280, 800, reduced_motion="reduce")
    reader.page.context.add_init_script(f"({watch})()")
    reader.page.goto(at(embed_mount, borders="pakistan"))
    reader.wait_until_ready()
    assert reader.view.evaluate("() => [...window.looks]") == ["none"]


def test_the_control_is_reached_by_the_keyboard_and_left_by_escape(open_reader: OpenReader, embed_mount: Mount) -> None:
    reader = open_reader(embed_mount.url, 390, 844, reduced_motion="reduce")
    summary = reader.view.locator("[data-borders-choice] summary")
    summary.focus()
    reader.press("Enter")
    reader.press("Tab")
    reader.press("ArrowDown")
    reader.view.wait_for_function("() => document.querySelector('[data-story]').dataset.borders === 'pakistan'")
    note = reader.view.locator('[data-borders-sheet] [data-borders-only="pakistan"]')
    assert note.is_visible()
    assert not reader.view.locator('[data-borders-sheet] [data-borders-only="neutral"]').is_visible()
    reader.press("Escape")
    assert not note.is_visible()
    assert reader.view.evaluate("() => document.activeElement.closest('[data-borders-choice]') !== null")


def test_the_note_leads_to_the_records_of_who_holds_it(open_reader: OpenReader, embed_mount: Mount) -> None:
    reader = open_reader(embed_mount.url, 1280, 800, reduced_motion="reduce")
    reader.view.locator("[data-borders-choice] summary").click()
    reader.view.locator("[data-borders-value][value=pakistan]").check()
    reader.view.locator('[data-borders-sheet] [data-borders-only="pakistan"] a').first.click()
    panel = reader.view.locator("[data-record-panel]")
    panel.wait_for(state="visible")
    assert "settled matter" in panel.inner_text()
