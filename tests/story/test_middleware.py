"""Middleware: safe headers on every answer, text packed, the essay in the first page and nothing of the request."""

from __future__ import annotations

import asyncio
import gzip
from typing import TYPE_CHECKING

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import PlainTextResponse

from story.middleware import Compressed, EssayFirst, OwnSessions, Safe, first_page, opened_by
from story.serve import Reader
from tests.story.asking import ask
from tests.story.attacks import queries
from tests.story.told import tiny_bundle

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send

FIRST = b'<!DOCTYPE html><html lang="en"><head><title>Streamlit</title></head><body><div id="root"></div></body></html>'
UNPACK = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Give the application below /embed/, for the tiny story."""
    return Reader(tiny_bundle, frame_ancestors="'self' https://school.example")


class Sending:
    """An application that sends one body in many parts."""

    def __init__(self, body: bytes, *, media_type: bytes = b"text/html; charset=utf-8", status: int = 200) -> None:
        """Keep what is to be sent."""
        self.body, self.media_type, self.status = body, media_type, status

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's three
        """Send the body byte by hundred bytes."""
        length = str(len(self.body)).encode()
        headers = [
            (b"content-type", self.media_type),
            (b"content-length", length),
            (b"etag", b'"1"'),
            (b"last-modified", b"x"),
        ]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        for at in range(0, len(self.body), 100):
            await send({"type": "http.response.body", "body": self.body[at : at + 100], "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


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


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_text_is_packed_and_pictures_are_not(encoding: str) -> None:
    body = b"A lamp is a promise. " * 100
    packed = ask(Compressed(Sending(body)), headers={"Accept-Encoding": encoding})
    assert UNPACK[encoding](packed.body) == body
    assert packed.headers["content-encoding"] == encoding
    assert packed.headers["vary"] == "Accept-Encoding"
    assert packed.headers["content-length"] == str(len(packed.body))
    picture = ask(Compressed(Sending(body, media_type=b"image/webp")), headers={"Accept-Encoding": encoding})
    assert picture.body == body
    assert "content-encoding" not in picture.headers


@pytest.mark.parametrize("options", [{"headers": {}}, {"headers": {"Accept-Encoding": "br"}, "method": "POST"}])
def test_what_was_not_asked_for_packed_is_passed_on_in_its_parts(options: dict[str, object]) -> None:
    answer = ask(Compressed(Sending(b"x" * 950)), **options)
    assert answer.body == b"x" * 950
    assert answer.messages == 12


def test_a_short_body_and_an_error_are_left_as_they_are() -> None:
    short = ask(Compressed(PlainTextResponse("short")), headers={"Accept-Encoding": "br"})
    assert (short.body, "content-encoding" in short.headers) == (b"short", False)
    lost = ask(Compressed(Sending(b"x" * 950, status=404)), headers={"Accept-Encoding": "br"})
    assert (lost.status, lost.body) == (404, b"x" * 950)


def test_an_event_stream_is_never_held_back() -> None:
    answer = ask(Compressed(Sending(b"x" * 950, media_type=b"text/event-stream")), headers={"Accept-Encoding": "br"})
    assert answer.messages > 2


def test_the_essay_is_in_the_first_page_before_any_script() -> None:
    app = EssayFirst(Sending(FIRST), find_bundle=tiny_bundle)
    answer = ask(app, "/", b"chapter=the-lamp")
    page = answer.body.decode()
    assert "<title>The Lamp · The Two Keepers</title>" in page
    assert "The northern log says that" in page
    assert 'dir="ltr"' in page
    assert page.index('id="essay-first"') < page.index("</body>")
    assert answer.headers["content-length"] == str(len(answer.body))
    assert "etag" not in answer.headers
    assert "last-modified" not in answer.headers


@pytest.mark.parametrize("path", ["/sources", "/embed/", "/_stcore/health", "//", "/index.html"])
def test_no_other_page_gets_the_essay(path: str) -> None:
    assert ask(EssayFirst(Sending(FIRST), find_bundle=tiny_bundle), path).body == FIRST


def test_what_is_no_page_at_the_first_address_is_left_alone() -> None:
    app = EssayFirst(Sending(b"{}", media_type=b"application/json"), find_bundle=tiny_bundle)
    assert ask(app, "/").body == b"{}"


@given(queries)
def test_the_first_page_never_says_what_it_was_asked(query: bytes) -> None:
    bundle = tiny_bundle()
    pages = {first_page(FIRST, bundle, slug) for slug in bundle.shell_heads}
    assert ask(EssayFirst(Sending(FIRST), find_bundle=tiny_bundle), "/", query).body in pages


def test_the_words_of_a_page_are_put_in_once() -> None:
    page = first_page(FIRST, tiny_bundle(), "opening").decode()
    assert page.count('data-story="two-keepers"') == 1
    assert page.count("<title>The Two Keepers</title>") == 1


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
