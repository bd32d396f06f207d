"""Frames in Firefox and WebKit: in a low one every line of the text comes by on some page, and none is skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from story.embedding import list_shown, read_options
from tests.browser.hosting import INNER
from tests.browser.reader import Reader
from tests.story.test_embedding import SLUGS, TABLE

if TYPE_CHECKING:
    from tests.browser.hosting import Hosts
    from tests.browser.reader import Story
    from tests.engines.view import View

pytestmark = pytest.mark.engines

QUERY = "chapters=roots..dollars"
LOW = (350, 420)
# The chapter that is read, its page as it says itself, and which lines of its text are in view, of how many.
PAGE = """() => {
    const chapter = document.querySelector(".chapter[aria-current]");
    const box = document.querySelector("[data-text]").getBoundingClientRect();
    const words = document.createRange();
    words.selectNodeContents(chapter.querySelector(".body"));
    const lines = [...words.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
    const inside = ({ left, top, right, bottom }) =>
        left > box.left - 1 && right < box.right + 1 && top > box.top - 1 && bottom < box.bottom + 1;
    return {
        slug: chapter.dataset.chapter,
        page: document.querySelector("[data-page]").textContent,
        seen: lines.flatMap((line, index) => (inside(line) ? [index] : [])),
        lines: lines.length,
        last: document.querySelector("[data-bar] [data-step='1']").disabled,
    };
}"""


def test_a_low_frame_turns_every_page_of_every_chapter(hosts: Hosts, story: Story, view: View) -> None:
    width, height = LOW
    view.open(hosts.at("plain", QUERY, width=width, height=height))
    with view.inside():
        reader = Reader(view, story).wait_until_ready()
        pages = [view.evaluate(PAGE)]
        while not pages[-1]["last"]:
            view.click("[data-bar] [data-step='1']")
            pages.append(view.evaluate(PAGE))
            assert len(pages) < 60
        shown = list_shown(read_options(QUERY, TABLE), SLUGS)
        for slug in shown:
            of_chapter = [page for page in pages if page["slug"] == slug]
            total = len(of_chapter)
            assert total > 1
            assert [page["page"] for page in of_chapter] == [f"{at} / {total}" for at in range(1, total + 1)]
            assert {line for page in of_chapter for line in page["seen"]} == set(range(of_chapter[0]["lines"])), slug
        reader.wait_for(shown[-1])
        reader.check(shown[-1])
        assert view.evaluate(INNER) == [0, 0]
    assert view.evaluate("scrollY") == 0, "the host's page was scrolled"
