"""Claims without scripts and on paper: numbered notes that lead there and back, with their sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.evidence import (
    HARM,
    STORY,
    panel_of,
    wait_for_evidence,
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


def test_without_javascript_claims_are_footnotes_that_lead_there_and_back(open_page: OpenPage, mount: Mount) -> None:
    page = open_page(mount.url, java_script_enabled=False)
    numbers = page.locator(".claimed .note-number").all_inner_texts()
    assert numbers == [str(number) for number in range(1, len(STORY.claims) + 1)]
    for claim in STORY.claims:
        note = page.locator(f"#claim-{claim.id}")
        assert page.locator(f"#cited-{claim.id}").get_attribute("href") == f"#claim-{claim.id}"
        assert note.locator(".reasoning").is_visible()
        assert note.locator(".to-text").get_attribute("href") == f"#cited-{claim.id}"
        assert note.locator(".evidence a").count() == len(claim.evidence)
    link = page.locator(f"#claim-{HARM} .evidence a").first
    assert re.search(r"records\.html#record-", link.get_attribute("href") or "")


def test_on_paper_claims_are_endnotes_with_sources_written_out(open_reader: OpenReader, embed_mount: Mount) -> None:
    reader = open_reader(f"{embed_mount.url}?claim={HARM}", reduced_motion="reduce")
    wait_for_evidence(reader)
    page = reader.page
    page.emulate_media(media="print")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    notes = page.locator("[data-endnotes] li > .claim")
    assert notes.count() == len(STORY.claims)
    assert not panel_of(reader).is_visible()
    assert not page.locator(".beside").first.is_visible()
    for claim, text in zip(range(len(STORY.claims)), notes.all_inner_texts(), strict=True):
        assert str(claim + 1) in text
    first = notes.nth(0).inner_text()
    assert re.search(r"\w+\.\w+/\w", first), "no address is written out"
    cited = {item.fact for claim in STORY.claims for item in claim.evidence}
    assert page.locator("[data-endnotes] .printed").count() == len(cited), "each fact has its sources once"
