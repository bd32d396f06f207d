"""Refuses addresses that are no article: listings, feeds, searches and pages that are overwritten."""

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from story.exactness import find_facts
from story.model import Story
from story.sheet import Sheet

# What an address is, by the pattern of its path. A tag or a category is a listing; an article that a site files below
# one ends in a number of its own.
_PATHS = {
    "a listing": re.compile(r"/(?:tags?|category|categories)(?:/[^/\d]+)*/?$|/page/\d+/?$|_archive\.html$"),
    "a feed": re.compile(r"/(?:feed|rss|atom)(?:/|\.xml)?$|\.rss$"),
    "a search": re.compile(r"/search(?:/|$)"),
    "a link for a messenger": re.compile(r"whatsapp:|/send\?text="),
}
_ASKED = {
    "page": "a listing",
    "paged": "a listing",
    "s": "a search",
    "q": "a search",
    "feed": "a feed",
    "rest_route": "data of the site's own",
    "replytocom": "a form below an article",
    "share": "a link for sharing",
    "text": "a link for a messenger",
}


def what_else(url: str) -> str:
    """What an address is where it is no article: `a listing`, `a feed` ...; empty where it may be one."""
    parts = urlsplit(url)
    if parts.port is not None:
        return "an address with a port"
    for what, pattern in _PATHS.items():
        if pattern.search(parts.path):
            return what
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    return next((what for key, what in _ASKED.items() if key in asked), "")


def check_addresses(story: Story, sheets: Mapping[str, Sheet]) -> None:
    """Note every source whose address is a listing, a feed, a search or the like: it shows something else tomorrow."""
    for sheet, index, fact in find_facts(story, sheets):
        for at, source in enumerate(fact.sources):
            if what := what_else(source.url):
                loc = (index, "sources", at, "url")
                expected = "the address of one article or document that stays as it is"
                sheet.fault(sheet.line(loc), ".".join(map(str, loc)), f"{source.url!r}, {what}", expected)
