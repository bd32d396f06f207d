"""Evidence, sources and rules as a reader meets them: filters, deep links, a claim, a phone, no eyes, odd addresses."""

from __future__ import annotations

import json
import re
import urllib.parse
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from story.bundle import find_bundle
from story.cases import collect_cases
from story.search import Search, keep_cases
from tests.browser.test_access import AXE, RUN_AXE, describe

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from tests.browser.reader import Reader
    from tests.running import Server

    OpenPage = Callable[..., Page]
    OpenReader = Callable[..., Reader]

pytestmark = pytest.mark.browser

CASES = collect_cases(find_bundle().story)
CLAIM = "struck-back-only-once"
PHONE, DESKTOP = (390, 844), (1440, 900)
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
PAGES = ["evidence", f"evidence?claim={CLAIM}", "sources", "sources?publisher=Dawn", "rules", "share"]
SMALLEST_TARGET_PX = 24


@pytest.fixture
def open_at(open_page: OpenPage, server: Server) -> Callable[..., Page]:
    """Open a page of the app at an address below the server's, and wait for its heading."""

    def open_address(path: str, size: tuple[int, int] = DESKTOP, **options: object) -> Page:
        page = open_page(f"{server.url}/{path}", *size, reduced_motion="reduce", **options)
        page.locator(".sheet h1").wait_for(timeout=45_000)
        page.locator(".stApp[data-test-script-state=notRunning]").wait_for()
        return page

    return open_address


def count(**asked: str) -> str:
    """Give how many claims a search leaves, as the page says it."""
    left = len(keep_cases(Search(**asked), CASES))
    return f"All {left} claims" if left == len(CASES) else f"{left} of {len(CASES)} claims"


def result(page: Page) -> Locator:
    """Give the line above the list that says how many claims there are."""
    return page.locator(".result b")


def query(page: Page) -> dict[str, str]:
    """Give what the page's address asks."""
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(page.url).query))


@SIZES
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_no_page_scrolls_sideways_and_every_link_is_large_enough(
    open_at: Callable[..., Page], path: str, size: tuple[int, int]
) -> None:
    page = open_at(path, size, color_scheme="dark" if size == PHONE else "light")
    wide, room = page.locator(".stMain").evaluate("(main) => [main.scrollWidth, main.clientWidth]")
    assert wide <= room
    small = page.evaluate(
        """(least) => Array.from(document.querySelectorAll(".st-key-bar a, .glance a, .kicker a, .ways a, summary"))
            .filter((one) => one.checkVisibility())
            .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
            .filter(([, box]) => Math.min(box.width, box.height) < least)
            .map(([text]) => text)""",
        SMALLEST_TARGET_PX,
    )
    assert not small
    page.evaluate(AXE)
    violations = page.evaluate(RUN_AXE)
    assert not violations, "\n".join(describe(violations))


def test_filters_by_mouse_go_into_the_address_and_back_takes_them_away(open_at: Callable[..., Page]) -> None:
    page = open_at("evidence")
    expect(result(page)).to_have_text(count())
    page.locator(".tally a.verdict-contested").click()
    expect(result(page)).to_have_text(count(verdict="contested"))
    assert query(page) == {"verdict": "contested"}
    expect(page.locator("[role=status]", has_text=count(verdict="contested"))).to_have_count(1)
    page.locator(".strip .at", has_text="Ceasefire").click()
    expect(result(page)).to_have_text(count(verdict="contested", chapter="ceasefire"))
    page.go_back()
    expect(result(page)).to_have_text(count(verdict="contested"))
    page.locator(".tally a.verdict-contested").click()
    expect(result(page)).to_have_text(count())
    assert not query(page)


def test_filters_by_keyboard(open_at: Callable[..., Page]) -> None:
    page = open_at("evidence")
    page.get_by_label("Search", exact=True).focus()
    page.keyboard.type("drone")
    page.keyboard.press("Enter")
    expect(result(page)).to_have_text(count(words="drone"))
    page.get_by_role("combobox", name="Evidence").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("For and")
    page.keyboard.press("Enter")
    expect(result(page)).to_have_text(count(words="drone", side="both"))
    assert query(page) == {"words": "drone", "side": "both"}


def test_a_deep_link_opens_with_its_filters(open_at: Callable[..., Page]) -> None:
    asked = {"verdict": "partly-supported", "publisher": "Dawn", "order": "newest"}
    page = open_at(f"evidence?{urllib.parse.urlencode(asked)}", PHONE)
    expect(result(page)).to_have_text(count(**asked))
    ids = page.locator(".case").evaluate_all("(cases) => cases.map((one) => one.id)")
    assert ids == [f"claim-{case.claim.id}" for case in keep_cases(Search(**asked), CASES)]
    assert query(page) == asked


@SIZES
def test_a_sign_opens_its_claim_and_back_leads_to_its_place_in_the_list(
    open_at: Callable[..., Page], size: tuple[int, int]
) -> None:
    page = open_at("evidence?verdict=contradicted", size)
    sign = page.locator(f'.cell[href*="claim={CLAIM}"]')
    sign.focus()
    page.keyboard.press("Enter")
    heading = page.locator("h1", has_text="struck back only once")
    expect(heading).to_be_focused()
    assert query(page) == {"claim": CLAIM, "verdict": "contradicted"}
    assert page.locator(".side-disputes .record").count() > 0
    page.locator(".neighbours a[rel=next]").click()
    expect(heading).to_have_count(0)
    page.go_back()
    expect(heading).to_be_focused()
    expect(page.locator(".trail a")).to_have_count(1)  # while a run goes on, what it replaces stands beside it
    page.locator(".trail a").click()
    expect(result(page)).to_have_text(count(verdict="contradicted"))
    expect(page.locator(f"#claim-{CLAIM} h2 a")).to_be_focused()
    expect(page.locator(f"#claim-{CLAIM}")).to_be_in_viewport()


def test_a_row_of_a_chart_leads_to_its_record(open_at: Callable[..., Page]) -> None:
    page = open_at(f"evidence?claim={CLAIM}")
    row = page.locator(".ranges a").first
    fact = row.get_attribute("data-fact")
    row.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#record-{fact}")).to_be_focused()
    expect(page.locator(f"#record-{fact}")).to_be_in_viewport()


def test_a_claim_leads_into_the_story_and_to_its_page_without_the_app(open_at: Callable[..., Page]) -> None:
    page = open_at(f"evidence?claim={CLAIM}")
    static = page.locator(".held a", has_text="without this app").get_attribute("href")
    assert page.request.get(urllib.parse.urljoin(page.url, static)).ok
    page.locator(".held a", has_text="Read it in the story").click()
    page.wait_for_url(re.compile(rf"/\?claim={CLAIM}"))
    page.locator("[data-story]").wait_for()


def test_a_claim_can_be_cited_in_a_file(open_at: Callable[..., Page]) -> None:
    page = open_at(f"evidence?claim={CLAIM}")
    page.get_by_text("Cite this claim").click()
    page.get_by_role("radio", name="CSL-JSON").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("Download.*json")).click()
    assert download.value.suggested_filename.endswith(f"{CLAIM}.json")
    (item,) = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert CLAIM in item["URL"]


@pytest.mark.parametrize(
    "value",
    ['"><img src=x onerror=alert(1)>', "%00%ff", "a&verdict=b"],
    ids=["image", "bytes", "repeated"],
)
def test_odd_addresses_give_the_default(open_at: Callable[..., Page], value: str) -> None:
    odd = value if value.startswith(("%", "a&")) else urllib.parse.quote(value)
    page = open_at(f"evidence?claim={odd}&verdict={odd}&chapter={odd}&order={odd}&from={odd}&publisher={odd}")
    expect(result(page)).to_have_text(count())
    assert page.locator("img[src=x]").count() == 0
    page = open_at(f"sources?publisher={odd}")
    expect(page.locator("h1")).to_have_text("Sources")


def test_the_way_back_leads_to_the_chapter_that_the_reader_came_from(open_reader: OpenReader, server: Server) -> None:
    reader = open_reader(f"{server.url}/", reduced_motion="reduce")
    reader.view.wait_for_selector("#essay-first", state="detached")
    slug = reader.story.slugs[7]
    reader.goto(slug)
    reader.view.locator("[data-menu] summary").click()
    reader.view.locator("[data-pages]").get_by_role("link", name="Evidence").click()
    back = reader.page.locator(".kicker a")
    expect(back).to_have_attribute("href", f"./?chapter={slug}")
    back.click()
    reader.view.wait_for_selector("[data-story]")
    reader.wait_until_ready()
    reader.wait_for(slug)


def test_the_bar_leads_from_page_to_page(open_at: Callable[..., Page]) -> None:
    page = open_at("evidence", PHONE)
    for name, heading in (("Sources", "Sources"), ("How we judge", "How the verdicts are reached")):
        page.locator(".st-key-bar").get_by_role("link", name=name).click()
        expect(page.locator(".sheet h1")).to_have_text(heading)
    page.locator(".within a", has_text="Corrections").click()
    expect(page.locator("#corrections")).to_be_in_viewport()
