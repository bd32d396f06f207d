"""What the server sends: the essay first, compressed, cached, under a strict policy, nothing reflected."""

from __future__ import annotations

import html
import re
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from tests.browser.reader import Reader

if TYPE_CHECKING:
    from email.message import Message

    from tests.browser.conftest import Mount, OpenPage
    from tests.browser.reader import Story
    from tests.running import Server

pytestmark = pytest.mark.browser

HOSTILE = [
    '"><script>window.__hostile = 1</script>',
    "'><img src=x onerror=window.__hostile=1>",
    "</title><svg onload=window.__hostile=1>",
    "javascript:window.__hostile=1",
    "roots' onmouseover='window.__hostile=1",
    "{{7*7}}${7*7}",
    "roots\r\nSet-Cookie: hostile=1",
    "a" * 4000,
]
# Below this a compressed answer may be longer than the plain one.
WORTH_COMPRESSING_BYTES = 1000
YEAR_S = 365 * 24 * 3600


class _Tags(HTMLParser):
    """Collects the start tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def _get(url: str, encoding: str = "identity") -> tuple[Message, bytes]:
    request = urllib.request.Request(url, headers={"Accept-Encoding": encoding})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        error.close()
        raise AssertionError(f"{url} answers {error.code}") from error


def _assets(url: str) -> list[str]:
    """List the addresses of the scripts, styles and pictures that a page names."""
    _, body = _get(url)
    found = []
    for tag, attributes in _Tags(body.decode()).tags:
        source = attributes.get("src") if tag in {"script", "img"} else None
        if tag == "link" and attributes.get("rel") in {"stylesheet", "preload", "modulepreload"}:
            source = attributes.get("href")
        if source and not source.startswith("data:"):
            found.append(urllib.parse.urljoin(url, source))
    return sorted(set(found))


@pytest.mark.parametrize("path", ["/", "/embed/"])
def test_the_first_answer_holds_the_whole_essay(server: Server, story: Story, path: str) -> None:
    _, body = _get(f"{server.url}{path}")
    page = html.unescape(body.decode())
    missing = [chapter.slug for chapter in story.chapters if chapter.title not in page]
    assert not missing
    assert sum("data-story" in attributes for _, attributes in _Tags(body.decode()).tags) == 1


@pytest.mark.parametrize("path", ["/", "/embed/"])
def test_the_first_answer_says_what_the_page_is(server: Server, path: str) -> None:
    _, body = _get(f"{server.url}{path}")
    page = body.decode()
    tags = _Tags(page).tags
    named = {one.get("property") or one.get("name"): one.get("content") for tag, one in tags if tag == "meta"}
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert title
    assert "The Line Between" in title[1]
    for name in ("description", "og:title", "og:description", "og:type", "og:image", "twitter:card"):
        assert named.get(name), f"no {name}"
    (root,) = (one for tag, one in tags if tag == "html")
    assert root["lang"] == "en"
    assert root["dir"] == "ltr"


@pytest.mark.parametrize("encoding", ["br", "gzip"])
@pytest.mark.parametrize("path", ["/", "/embed/", "/embed/story.json"])
def test_pages_are_compressed(server: Server, path: str, encoding: str) -> None:
    headers, _ = _get(f"{server.url}{path}", encoding)
    assert headers["Content-Encoding"] == encoding
    assert "accept-encoding" in headers.get("Vary", "").lower()


@pytest.mark.parametrize("path", ["/", "/embed/"])
def test_assets_are_compressed(server: Server, path: str) -> None:
    assets = [one for one in _assets(f"{server.url}{path}") if re.search(r"\.(js|css|json|svg)(\?|$)", one)]
    assert assets
    for asset in assets:
        headers, body = _get(asset, "br, gzip")
        if len(body) >= WORTH_COMPRESSING_BYTES:
            assert headers["Content-Encoding"] in {"br", "gzip"}, asset


def test_assets_of_the_bare_page_never_change(server: Server) -> None:
    assets = _assets(f"{server.url}/embed/")
    assert assets
    for asset in assets:
        headers, _ = _get(asset)
        cached = headers.get("Cache-Control", "")
        age = re.search(r"max-age=(\d+)", cached)
        assert "immutable" in cached, f"{asset}: {cached!r}"
        assert age, asset
        assert int(age[1]) >= YEAR_S, asset


def test_the_bare_page_has_a_strict_policy(server: Server) -> None:
    headers, _ = _get(f"{server.url}/embed/")
    policy = headers["Content-Security-Policy"]
    rules = dict(rule.split(None, 1) for rule in policy.split(";") if " " in rule.strip())
    scripts = rules.get("script-src", rules.get("default-src"))
    assert scripts
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert scripts.split() == ["'self'", "https://story.example"]  # the address, for frames that know no 'self'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in headers


def test_the_bare_page_has_no_inline_script(server: Server) -> None:
    _, body = _get(f"{server.url}/embed/")
    for tag, attributes in _Tags(body.decode()).tags:
        inline = tag == "script" and "src" not in attributes
        assert not inline or "json" in (attributes.get("type") or ""), attributes
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        assert not (attributes.get("href") or "").startswith("javascript:")


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("path", ["/", "/embed/"])
def test_a_hostile_chapter_is_not_reflected(server: Server, path: str, value: str) -> None:
    headers, body = _get(f"{server.url}{path}?{urllib.parse.urlencode({'chapter': value})}")
    assert value not in body.decode()
    assert value not in html.unescape(body.decode())
    assert "hostile" not in str(headers.get("Set-Cookie", ""))


def test_a_hostile_chapter_runs_nothing(open_page: OpenPage, mount: Mount, story: Story) -> None:
    reader = Reader(open_page(mount.url), story)
    for value in HOSTILE[: 5 if mount.name == "embed" else 1]:
        reader.view.goto(mount.at(chapter=value, slug=value))
        reader.wait_until_ready().wait_for(story.slugs[0])
        assert reader.view.evaluate("() => window.__hostile === undefined")


def test_without_a_network_the_exported_page_is_whole(open_page: OpenPage, export_mount: Mount, story: Story) -> None:
    page = open_page(export_mount.url)
    page.context.set_offline(offline=True)
    page.reload()
    reader = Reader(page, story).wait_until_ready()
    reader.goto(story.slugs[7])
    reader.check(story.slugs[7])
