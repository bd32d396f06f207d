"""The map while the panel is open: what is lit, where the camera stands, and that all of it is given back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.browser.evidence import (
    DESKTOP,
    HARM,
    PHONE,
    STORY,
    focused,
    panel_of,
    wait_for_evidence,
    words_of,
)
from tests.browser.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import Mount
    from tests.browser.reader import Reader

    OpenReader = Callable[..., Reader]
    OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser


def test_the_facts_of_a_claim_are_lit_and_nothing_lit_lies_under_the_panel(
    open_reader: OpenReader, embed_mount: Mount
) -> None:
    for screen in (DESKTOP, PHONE, {"width": 1024, "height": 768}):
        reader = open_reader(f"{embed_mount.url}?claim=no-incident-by-the-emirate", reduced_motion="reduce", **screen)
        wait_for_evidence(reader)
        reader.wait_for_rest()
        lit = reader.view.locator(".mark.lit").evaluate_all(
            """(all) => all.map((one) => {
                const box = one.getBoundingClientRect();
                return [box.left + box.width / 2, box.top + box.height / 2];
            })"""
        )
        assert lit
        panel = panel_of(reader).bounding_box()
        side = reader.view.locator("[data-map]").bounding_box()
        assert panel
        assert side
        for x, y in lit:
            assert side["x"] <= x <= side["x"] + side["width"]
            assert side["y"] <= y <= side["y"] + side["height"]
            under = panel["x"] < x < panel["x"] + panel["width"] and panel["y"] < y < panel["y"] + panel["height"]
            assert not under, (screen, x, y, panel)


@pytest.mark.parametrize("claim", ["harm-in-the-tribal-areas", "so-called-line"])
def test_a_fact_without_a_mark_of_its_own_gets_one_as_exact_as_it_is_known(
    open_reader: OpenReader, embed_mount: Mount, claim: str
) -> None:
    reader = open_reader(f"{embed_mount.url}?claim={claim}", reduced_motion="reduce", **DESKTOP)
    wait_for_evidence(reader)
    reader.wait_for_rest()
    evidence = next(each.evidence for each in STORY.claims if each.id == claim)
    placed = {item.fact: STORY.facts[item.fact] for item in evidence if STORY.facts[item.fact].lat is not None}
    lit = set(reader.view.locator(".mark.lit").evaluate_all("(all) => all.map((one) => one.dataset.fact)"))
    assert placed.keys() <= lit
    added = reader.view.locator(".leaflet-lit-pane .mark")
    for fact, classes in added.evaluate_all("(all) => all.map((one) => [one.dataset.fact, one.className])"):
        spots = (placed[fact].coord_precision, *(spot.coord_precision for spot in placed[fact].also))
        assert any(f"sure-{precision}" in classes for precision in spots)
    vague = [fact for fact in placed.values() if fact.coord_precision in {"district", "province"}]
    added_facts = set(added.evaluate_all("(all) => all.map((one) => one.dataset.fact)"))
    if any(fact.id in added_facts for fact in vague):
        assert reader.view.locator(".leaflet-lit-pane .ring").count() >= 1
    reader.press("Escape")
    assert reader.view.locator(".leaflet-lit-pane .mark").count() == 0
    assert reader.view.locator(".mark.lit").count() == 0


def test_scrolling_on_closes_the_panel_and_shows_the_next_chapter(open_reader: OpenReader, mount: Mount) -> None:
    reader = open_reader(mount.url, reduced_motion="reduce", **DESKTOP)
    reader.goto("tribal-areas")
    words_of(reader, HARM).click()
    wait_for_evidence(reader)
    reader.scroll_to("new-violence")
    reader.wait_for("new-violence")
    assert not panel_of(reader).is_visible()
    reader.check("new-violence")
    assert reader.view.locator(".mark.lit").count() == 0


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("claim"), st.sampled_from([each.id for each in STORY.claims])),
        st.tuples(st.just("key"), st.sampled_from(["Escape", "Home", "End"])),
        st.tuples(st.just("chapter"), st.sampled_from([each.slug for each in STORY.chapters])),
        st.tuples(st.just("record"), st.none()),
        st.tuples(st.just("next"), st.none()),
        st.tuples(st.just("resize"), st.sampled_from([(390, 844), (1440, 900), (1024, 768)])),
        st.tuples(st.just("pause"), st.sampled_from([30, 300])),
    ),
    min_size=2,
    max_size=6,
)


@settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_whatever_was_opened_a_closed_panel_leaves_the_map_as_its_chapter_has_it(
    walking: Reader, steps: list[tuple[str, Any]]
) -> None:
    for step in steps:
        _take(walking, step)
    walking.view.evaluate("() => document.querySelector('[data-record-panel]:not([hidden]) [data-close]')?.click()")
    slug = walking.wait_for_rest()
    walking.check(slug)
    after = walking.shown()["state"]
    walking.view.evaluate("(slug) => window.TheLineBetween.goto(slug)", slug)
    assert walking.view.locator(".mark.lit, .leaflet-lit-pane .mark, .leaflet-lit-pane .ring").count() == 0
    plain = json.loads(walking.view.locator("[data-map]").get_attribute("data-state") or "")
    assert plain == after
    assert "claim=" not in walking.page.url


@pytest.fixture
def walking(open_reader: OpenReader, embed_mount: Mount) -> Reader:
    """Give one reader that all sequences go on with."""
    return open_reader(embed_mount.url, reduced_motion="no-preference")


def _take(reader: Reader, step: tuple[str, Any]) -> None:
    action, value = step
    page = reader.page
    if action == "claim":
        page.evaluate("(id) => document.getElementById(`cited-${id}`).click()", value)
    elif action == "chapter":
        page.evaluate("(slug) => window.TheLineBetween.goto(slug)", value)
    elif action == "key":
        reader.press(value)
    elif action == "record":
        page.evaluate("() => document.querySelector('[data-panel-content] .evidence [data-fact]')?.click()")
    elif action == "next":
        page.evaluate("() => document.querySelector('[data-claim-step=\"1\"]').click()")
    elif action == "resize":
        page.set_viewport_size({"width": value[0], "height": value[1]})
    else:
        page.wait_for_timeout(value)


def test_a_mark_leads_to_its_claims_and_chapters(open_reader: OpenReader, mount: Mount) -> None:
    reader = open_reader(mount.url, reduced_motion="reduce", **DESKTOP)
    reader.goto("civilians")
    mark = reader.view.locator('.strength-full .mark[data-fact="event-khost-2025-11-25"]').first
    mark.focus()
    reader.press("Enter")
    panel = wait_for_evidence(reader)
    rests = panel.locator(".rests [data-claim]")
    rests.first.wait_for()
    chapters = panel.locator(".rests [data-goto]").evaluate_all("(all) => all.map((one) => one.dataset.goto)")
    assert {"civilians", "restraint", "ceasefire"} <= set(chapters)
    panel.locator('.rests [data-claim="truce-largely-held"]').click()
    panel.get_by_text("mediated the ceasefire").first.wait_for()
    reader.wait_for("ceasefire")
    reader.press("Escape")
    assert focused(reader) == "cited-truce-largely-held"
