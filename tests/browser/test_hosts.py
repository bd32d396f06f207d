"""The story in pages of others: whatever they are, it is whole, keeps to itself, and traps nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from story.accents import guard_accent
from story.embedding import list_shown, read_options
from tests.browser.hosting import Hosts, run_hosts
from tests.browser.reader import Reader
from tests.story.test_embedding import DIGITS, SLUGS, TABLE, queries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Frame, Page

    from tests.browser.conftest import Mount, OpenPage
    from tests.browser.reader import Story
    from tests.running import Server

pytestmark = pytest.mark.browser
STILL = {"reduced_motion": "reduce"}
# How much higher and wider the page in a frame is than the frame.
INNER = """() => {
    const { scrollHeight, scrollWidth } = document.scrollingElement;
    return [scrollHeight - innerHeight, scrollWidth - innerWidth];
}"""
TOUCHED = "() => getComputedStyle(document.querySelector('[data-map]')).touchAction"


@pytest.fixture(scope="module")
def hosts(server: Server) -> Iterator[Hosts]:
    """Give another site."""
    with run_hosts(server.url) as running:
        yield running


def framed(page: Page, story: Story, number: int = 0) -> Reader:
    """Give the reader in a frame of the page, once it is ready."""
    page.wait_for_function("(number) => document.querySelectorAll('iframe').length > number", arg=number)
    return Reader(story_frames(page)[number], story).wait_until_ready()


def story_frames(page: Page) -> list[Frame]:
    """Give the frames of a page that show the story."""
    page.wait_for_timeout(200)
    return [frame for frame in page.frames if "/embed/" in frame.url]


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
        scroll = reader.view.evaluate(INNER)
        assert scroll[1] <= 0, f"{slug} is wider than its frame"
        assert page == "plain" or scroll[0] <= 1, f"{slug} scrolls inside its frame"


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


def test_a_low_frame_turns_pages_and_lets_the_article_scroll(open_page: OpenPage, hosts: Hosts, story: Story) -> None:
    address = hosts.at("article", "chapters=ceasefire..closing", form="frame", height=420)
    page = open_page(address, 800, 700, **STILL)
    reader = framed(page, story)
    box = page.locator("iframe").bounding_box()
    assert box
    for across in (0.2, 0.8):  # over the text, over the map
        page.mouse.move(box["x"] + box["width"] * across, box["y"] + 200)
        before = page.evaluate("scrollY")
        page.mouse.wheel(0, 120)
        page.wait_for_function("(before) => scrollY > before + 60", arg=before)
        box = page.locator("iframe").bounding_box() or box
    forth = reader.view.locator("[data-bar] [data-step='1']")
    texts, words = set(), reader.view.locator("#ceasefire .body").inner_text()
    for _ in range(40):
        texts.add(reader.view.locator("[data-page]").inner_text())
        if not forth.is_enabled():
            break
        forth.click()
    assert "1 / 1" not in texts
    assert len(texts) > 2
    assert len(words.split()) > 50
    shown = list_shown(read_options("chapters=ceasefire..closing", TABLE), SLUGS)
    reader.wait_for(shown[-1])
    assert reader.view.evaluate(INNER) == [0, 0]
    reader.view.locator("[data-bar] [data-step='-1']").focus()
    reader.view.evaluate("() => document.querySelector('[aria-current=step] summary, [aria-current=step] a').focus()")
    focused = reader.view.evaluate("() => document.activeElement.getBoundingClientRect().left")
    assert 0 <= focused < reader.view.evaluate("() => innerWidth")


def test_a_high_frame_hands_the_wheel_on_at_its_end_and_a_finger_on_its_map_too(
    open_page: OpenPage, hosts: Hosts, story: Story
) -> None:
    page = open_page(hosts.at("plain", "chapters=ceasefire", width=600, height=600), 800, 760, **STILL)
    reader = framed(page, story)
    reader.view.evaluate("() => scrollTo(0, 1e6)")
    page.mouse.move(300, 600)
    page.mouse.wheel(0, 200)
    page.wait_for_function("scrollY > 100")
    page.mouse.wheel(0, -300)
    touched = open_page(hosts.at("plain", width=360, height=600), 390, 844, has_touch=True, is_mobile=True, **STILL)
    phone = framed(touched, story)
    assert phone.view.evaluate(TOUCHED) == "pan-x pan-y"
    assert phone.view.evaluate("() => document.querySelector('[data-story]').dataset.mode") == "step"


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
