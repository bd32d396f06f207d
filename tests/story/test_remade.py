"""Streamlit's answers made anew: files packed once, the essay in the first page, and nothing of the request."""

from __future__ import annotations

import asyncio
import gzip
import threading
from typing import TYPE_CHECKING

import brotli
import pytest
from hypothesis import given

from story import remade as module
from story.faults import Fault, StoryError
from story.packing import pack
from story.remade import EssayFirst, PackedFiles, first_page
from tests.story.asking import ask, ask_now
from tests.story.attacks import queries
from tests.story.told import tiny_bundle

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from story.bundle import Bundle

FIRST = b'<!DOCTYPE html><html lang="en"><head><title>Streamlit</title></head><body><div id="root"></div></body></html>'
UNPACK = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
LAMP = b"A lamp is a promise. " * 100
SCRIPT = "/static/js/lamp.js"


class Sending:
    """An application that sends one body in many parts, as Streamlit sends its files."""

    def __init__(self, body: bytes, *, media_type: str = "text/html; charset=utf-8", tag: str = '"1"') -> None:
        """Keep what is to be sent; what is asked for whole is counted by path."""
        self.body, self.media_type, self.tag = body, media_type, tag
        self.asked: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's three
        """Send the body by hundred bytes; to HEAD the headers alone."""
        told = {"content-type": self.media_type, "content-length": str(len(self.body)), "last-modified": "x"}
        told |= {"etag": self.tag} if self.tag else {}
        headers = [(name.encode(), value.encode()) for name, value in told.items()]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        if scope["method"] != "HEAD":
            self.asked.append(scope["path"])
            for at in range(0, len(self.body), 100):
                await send({"type": "http.response.body", "body": self.body[at : at + 100], "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_a_file_is_packed_once_as_the_client_takes_it(encoding: str) -> None:
    files = Sending(LAMP, media_type="text/javascript")
    app = PackedFiles(files)
    first, *others = (ask(app, SCRIPT, headers={"Accept-Encoding": encoding}) for _ in range(5))
    assert UNPACK[encoding](first.body) == LAMP
    assert first.headers["content-encoding"] == encoding
    assert first.headers["vary"] == "Accept-Encoding"
    assert first.headers["content-length"] == str(len(first.body))
    assert all((each.body, each.headers) == (first.body, first.headers) for each in others)
    assert files.asked == [SCRIPT]


def test_a_file_that_has_changed_is_packed_anew() -> None:
    files = Sending(LAMP, media_type="text/javascript")
    app = PackedFiles(files)
    ask(app, SCRIPT, headers={"Accept-Encoding": "br"})
    files.body, files.tag = b"Another lamp. " * 100, '"2"'
    assert brotli.decompress(ask(app, SCRIPT, headers={"Accept-Encoding": "br"}).body) == files.body


def test_many_who_ask_at_once_wait_for_one_packing_beside_the_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    packed: list[bool] = []

    def watched(*told: object) -> bytes:
        packed.append(threading.current_thread() is threading.main_thread())
        return pack(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "pack", watched)
    app = PackedFiles(Sending(LAMP, media_type="text/javascript"))

    async def run() -> set[bytes]:
        asking = [ask_now(app, SCRIPT, headers={"Accept-Encoding": "br"}) for _ in range(20)]
        return {answer.body for answer in await asyncio.gather(*asking)}

    assert len(asyncio.run(run())) == 1
    assert packed == [False]


def test_each_form_of_a_file_has_a_validator_of_its_own() -> None:
    app = PackedFiles(Sending(LAMP, media_type="text/javascript"))
    tags = {wish: ask(app, SCRIPT, headers={"Accept-Encoding": wish}).headers["etag"] for wish in ("br", "gzip", "x")}
    assert len(set(tags.values())) == 3
    again = ask(app, SCRIPT, headers={"Accept-Encoding": "br", "If-None-Match": tags["br"]})
    assert (again.status, again.body) == (304, b"")
    assert ask(app, SCRIPT, headers={"Accept-Encoding": "br", "If-None-Match": tags["gzip"]}).status == 200


@pytest.mark.parametrize(
    ("path", "headers", "method"),
    [
        (SCRIPT, {}, "GET"),
        (SCRIPT, {"Accept-Encoding": "br", "Range": "bytes=0-9"}, "GET"),
        (SCRIPT, {"Accept-Encoding": "br"}, "POST"),
        ("/media/lamp.csv", {"Accept-Encoding": "br"}, "GET"),
        ("/embed/static/lamp.js", {"Accept-Encoding": "br"}, "GET"),
    ],
)
def test_what_is_no_file_asked_for_packed_and_whole_is_passed_on_in_its_parts(
    path: str, headers: dict[str, str], method: str
) -> None:
    answer = ask(PackedFiles(Sending(LAMP)), path, headers=headers, method=method)
    assert (answer.body, answer.messages) == (LAMP, 23)
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=0-9"}])
def test_a_file_that_is_passed_on_says_that_it_has_other_forms(headers: dict[str, str]) -> None:
    assert ask(PackedFiles(Sending(LAMP)), SCRIPT, headers=headers).headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(("body", "media_type"), [(b"short", "text/javascript"), (LAMP, "font/woff2")])
def test_what_packing_makes_no_smaller_is_left_as_it_is(body: bytes, media_type: str) -> None:
    answer = ask(PackedFiles(Sending(body, media_type=media_type)), SCRIPT, headers={"Accept-Encoding": "br"})
    assert (answer.body, "content-encoding" in answer.headers) == (body, False)


def test_a_file_without_a_validator_is_passed_on() -> None:
    files = Sending(LAMP, media_type="text/javascript", tag="")
    assert ask(PackedFiles(files), SCRIPT, headers={"Accept-Encoding": "br"}).body == LAMP


def test_head_gets_the_headers_of_get() -> None:
    for app, path in ((PackedFiles(Sending(LAMP)), SCRIPT), (EssayFirst(Sending(FIRST), find_bundle=tiny_bundle), "/")):
        for wish in ("", "br", "gzip"):
            got, head = (ask(app, path, headers={"Accept-Encoding": wish}, method=each) for each in ("GET", "HEAD"))
            assert (head.headers, head.body) == (got.headers, b"")


def test_the_essay_is_in_the_first_page_before_any_script() -> None:
    app = EssayFirst(Sending(FIRST), find_bundle=tiny_bundle)
    answer = ask(app, "/", b"chapter=the-lamp")
    page = answer.body.decode()
    assert "<title>The Lamp · The Two Keepers</title>" in page
    assert "The northern log says that" in page
    assert 'dir="ltr"' in page
    assert page.index('id="essay-first"') < page.index("</body>")
    assert answer.headers["content-length"] == str(len(answer.body))
    assert answer.headers["etag"] != '"1"'
    assert "last-modified" not in answer.headers
    assert ask(app, "/", b"chapter=the-lamp", headers={"If-None-Match": answer.headers["etag"]}).status == 304
    assert ask(app, "/", headers={"If-None-Match": answer.headers["etag"]}).status == 200


def test_the_first_page_is_packed_and_made_once_for_each_chapter() -> None:
    streamlit = Sending(FIRST)
    app = EssayFirst(streamlit, find_bundle=tiny_bundle)
    for _ in range(3):
        for query in (b"", b"chapter=the-lamp", b"chapter=nowhere"):
            answer = ask(app, "/", query, headers={"Accept-Encoding": "br"})
            assert answer.headers["content-encoding"] == "br"
            assert b"essay-first" in brotli.decompress(answer.body)
    assert streamlit.asked == ["/"] * 2


@pytest.mark.parametrize("path", ["/sources", "/embed/", "/_stcore/health", "//", "/index.html"])
def test_no_other_page_gets_the_essay(path: str) -> None:
    assert ask(EssayFirst(Sending(FIRST), find_bundle=tiny_bundle), path).body == FIRST


def test_what_is_no_page_at_the_first_address_is_left_alone() -> None:
    app = EssayFirst(Sending(b"{}", media_type="application/json"), find_bundle=tiny_bundle)
    assert ask(app, "/").body == b"{}"


def test_a_story_with_faults_leaves_the_first_page_to_tell_them() -> None:
    def broken() -> Bundle:
        raise StoryError([Fault("story.yaml", 1, "title", "nothing", "a title")])

    assert ask(EssayFirst(Sending(FIRST), find_bundle=broken), "/").body == FIRST


@given(queries)
def test_the_first_page_never_says_what_it_was_asked(query: bytes) -> None:
    bundle = tiny_bundle()
    pages = {first_page(FIRST, bundle, slug) for slug in bundle.shell_heads}
    assert ask(EssayFirst(Sending(FIRST), find_bundle=tiny_bundle), "/", query).body in pages


def test_the_words_of_a_page_are_put_in_once() -> None:
    page = first_page(FIRST, tiny_bundle(), "opening").decode()
    assert page.count('data-story="two-keepers"') == 1
    assert page.count("<title>The Two Keepers</title>") == 1
