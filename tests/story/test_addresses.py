"""Addresses that are no article are refused; those that only look like it are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from story.addresses import what_else
from tests.story.faulty import change, line_of

if TYPE_CHECKING:
    from pathlib import Path

HOST = "https://news.example"
REFUSED = {
    "a listing": [
        "/tag/lamps/",
        "/category/oil",
        "/en/category/oil/page/9",
        "/briefs/page/6",
        "/oil?page=12",
        "/2009_archive.html",
    ],
    "a feed": ["/feed", "/lamps/feed/", "/rss.xml"],
    "a search": ["/search?q=oil", "/?s=lamp"],
    "a form below an article": ["/2025/12/29/lamp/?replytocom=474784"],
    "a link for a messenger": ["/post/60654/whatsapp:/send?text=Read"],
    "data of the site's own": ["/index.php?rest_route=%2Fwp%2Fv2%2Fposts%2F12356"],
    "an address with a port": [":443/article/c45f"],
}


@pytest.mark.parametrize(("what", "path"), [(what, path) for what, paths in REFUSED.items() for path in paths])
def test_an_address_that_is_no_article_is_named_for_what_it_is(what: str, path: str) -> None:
    assert what_else(HOST + path) == what


@pytest.mark.parametrize(
    "path",
    [
        "/category/world/lamps-out-in-2025/176518",
        "/?p=109751",
        "/tags-of-oil.html",
        "/feeding/the-lamp",
        "/page/one",
        "/a?id=2",
    ],
)
def test_an_article_is_left_alone(path: str) -> None:
    assert what_else(HOST + path) == ""


def test_the_linter_tells_where_such_an_address_stands(tiny_copy: Path) -> None:
    faults = change(tiny_copy, "facts/island.yaml", "https://north.example/count", "https://north.example/tag/count")
    assert [(fault.key, fault.line) for fault in faults] == [
        ("1.sources.0.url", line_of(tiny_copy, "facts/island.yaml", "https://north.example/tag/count"))
    ]
    assert "a listing" in faults[0].found
