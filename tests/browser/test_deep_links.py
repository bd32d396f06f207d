"""Addresses that open a claim or a record, in every mount, in Streamlit's page and in a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.evidence import (
    DESKTOP,
    HARM,
    panel_of,
    settled_state,
    wait_for_evidence,
    words_of,
)
from tests.browser.test_chapters import open_framed

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import Mount
    from tests.browser.reader import Reader, Story

    OpenReader = Callable[..., Reader]
    OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("page", "?claim={}"),
        ("page", "?chapter=roots#claim-{}"),
        ("embed", "#claim-{}"),
        ("export", "?claim={}"),
        ("export", "#claim-{}"),
    ],
)
def test_an_address_opens_its_claim_and_the_bar_gives_one_back(
    open_reader: OpenReader, request: pytest.FixtureRequest, name: str, form: str
) -> None:
    mount: Mount = request.getfixturevalue(f"{name}_mount")
    reader = open_reader(mount.url + form.format(HARM), reduced_motion="reduce", **DESKTOP)
    wait_for_evidence(reader)
    assert reader.wait_for_rest() == "tribal-areas"
    copied = reader.page.url
    assert copied.endswith(f"?claim={HARM}")
    reader.press("Escape")
    panel_of(reader).wait_for(state="hidden")
    assert reader.page.url.endswith("?chapter=tribal-areas")
    again = open_reader(copied, reduced_motion="reduce", **DESKTOP)
    wait_for_evidence(again)
    assert again.wait_for_rest() == "tribal-areas"


def test_an_address_opens_a_record_in_a_chapter_that_rests_on_it(open_reader: OpenReader, mount: Mount) -> None:
    reader = open_reader(f"{mount.url}#record-op-wana-2004", reduced_motion="reduce", **DESKTOP)
    panel = wait_for_evidence(reader)
    assert "Kaloosha" in panel.locator("h2").inner_text()
    reader.wait_for("tribal-areas")
    assert reader.page.url.endswith("?chapter=tribal-areas#record-op-wana-2004")
    assert reader.view.locator('.mark.lit[data-fact="op-wana-2004"]').count() == 1


@pytest.mark.parametrize(
    "form", ["?claim=nobody-said-this", "#claim-nobody", "#record-nothing", "#claim-", "?claim=%00"]
)
def test_what_no_address_means_opens_the_story_as_it_begins(
    open_reader: OpenReader, embed_mount: Mount, form: str
) -> None:
    reader = open_reader(embed_mount.url + form, reduced_motion="reduce")
    assert reader.wait_for_rest() == "opening"
    assert not panel_of(reader).is_visible()
    reader.check("opening")


def test_the_panel_goes_with_the_story_into_streamlit_and_back_from_another_page(
    open_reader: OpenReader, page_mount: Mount
) -> None:
    reader = open_reader(f"{page_mount.url}?claim={HARM}", reduced_motion="reduce", **DESKTOP)
    wait_for_evidence(reader)
    reader.view.wait_for_selector("#essay-first", state="detached")
    assert panel_of(reader).is_visible()
    reader.press("Escape")
    panel_of(reader).wait_for(state="hidden")
    reader.view.locator("[data-menu] summary").click()
    reader.view.get_by_role("link", name="Sources").click()
    reader.view.get_by_role("heading", name="Sources").first.wait_for()
    reader.view.get_by_role("link", name="Read").click()
    reader.view.wait_for_selector("[data-story]")
    reader.wait_for("tribal-areas")
    words_of(reader, HARM).click()
    wait_for_evidence(reader)
    reader.press("Escape")
    panel_of(reader).wait_for(state="hidden")
    reader.wait_for("tribal-areas")
    reader.check("tribal-areas")


def test_the_panel_works_in_a_narrow_frame_of_another_site(
    open_page: OpenPage, embed_mount: Mount, host_url: str, story: Story
) -> None:
    reader = open_framed(open_page, host_url, embed_mount.url, 320, story)
    reader.goto("tribal-areas")
    words_of(reader, HARM).click()
    wait_for_evidence(reader)
    width = reader.view.evaluate("() => [document.scrollingElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
    reader.press("Escape")
    panel_of(reader).wait_for(state="hidden")
    assert settled_state(reader)["chapter"] == "tribal-areas"
