"""Files that are lost or late, code that throws, no network: the words stay, and a still where the map cannot come.

The table "When things fail" in .ci/deploy/README.md says what was seen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.faulty import CHAPTER, CLAIM, MADE_UP, NEXT, STOOD_IN, changed, lose, read_claim, routed
from tests.browser.reader import Reader

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

    from tests.browser.conftest import Mount
    from tests.browser.reader import Story

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["page", "embed"])
@pytest.mark.parametrize(
    "lost", [r"/leaflet\.", r"/assets/reader\.\w+\.js", r"/map\.", r"/(leaflet|reader|map)\.\w+\.js"]
)
def test_without_a_script_text_evidence_and_stills_are_read(
    request: pytest.FixtureRequest, faulty: Page, path: str, lost: str
) -> None:
    mount: Mount = request.getfixturevalue(f"{path}_mount")
    with routed(faulty, lost, lose):
        faulty.goto(mount.at(chapter=CHAPTER), wait_until="commit")
        faulty.wait_for_function(STOOD_IN, arg=CHAPTER)
        assert faulty.locator(f"#title-{CHAPTER}").is_visible()
        assert faulty.locator(".stand-in").get_attribute("alt")
        assert not faulty.locator("[data-bar] [data-step='1']").is_visible()
        faulty.locator("[data-legend] summary").click()
        assert faulty.locator("[data-legend-list] li").first.is_visible()
        assert len(read_claim(faulty)) > 100
        faulty.evaluate("(slug) => document.getElementById(slug).scrollIntoView()", NEXT)
        faulty.wait_for_function(STOOD_IN, arg=NEXT)


@pytest.mark.parametrize("lost", [r"/fallback\.", r"/relief_core\.", r"/relief_\w+\.", r"/records\.", r"\.css"])
def test_without_any_other_file_the_reader_lives(faulty: Page, embed_mount: Mount, story: Story, lost: str) -> None:
    with routed(faulty, lost, lose):
        faulty.goto(embed_mount.at(chapter=CHAPTER))
        reader = Reader(faulty, story).wait_until_ready()
        reader.check(CHAPTER)
        assert len(read_claim(faulty)) > 100
        reader.goto(NEXT)
        reader.check(NEXT)
        assert not faulty.locator(".stand-in, .no-map:visible").count()


def test_a_relief_that_was_lost_is_asked_for_again_at_the_next_chapter(
    faulty: Page, embed_mount: Mount, story: Story
) -> None:
    with routed(faulty, r"/relief_\w+\.", lose):
        faulty.goto(embed_mount.at(chapter=CHAPTER))
        reader = Reader(faulty, story).wait_until_ready()
        faulty.wait_for_function("() => document.querySelector('img.relief_core').src.startsWith('data:')")
    reader.goto(NEXT)
    faulty.wait_for_function("() => document.querySelector('img.relief_core').src.includes('/relief_core.')")


def test_where_nothing_comes_but_the_page_itself_its_words_do(faulty: Page, embed_mount: Mount) -> None:
    with routed(faulty, r"/embed/\w", lose):
        faulty.goto(f"{embed_mount.url}#{CHAPTER}")
        assert faulty.locator(f"#title-{CHAPTER}").is_visible()
        assert len(read_claim(faulty)) > 100
        note = faulty.locator(".no-map")
        assert not note.is_visible()
        note.evaluate("(note) => note.getAnimations()[0].finish()")
        assert note.is_visible()


def test_a_map_that_comes_late_finds_the_reader_where_he_is(browser: Browser, embed_mount: Mount, story: Story) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    with browser.new_context(viewport={"width": 390, "height": 800}, reduced_motion="reduce") as context:
        page = context.new_page()
        page.clock.install()
        page.route(re.compile(r"/map\.\w+\.js"), hold)
        page.goto(embed_mount.at(chapter=CHAPTER), wait_until="commit")
        page.locator(f"#title-{CHAPTER}").wait_for()
        page.wait_for_function("() => window.TheLineBetween")
        assert not page.locator(".stand-in").count()
        page.clock.fast_forward(3000)
        page.wait_for_function(STOOD_IN, arg=CHAPTER)
        reader = Reader(page, story)
        reader.scroll_to(NEXT)
        page.wait_for_function(STOOD_IN, arg=NEXT)
        before = page.evaluate("scrollY")
        held[0].continue_()
        reader.wait_until_ready().wait_for(NEXT)
        reader.check(NEXT)
        assert page.evaluate("scrollY") == before
        assert not page.locator(".stand-in").is_visible()
        assert page.locator("[data-bar] [data-step='1']").is_visible()


def test_a_layer_that_throws_leaves_the_others_alive_and_is_named_once(
    faulty: Page, embed_mount: Mount, story: Story
) -> None:
    """One layer throws while it is drawn, another whenever it is shown."""
    ever = "strikes"
    draws = changed(("TheLineBetween.flows(", "TheLineBetween.lost("))
    shows = changed(
        ("pane.inert = strength", f'if (id === "{ever}" && strength === "full") {{ {MADE_UP} }} pane.inert = strength')
    )
    with routed(faulty, r"/map\.\w+\.js", draws) as said:
        faulty.route(re.compile(r"/assets/reader\.\w+\.js"), shows)
        faulty.goto(embed_mount.url)
        reader = Reader(faulty, story).wait_until_ready()
        for slug in story.slugs:
            reader.goto(slug)
            reader.check(slug)
    assert re.findall(r'without "([\w-]+)"', " ".join(said)) == ["layer-displacement", f"layer-{ever}"]


def test_where_the_reader_itself_throws_stills_stand_in_and_the_fault_is_said_once(
    faulty: Page, embed_mount: Mount
) -> None:
    breaks = changed(("this.stepper.watch();", MADE_UP))
    with routed(faulty, r"/assets/reader\.\w+\.js", breaks) as said:
        faulty.goto(embed_mount.at(chapter=CHAPTER))
        faulty.wait_for_function(STOOD_IN, arg=CHAPTER)
        assert len(read_claim(faulty)) > 100
        assert said == ["made up"]


def test_without_a_network_all_goes_on_and_a_record_that_cannot_come_says_so(
    faulty: Page, embed_mount: Mount, story: Story
) -> None:
    with routed(faulty, r"/records\.\w+\.js", lose):
        faulty.goto(embed_mount.url)
        reader = Reader(faulty, story).wait_until_ready()
        faulty.context.set_offline(offline=True)
        for slug in story.slugs:
            reader.goto(slug)
            reader.check(slug)
        reader.goto(CHAPTER)
        assert len(read_claim(faulty)) > 100
        link = faulty.locator("[data-panel-content] .evidence a[data-fact]").first
        title = link.inner_text()
        link.click()
        faulty.get_by_text("The record has not come.").wait_for()
        assert faulty.locator("[data-panel-title]").inner_text() == title
        faulty.context.set_offline(offline=False)
    faulty.keyboard.press("Escape")
    faulty.locator(CLAIM).first.click()
    faulty.locator("[data-panel-content] summary").first.wait_for()  # asked for again: now they are there
