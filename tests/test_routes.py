"""Every route of the real application, asked with no good intent: nothing comes back, nothing is kept or breaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from story.middleware import PERMISSIONS
from tests.story.attacks import names, paths, queries
from tests.story.markup import HOSTILE
from tests.story.told import real

if TYPE_CHECKING:
    from tests.front import Ask
    from tests.story.asking import Answer

OURS = ["/embed", "/embed/", "/embed/index.html", "/embed/story.json", "/embed/version.html", "/embed/embed.js",
        "/claims.json", "/robots.txt", "/sitemap.xml", "/oembed"]  # fmt: skip
STREAMLITS = ["/", "/sources", "/evidence", "/_stcore/health", "/_stcore/host-config", "/media/x", "/component/x/y"]
CHAPTERS = [quote(chapter.slug) for chapter in real().story.chapters[:3]]
MARK = "zq9hostile9qz"  # whatever is asked carries it; no answer may


def assert_safe(answer: Answer, path: str) -> None:
    """Assert what holds for whatever anybody asks."""
    headers = answer.headers
    assert answer.status in {200, 206, 301, 304, 307, 308, 400, 403, 404, 405, 422, 501}, (path, answer.status)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["permissions-policy"] == PERMISSIONS
    assert b"Traceback" not in answer.body
    if path.startswith(("/embed", "/claims.json", "/oembed", "/robots.txt", "/sitemap.xml")):
        assert "set-cookie" not in headers


@settings(max_examples=150)
@given(st.sampled_from([*OURS, *STREAMLITS]), queries, st.sampled_from(["", "gzip", "br"]))
def test_hostile_queries_change_nothing(ask: Ask, path: str, query: bytes, encoding: str) -> None:
    answer = ask(path, query, **{"accept-encoding": encoding})
    assert_safe(answer, path)
    if path in OURS and path not in {"/embed", "/oembed"}:
        assert answer.status == 200


@settings(max_examples=150)
@given(st.sampled_from(OURS), names, st.sampled_from([*HOSTILE, "../" * 40, "%00", "\u202e", "a" * 9000, "🜂"]))
def test_no_answer_repeats_what_it_was_asked(ask: Ask, path: str, name: str, words: str) -> None:
    query = f"{name}={quote(words + MARK)}&{name}={MARK}&url=https://story.example/the-line/?{name}={MARK}"
    answer = ask(path, query.encode())
    assert_safe(answer, path)
    if answer.status != 308:  # the way to the address with its slash keeps the query, as an address
        assert MARK.encode() not in answer.body
    assert MARK not in "".join(value for header, value in answer.headers.items() if header != "location")


@settings(max_examples=200)
@given(st.sampled_from(["/embed", "/embed/claims", "/embed/cards", "/embed/pictures", "/claims.json", ""]), paths)
def test_hostile_paths_find_nothing_of_the_machine(ask: Ask, below: str, path: str) -> None:
    answer = ask(below + path)
    assert_safe(answer, below + path)
    assert b"root:x:0" not in answer.body
    if below.startswith("/embed") and answer.status == 200:
        assert answer.body in {*real().files.values(), real().page(real().story.chapters[0].slug)}


@pytest.mark.parametrize("path", [each for each in OURS if each.endswith((".html", "/"))])
@pytest.mark.parametrize("query", ["", *(f"chapter={slug}&layout=card&theme=dark&header=off" for slug in CHAPTERS)])
def test_every_page_below_embed_has_a_policy_that_holds(ask: Ask, path: str, query: str) -> None:
    answer = ask(path, query.encode())
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = answer.body.decode()
    assert not re.search(r"<script(?![^>]*(?: src=|application/ld\+json|application/json))[^>]*>", page)
    assert not re.search(r"<[^>]+ (?:style|on[a-z]+)=", page)


@pytest.mark.parametrize("path", ["/", "/sources"])
def test_the_apps_own_pages_load_no_plugin_and_move_no_base(ask: Ask, path: str) -> None:
    policy = ask(path).headers["content-security-policy"]
    assert "object-src 'none'" in policy
    assert "base-uri 'self'" in policy
    assert "form-action 'self'" in policy
    assert "frame-ancestors" not in policy


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost.evil.example"])
def test_no_answer_trusts_another_origin_with_a_readers_cookies(ask: Ask, origin: str) -> None:
    for path in [*OURS, *STREAMLITS]:
        headers = ask(path, origin=origin).headers
        assert headers.get("access-control-allow-credentials", "") != "true", path
        assert headers.get("access-control-allow-origin", "*") == "*", path
