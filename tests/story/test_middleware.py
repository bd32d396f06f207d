"""Middleware: safe headers on every answer, sessions for this site alone, our own addresses ahead of Streamlit's."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from story.middleware import OwnRoutes, OwnSessions, Safe, opened_by
from story.serve import Reader
from tests.story.asking import ask
from tests.story.told import tiny_bundle

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send


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
    ("origin", "host", "opens"),
    [
        (None, "story.example", True),
        ("https://story.example", "story.example", True),
        ("http://story.example:8501", "story.example:8501", True),
        ("https://news.example", "story.example", True),
        ("https://news.example:444", "", True),
        ("https://story.example:8502", "story.example:8501", False),
        ("https://evil.example", "story.example", False),
        ("https://story.example.evil.example", "story.example", False),
        ("https://story.example@evil.example", "story.example", False),
        ("null", "null", False),
        ("", "", False),
        ("https://[", "[", False),
    ],
)
def test_a_session_is_opened_by_pages_of_this_site_alone(origin: str | None, host: str, *, opens: bool) -> None:
    assert opened_by(origin, host, frozenset({"news.example"})) == opens
    reached, sent = [], []

    async def app(scope: Scope, _: Receive, __: Send) -> None:
        reached.append(scope["type"])

    async def send(message: Message) -> None:
        sent.append(message["type"])

    async def nothing() -> Message:
        return {"type": "websocket.connect"}

    headers = [(b"host", host.encode())] + ([(b"origin", origin.encode())] if origin is not None else [])
    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": headers}
    asyncio.run(OwnSessions(app, hosts=frozenset({"news.example"}))(scope, nothing, send))
    assert (reached, sent) == ((["websocket"], []) if opens else ([], ["websocket.close"]))
    asyncio.run(OwnSessions(app, hosts=None)(scope, nothing, send))
    assert reached[-1] == "websocket"


@given(st.text(max_size=80), st.text(max_size=30))
def test_any_origin_is_judged(origin: str, host: str) -> None:
    assert opened_by(origin, host, frozenset()) in {True, False}


def test_without_a_list_anybody_may_frame_the_story() -> None:
    answer = ask(Safe(Reader(tiny_bundle, frame_ancestors=""), frame_ancestors=""), "/")
    assert "frame-ancestors" not in answer.headers["content-security-policy"]
    assert "x-frame-options" not in answer.headers
