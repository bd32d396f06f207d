"""Serving: the right bytes with the right headers, and nothing that a request can make it say or keep."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from story.drawing_pool import BusyError, DrawingPool
from story.faults import Fault, StoryError
from story.pictures import KEPT_IN
from story.serve import PAGE, Reader
from tests.story.asking import ask
from tests.story.attacks import paths, queries
from tests.story.markup import HOSTILE
from tests.story.told import tiny_bundle

if TYPE_CHECKING:
    from pathlib import Path

    from story.bundle import Bundle
    from story.pictures import Picture


HASHED = re.compile(r"\.[0-9a-f]{10}\.")
UNPACK = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Give the application below /embed/, for the tiny story."""
    return Reader(tiny_bundle, frame_ancestors="'self' https://school.example")


@pytest.mark.parametrize("name", sorted(tiny_bundle().files))
@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_every_file_is_served_whole(reader: Reader, name: str, encoding: str) -> None:
    answer = ask(reader, f"/{name}", headers={"Accept-Encoding": encoding})
    assert answer.status == 200
    assert UNPACK[answer.headers.get("content-encoding", "")](answer.body) == tiny_bundle().files[name]
    assert answer.headers["content-length"] == str(len(answer.body))
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["cache-control"].endswith("immutable") == bool(HASHED.search(name))
    if encoding and name.endswith((".js", ".css", ".html")) and len(tiny_bundle().files[name]) > 600:
        assert answer.headers["content-encoding"] == encoding


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("claims/oil-ran-out.html", "text/html; charset=utf-8"),
        ("schemas/facts.json", "application/json"),
        ("facts.geojson", "application/geo+json"),
    ],
)
def test_files_say_what_they_are(reader: Reader, name: str, media_type: str) -> None:
    assert ask(reader, f"/{name}").headers["content-type"] == media_type


class Drawn:
    """A reader whose pictures are drawn in a thread, and are none; `paths` are those that were drawn."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, kept_in: Path) -> None:
        """Keep nothing of what is drawn."""
        self.paths: list[str] = []
        monkeypatch.setenv(KEPT_IN, str(kept_in))
        self.reader = Reader(tiny_bundle, frame_ancestors="", pool=DrawingPool(lambda *_: self))  # type: ignore[arg-type, return-value]

    def draw(self, picture: Picture) -> bytes:
        """Give an empty drawing."""
        self.paths.append(picture.path)
        return b"<svg/>" * 200

    def end(self) -> None:
        """Go on: there is no process to end when the pool has rested long enough."""


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Drawn:
    """Give a reader whose pictures are none."""
    return Drawn(monkeypatch, tmp_path)


@pytest.mark.parametrize("path", list(tiny_bundle().pictures))
def test_a_picture_is_drawn_when_it_is_asked_for(drawn: Drawn, path: str) -> None:
    answers = [ask(drawn.reader, f"/{path}", headers={"Accept-Encoding": "br"}) for _ in range(2)]
    assert {answer.body for answer in answers} == {b"<svg/>" * 200}
    assert answers[0].headers["content-type"] in {"image/png", "image/svg+xml", "image/webp"}
    cached = answers[0].headers["cache-control"]
    if path.startswith("cards/"):
        assert (drawn.paths, "immutable" in cached) == ([path], path.endswith(".png"))
    else:
        assert (drawn.paths, "immutable" in cached) == ([path] * 2, False)
    assert "content-encoding" not in answers[0].headers
    again = ask(drawn.reader, f"/{path}", headers={"If-None-Match": answers[0].headers["etag"]})
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize("path", list(tiny_bundle().pictures)[:5])
def test_nothing_is_drawn_for_head_and_what_is_drawn_is_told_in_full(drawn: Drawn, path: str) -> None:
    before = ask(drawn.reader, f"/{path}", method="HEAD")
    assert (before.status, before.body, drawn.paths) == (200, b"", [])
    whole = ask(drawn.reader, f"/{path}").headers
    unknown = {"content-length", "etag", "accept-ranges"}
    assert before.headers == {name: value for name, value in whole.items() if name not in unknown}
    if path.startswith("cards/"):
        assert ask(drawn.reader, f"/{path}", method="HEAD").headers == whole


def test_who_asks_when_too_many_wait_is_asked_to_come_again(drawn: Drawn, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise BusyError

    monkeypatch.setattr(drawn.reader.pool, "ask", refuse)
    answer = ask(drawn.reader, f"/{next(iter(tiny_bundle().pictures))}")
    assert (answer.status, answer.headers["retry-after"], answer.headers["cache-control"]) == (503, "15", "no-store")
    assert ask(drawn.reader, "/").status == 200


@pytest.mark.parametrize(
    "path", ["/cards/opening.png", "/cards/opening.0000000000.png", "/pictures/../x.png", "/pictures/"]
)
def test_a_picture_of_another_name_is_not_found_and_not_drawn(drawn: Drawn, path: str) -> None:
    answer = ask(drawn.reader, path)
    assert (answer.status, answer.headers["cache-control"], drawn.paths) == (404, "no-store", [])


def test_a_file_of_another_version_is_gone_and_the_answer_is_not_kept(reader: Reader) -> None:
    (name,) = (name for name in tiny_bundle().files if name.startswith("assets/reader.") and name.endswith(".js"))
    old = HASHED.sub(".0123456789.", name)
    answer = ask(reader, f"/{old}")
    assert (answer.status, answer.headers["cache-control"]) == (404, "no-store")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "X"])
def test_only_questions_are_answered(reader: Reader, method: str) -> None:
    answer = ask(reader, "/", method=method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/", "/index.html", "/claims.html", "/claims/oil-ran-out.html", "/rules.html"])
def test_every_page_has_a_policy_without_anything_inline(reader: Reader, path: str) -> None:
    answer = ask(reader, path)
    policy = answer.headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self' https://school.example")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert b"<script>" not in answer.body
    assert b" style=" not in answer.body
    assert b" onclick=" not in answer.body


def test_a_chapter_in_the_query_opens_its_own_page_and_the_first_of_two_counts(reader: Reader) -> None:
    bundle = tiny_bundle()
    assert ask(reader, "/", b"chapter=the-lamp").body == bundle.page("the-lamp")
    assert ask(reader, "/", b"chapter=two-logs&chapter=the-lamp").body == bundle.page("two-logs")
    assert ask(reader, "/", b"chapter=nowhere").body == bundle.page("opening")


def test_the_address_without_its_slash_leads_to_the_one_with_it() -> None:
    answer = ask(Reader(tiny_bundle, frame_ancestors="*"), "/embed", b"chapter=the-lamp", root_path="/embed")
    assert answer.status == 308
    assert answer.headers["location"] == "/embed/?chapter=the-lamp"


@settings(max_examples=200)
@given(paths, queries)
def test_a_hostile_request_gets_what_everybody_gets(path: str, query: bytes) -> None:
    reader, bundle = Reader(tiny_bundle, frame_ancestors="*"), tiny_bundle()
    answer = ask(reader, path, query)
    assert answer.status in {200, 404}
    if answer.status == 404:
        assert answer.body == b"Not found"
        assert answer.headers["cache-control"] == "no-store"
    else:
        known = {bundle.page(slug) for slug in bundle.heads} | set(bundle.files.values())
        assert answer.body in known


@settings(max_examples=100)
@given(paths, queries)
def test_what_does_not_exist_is_not_kept(reader: Reader, path: str, query: bytes) -> None:
    ask(reader, path, query)
    bundle = tiny_bundle()
    pages = {"", *(f"chapter={slug}" for slug in bundle.heads)}
    known = {(name,) for name in bundle.files} | {(page, PAGE) for page in pages}
    assert {tuple(key)[:-1] for key in reader.ready.kept} <= known


@given(st.sampled_from(HOSTILE))
def test_the_redirect_carries_the_query_only_as_an_address(words: str) -> None:
    query = f"chapter={words}".encode()
    answer = ask(Reader(tiny_bundle, frame_ancestors="*"), "/embed", query, root_path="/embed")
    assert answer.status == 308
    assert answer.headers["location"].startswith("/embed/?chapter=")
    assert not set('<>"\r\n ') & set(answer.headers["location"])
    assert answer.body == b""


def test_a_story_with_faults_is_told_shortly_on_the_bare_page() -> None:
    def broken() -> Bundle:
        raise StoryError([Fault("story.yaml", 1, "title", "nothing", "a title")])

    answer = ask(Reader(broken, frame_ancestors="*"), "/")
    assert answer.status == 503
    assert answer.body == b"This story cannot be told yet: 1 fault in its files."
