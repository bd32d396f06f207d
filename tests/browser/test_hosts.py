"""The story in pages of others: whatever they are, it is whole, keeps to itself, and traps nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from story.accents import guard_accent
from story.embedding import read_options
from tests.browser.hosting import INNER, STILL, framed
from tests.browser.reader import Reader
from tests.story.test_embedding import DIGITS, TABLE, queries

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.conftest import Mount, OpenPage
    from tests.browser.hosting import Hosts
    from tests.browser.reader import Story

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("page", "query", "size"),
    [
        ("plain", "", (900, 640)),
        ("sandboxed", "", (360, 420)),
        ("article", "height=auto", (720, 640)),
    ],
)
def test_every_chapter_is_right(
    open_page: OpenPage, hosts: Hosts, story: Story, page: str, query: str, size: tuple[int, int]
) -> None:
    address = hosts.at(page, query, width=size[0], height=size[1])
    reader = framed(open_page(address, 1000, 800, **STILL), story)
    for slug in story.slugs:
        reader.goto(slug)
        reader.check(slug)
        if page != "plain":  # nothing scrolls inside; a frame that grows may take a moment
            reader.view.wait_for_function(f"() => ({INNER})()[0] <= 1", timeout=5000)
        assert reader.view.evaluate(INNER)[1] <= 0, f"{slug} is wider than its frame"


@pytest.mark.parametrize("layout", ["auto", "side", "stacked", "map", "card"])
def test_every_layout_is_whole_at_every_width(open_page: OpenPage, hosts: Hosts, story: Story, layout: str) -> None:
    page = open_page(hosts.at("sandboxed", f"layout={layout}&chapters=ceasefire", height=560), 1960, 800, **STILL)
    reader = framed(page, story)
    for width in (280, 360, 640, 960, 1920):
        page.evaluate("(width) => (document.querySelector('iframe').width = width)", width)
        page.wait_for_timeout(250)
        reader.wait_for("ceasefire")
        reader.check("ceasefire")
        assert reader.view.evaluate(INNER)[1] <= 0, f"{layout} is wider than {width} px"
        assert reader.view.locator("#title-ceasefire").is_visible()
    assert reader.view.locator("[data-chapter]:not([hidden])").count() == 1


def test_the_script_grows_its_frames_as_they_need_and_listens_to_nobody_else(
    open_page: OpenPage, hosts: Hosts, story: Story
) -> None:
    page = open_page(hosts.at("hostile", "height=auto"), 700, 900, **STILL)
    reader = framed(page, story)
    seen = set()
    for slug in story.slugs[:3]:
        reader.goto(slug)
        page.wait_for_timeout(200)
        high = page.locator("figure iframe").bounding_box()
        inner = reader.view.evaluate("() => document.querySelector('[data-story]').getBoundingClientRect().height")
        assert high
        assert abs(high["height"] - inner) <= 1
        seen.add(round(inner))
    assert len(seen) > 1
    assert not page.locator("figure img").is_visible()
    kinds = {message["type"] for message in page.evaluate("() => window.heard")}
    assert kinds == {"ready", "height", "state"}
    assert {message["version"] for message in page.evaluate("() => window.heard")} == {1}
    told = [one["state"]["chapter"] for one in page.evaluate("() => window.heard") if one["type"] == "state"]
    assert told[-1] in story.slugs


def test_a_frame_tells_nothing_before_it_is_greeted_and_then_only_who_greeted(
    open_page: OpenPage, hosts: Hosts, story: Story
) -> None:
    page = open_page(hosts.at("plain", "height=auto"), 800, 700, **STILL)
    page.evaluate("() => { window.heard = []; addEventListener('message', ({ data }) => window.heard.push(data)); }")
    reader = framed(page, story)
    wrong = [
        "null", "1", "'hello'", "{}", "{ protocol: 'story-frame', version: 2, type: 'hello' }",
        "{ protocol: 'other', version: 1, type: 'hello' }", "{ protocol: 'story-frame', version: 1, type: 'goto' }",
    ]  # fmt: skip
    for message in wrong:
        page.evaluate(f"() => frames[0].postMessage({message}, '*')")
    reader.view.evaluate("() => postMessage({ protocol: 'story-frame', version: 1, type: 'hello' }, '*')")  # itself
    page.wait_for_timeout(200)
    assert page.evaluate("() => window.heard") == []
    page.evaluate("() => frames[0].postMessage({ protocol: 'story-frame', version: 1, type: 'hello' }, '*')")
    page.wait_for_function("window.heard.some(({ type }) => type === 'height')")


def test_several_on_one_page_each_go_their_own_way(open_page: OpenPage, hosts: Hosts, story: Story) -> None:
    page = open_page(hosts.at("several", "height=auto&layout=card", height=500), 700, 2400, **STILL)
    readers = [framed(page, story, number) for number in range(3)]
    readers[1].goto(story.slugs[4])
    assert [reader.shown()["state"]["chapter"] for reader in readers] == [story.slugs[at] for at in (0, 4, 0)]
    readers[1].check(story.slugs[4])


def test_a_frame_that_its_host_hides_at_first_opens_when_it_is_seen(
    open_page: OpenPage, hosts: Hosts, story: Story
) -> None:
    page = open_page(hosts.at("hidden", "chapter=ceasefire"), 800, 700, **STILL)
    page.wait_for_timeout(1500)
    page.evaluate("() => (document.querySelector('div').hidden = false)")
    reader = framed(page, story)
    reader.wait_for("ceasefire")
    reader.check("ceasefire")


@pytest.mark.parametrize("page", ["rtl", "strict"])
def test_a_host_of_another_direction_or_a_strict_policy_changes_nothing(
    browser: Browser, hosts: Hosts, story: Story, page: str
) -> None:
    with browser.new_context(viewport={"width": 900, "height": 1400}, reduced_motion="reduce") as context:
        tab = context.new_page()
        tab.goto(hosts.at(page, "chapter=ceasefire"))
        reader = framed(tab, story)
        reader.wait_for("ceasefire")
        reader.check("ceasefire")
        assert reader.view.evaluate("() => getComputedStyle(document.querySelector('[data-text]')).direction") == "ltr"
        if page == "strict":  # it lets no script of ours in: picture, words and link stay
            assert tab.locator("figure img").is_visible()
            assert "Ceasefire" in tab.locator("figcaption a").inner_text()


@pytest.mark.parametrize("form", ["script", "frame"])
def test_where_no_server_answers_words_and_link_stay(browser: Browser, hosts: Hosts, form: str) -> None:
    with browser.new_context(viewport={"width": 900, "height": 900}) as context:
        tab = context.new_page()
        tab.goto(hosts.at("article", "chapters=ceasefire", form=form, app="http://127.0.0.1:9"))
        tab.wait_for_timeout(500)
        caption = tab.locator("figcaption")
        assert caption.is_visible()
        assert caption.locator("a").get_attribute("href") == "http://127.0.0.1:9/?chapter=ceasefire"
        assert "Ceasefire" in caption.inner_text()
        if form == "script":
            assert tab.locator("figure img").get_attribute("alt")
            assert not tab.locator("iframe").count()


def test_without_scripts_and_on_paper_a_part_is_that_part(
    open_page: OpenPage, hosts: Hosts, embed_mount: Mount, story: Story
) -> None:
    query = urlencode({"chapters": "ceasefire", "theme": "dark", "layout": "stacked"})
    bare = open_page(f"{embed_mount.url}?{query}", java_script_enabled=False)
    assert bare.locator("[data-chapter]:visible").count() == 1
    assert bare.locator("#ceasefire img.still").is_visible()
    assert bare.locator("[data-story]").get_attribute("data-theme") == "dark"
    page = open_page(hosts.at("sandboxed", "chapter=ceasefire", height=420), **STILL)
    reader = framed(page, story)
    page.emulate_media(media="print")
    reader.view.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert reader.view.locator("[data-chapter]:visible").count() == 1
    assert reader.view.locator("#ceasefire .still").is_visible()
    assert not reader.view.locator("[data-map]").is_visible()


def test_server_and_browser_read_every_address_alike(open_page: OpenPage, embed_mount: Mount, story: Story) -> None:
    asked: list[str] = []
    digits: list[str] = []

    @settings(max_examples=400, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(queries, DIGITS)
    def gather(query: str, colour: str) -> None:
        asked.append(query)
        digits.append(colour)

    gather()
    page = open_page(f"{embed_mount.url}?layout=card", **STILL)
    Reader(page, story).wait_until_ready()
    # As an address: what a browser would not send as it is, it encodes first, and so the server gets it.
    ask = """(queries) => queries.map((query) => {
        const { search } = new URL(`http://a.example/?${query.replace(/#/g, "%23")}`);
        return [search.slice(1), TheLineBetween.readOptions(search)];
    })"""
    for sent, read in page.evaluate(ask, asked):
        assert read == read_options(sent, TABLE), sent
    guarded = page.evaluate("(digits) => digits.map(TheLineBetween.guardAccent)", digits)
    assert [tuple(pair) for pair in guarded] == [guard_accent(each) for each in digits]
