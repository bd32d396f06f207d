"""Middleware: safe headers on every answer, bounds to requests, our own addresses ahead of Streamlit's."""

from __future__ import annotations

import pytest
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from story.middleware import Bounded, HeadLikeGet, OwnRoutes, Safe
from story.serve import Reader
from tests.story.asking import ask
from tests.story.told import tiny_bundle


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Give the application below /embed/, for the tiny story."""
    return Reader(tiny_bundle, frame_ancestors="'self' https://school.example")


def test_headers_do_not_pile_up_on_a_response_that_is_kept(reader: Reader) -> None:
    safe = Safe(reader, frame_ancestors="*")
    assert ask(safe, "/story.json").headers == ask(safe, "/story.json").headers


def test_safe_headers_are_on_every_answer_and_a_stricter_policy_stays(reader: Reader) -> None:
    safe = Safe(reader, frame_ancestors="https://school.example")
    for path in ("/", "/story.json", "/nothing"):
        headers = ask(safe, path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "geolocation=()" in headers["permissions-policy"]
        assert "frame-ancestors" in headers["content-security-policy"]
    assert "default-src 'none'" in ask(safe, "/").headers["content-security-policy"]


@pytest.mark.parametrize(("path", "body"), [("/ours", b"ours"), ("/theirs", b"theirs"), ("/ours/", b"theirs")])
def test_our_own_addresses_are_answered_first_and_all_others_passed_on(path: str, body: bytes) -> None:
    app = OwnRoutes(PlainTextResponse("theirs"), routes=[Route("/ours", lambda _: PlainTextResponse("ours"))])
    assert ask(app, path).body == body


@pytest.mark.parametrize(
    ("query", "headers", "status"),
    [
        (b"", {}, 200),
        (b"x" * 60_000, {"X": "y" * 60_000}, 200),
        (b"x" * 65_537, {}, 414),
        (b"", {"X": "y" * 65_537}, 431),
        (b"", {f"X-{number}": "y" * 4_000 for number in range(17)}, 431),
    ],
)
def test_what_no_browser_sends_is_refused(query: bytes, headers: dict[str, str], status: int) -> None:
    answer = ask(Bounded(PlainTextResponse("whole")), "/", query, headers=headers)
    assert answer.status == status
    assert ("connection" in answer.headers) == (status != 200)


@pytest.mark.parametrize("body", [b"", b"lamp" * 900])
def test_head_gets_the_headers_of_get(body: bytes) -> None:
    app = HeadLikeGet(GZipMiddleware(PlainTextResponse(body)))
    got, head = (ask(app, method=method, headers={"Accept-Encoding": "gzip"}) for method in ("GET", "HEAD"))
    assert (head.status, head.headers, head.body) == (got.status, got.headers, b"")


def test_without_a_list_anybody_may_frame_the_story() -> None:
    answer = ask(Safe(Reader(tiny_bundle, frame_ancestors=""), frame_ancestors=""), "/")
    assert "frame-ancestors" not in answer.headers["content-security-policy"]
    assert "x-frame-options" not in answer.headers
