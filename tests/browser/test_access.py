"""The story is there for everyone: without a mouse or JavaScript, in the dark, on paper, read aloud."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import Mount, OpenPage
    from tests.browser.reader import Story

    OpenReader = Callable[..., Reader]

pytestmark = pytest.mark.browser

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
# A page opened as a file may not fetch its own style sheets, as one of axe's rules would.
# What fades in or out is looked at when it has done so.
RUN_AXE = """async () => {
    const passing = document.getAnimations().filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime));
    await Promise.allSettled(passing.map((one) => one.finished));
    const options = { resultTypes: ["violations"], preload: location.protocol !== "file:" };
    return (await axe.run(document, options)).violations;
}"""
# The least a chapter says, in words: a title and a short paragraph.
FEWEST_WORDS = 15


@pytest.mark.parametrize(("scheme", "size"), [("light", (360, 740)), ("dark", (1440, 900))], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", ["page", "embed"])
def test_axe_finds_nothing(
    open_reader: OpenReader, request: pytest.FixtureRequest, name: str, scheme: str, size: tuple[int, int]
) -> None:
    mount: Mount = request.getfixturevalue(f"{name}_mount")
    reader = open_reader(mount.url, *size, color_scheme=scheme, reduced_motion="reduce")
    reader.view.evaluate(AXE)
    for slug in (reader.story.slugs[0], reader.story.slugs[8]):
        reader.goto(slug)
        violations = reader.view.evaluate(RUN_AXE)
        assert not violations, f"{slug}:\n" + "\n".join(describe(violations))


def test_without_javascript_every_chapter_has_its_text_and_a_still(
    open_page: OpenPage, mount: Mount, story: Story
) -> None:
    page = open_page(mount.url, java_script_enabled=False)
    _assert_readable(page, story)


def test_on_paper_every_chapter_has_its_text_and_a_still(
    open_reader: OpenReader, embed_mount: Mount, story: Story
) -> None:
    page = open_reader(embed_mount.url).page
    page.emulate_media(media="print")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    _assert_readable(page, story)
    assert not page.locator("[data-story] [data-map]").is_visible()


def test_dark_and_light_follow_the_system(open_page: OpenPage, embed_mount: Mount) -> None:
    light, dark = (_paper_luminance(open_page(embed_mount.url, color_scheme=one)) for one in ("light", "dark"))
    assert light > 0.8
    assert dark < 0.1


def test_escape_leaves_the_map(open_reader: OpenReader, mount: Mount) -> None:
    reader = open_reader(mount.url)
    reader.view.locator("[data-story] [data-map]").focus()
    assert reader.ask("focusIsInMap")
    reader.press("Escape")
    assert not reader.ask("focusIsInMap")


def test_skip_links_lead_from_text_to_map_and_back(open_reader: OpenReader, mount: Mount) -> None:
    reader = open_reader(mount.url)
    links = reader.view.locator("[data-story]").get_by_role("link")
    to_map = links.filter(has_text=re.compile(r"(skip|go) to .*map", re.IGNORECASE)).first
    to_text = links.filter(has_text=re.compile(r"(skip|go|back) to .*(text|story)", re.IGNORECASE)).first
    to_map.focus()
    assert to_map.is_visible()
    reader.press("Enter")
    assert reader.ask("focusIsInMap")
    to_text.focus()
    reader.press("Enter")
    assert not reader.ask("focusIsInMap")


def test_one_live_region_names_the_chapter_politely(open_reader: OpenReader, mount: Mount, story: Story) -> None:
    reader = open_reader(mount.url, reduced_motion="reduce")
    chapter = story.chapters[3]
    reader.goto(chapter.slug)
    region = reader.view.locator("[data-story] [aria-live=polite], [data-story] [role=status]")
    assert region.count() == 1
    assert chapter.title in region.inner_text()


def _assert_readable(page: Page, story: Story) -> None:
    # A picture far down may be fetched late: pass over all of them once.
    for slug in story.slugs:
        page.locator(f"section[data-chapter={slug}]").scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    chapters: list[dict[str, Any]] = Reader(page, story).ask("pictures")
    assert [one["chapter"] for one in chapters] == story.slugs
    thin = [one["chapter"] for one in chapters if one["words"] < FEWEST_WORDS]
    assert not thin, f"chapters without visible text: {thin}"
    bare = [one["chapter"] for one in chapters if one["loaded"] < 1]
    assert not bare, f"chapters without a picture that loads: {bare}"


def _paper_luminance(page: Page) -> float:
    colour = page.evaluate(
        """() => {
            for (let one = document.querySelector("[data-story]"); one; one = one.parentElement) {
                const paint = getComputedStyle(one).backgroundColor;
                if (!/rgba\\(.*, 0\\)|transparent/.test(paint)) return paint;
            }
            return "rgb(255, 255, 255)";
        }"""
    )
    red, green, blue = (int(number) / 255 for number in re.findall(r"\d+", colour)[:3])
    luminance: float = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
    return luminance


def describe(violations: list[dict[str, Any]]) -> list[str]:
    """Give a line or two for each element that axe finds fault with."""
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:200]}\n{node.get('failureSummary', '')}"
        for one in violations
        for node in one["nodes"][:5]
    ]
