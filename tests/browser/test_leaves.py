"""The pages beside the reader in a real browser: clean under their strict policy, usable without a mouse."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.browser.test_access import AXE, RUN_AXE, describe

if TYPE_CHECKING:
    from tests.browser.conftest import Mount, OpenPage

pytestmark = pytest.mark.browser

CLAIM = "violence-without-precedent"
LEAVES = [
    "essay.html",
    "claims.html",
    f"claims/{CLAIM}.html",
    "claims/council-of-scholars.html",
    "rules.html",
    "version.html",
]
# A link in a line of text may be as low as its line; whatever stands alone must be pressed with a finger.
SMALL = """() => [...document.querySelectorAll(".ways a, .go, .cell, summary, .neighbours a")]
    .map((one) => [one.getBoundingClientRect(), one.outerHTML.slice(0, 90)])
    .filter(([box]) => box.width && (box.width < 24 || box.height < 24)).map(([, html]) => html)"""


@pytest.fixture(params=["embed", "export"])
def leaf_mount(request: pytest.FixtureRequest) -> Mount:
    """Give each of the mounts that have pages of their own beside the reader."""
    found: Mount = request.getfixturevalue(f"{request.param}_mount")
    return found


def at(mount: Mount, leaf: str) -> str:
    """Give the address of a page beside the reader."""
    return mount.url.removesuffix("index.html") + leaf


@pytest.mark.parametrize(
    ("scheme", "width", "height"), [("light", 360, 740), ("dark", 1440, 900)], ids=["phone-light", "desktop-dark"]
)
@pytest.mark.parametrize("leaf", LEAVES)
def test_axe_finds_nothing_and_nothing_sticks_out(
    open_page: OpenPage, embed_mount: Mount, leaf: str, scheme: str, width: int, height: int
) -> None:
    page = open_page(at(embed_mount, leaf), width, height, color_scheme=scheme, bypass_csp=True)
    for details in page.locator("details").all():
        details.evaluate("each => each.open = true")
    page.evaluate(AXE)
    violations = page.evaluate(RUN_AXE)
    assert not violations, "\n".join(describe(violations))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(SMALL) == []


def test_the_review_stands_in_the_page_under_its_policy_and_is_not_run(open_page: OpenPage, leaf_mount: Mount) -> None:
    # open_page fails on whatever the policy reports in the console.
    page = open_page(at(leaf_mount, f"claims/{CLAIM}.html"))
    told = json.loads(page.locator("script[type='application/ld+json']").text_content() or "")
    assert told["@type"] == "ClaimReview"
    assert told["claimReviewed"] == page.locator("h1").inner_text()
    assert told["reviewRating"]["alternateName"] == page.locator(".ruling .verdict").inner_text()
    assert page.evaluate("getComputedStyle(document.querySelector('.ruling')).borderLeftWidth") == "5px"


def test_from_the_whole_essay_to_a_claim_to_its_source_and_back_to_the_chapter(
    open_page: OpenPage, leaf_mount: Mount
) -> None:
    page = open_page(at(leaf_mount, "claims.html"))
    page.locator(f".cell[href='#claim-{CLAIM}']").click()
    told = page.locator(f"#claim-{CLAIM}")
    assert told.evaluate("each => each.getBoundingClientRect().top") < 300
    told.get_by_role("link").click()
    page.wait_for_load_state()
    source = page.locator(".bearing .sources a").first
    assert source.get_attribute("rel") == "noopener noreferrer nofollow"
    assert (source.get_attribute("href") or "").startswith("http")
    page.locator(".go").click()
    page.wait_for_selector("[data-story]")
    assert f"claim={CLAIM}" in page.url


def test_by_keyboard_the_first_stop_is_the_way_past_the_bar(open_page: OpenPage, embed_mount: Mount) -> None:
    page = open_page(at(embed_mount, f"claims/{CLAIM}.html"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_claims_json_is_served_at_the_root_and_beside_the_reader(open_page: OpenPage, page_mount: Mount) -> None:
    page = open_page(at(page_mount, "embed/rules.html"))
    both = page.evaluate(
        "async () => Promise.all(['/claims.json', '/embed/claims.json'].map(async (one) => (await fetch(one)).text()))"
    )
    assert both[0] == both[1]
    assert len(json.loads(both[0])["claims"]) >= 20
