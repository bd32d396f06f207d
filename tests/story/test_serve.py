"""Serving: the right bytes with the right headers, and nothing that a request can make it say or keep."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.responses import PlainTextResponse

from story.faults import Fault, StoryError
from story.serve import Compressed, EssayFirst, Reader, Safe, best_encoding, first_page, pack
from tests.story.asking import ask
from tests.story.markup import HOSTILE
from tests.story.told import tiny_bundle

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from story.bundle import Bundle


FIRST = b'<!DOCTYPE html><html lang="en"><head><title>Streamlit</title></head><body><div id="root"></div></body></html>'
UNPACK = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}

paths = st.one_of(
    st.sampled_from(
        ["/", "//", "/../story.json", "/..%2f..%2fetc/passwd", "/assets/", "/assets/../records.html", "/%00", "/.",
         "/~", "/story.json/", "/STORY.JSON", "\\story.json", "/records.html\x00", "/__class__", "//evil.example/"]
    ),
    st.text(max_size=60).map(lambda rest: "/" + rest),
    st.lists(st.sampled_from(["..", ".", "assets", "stills", "records.html", "%2e%2e", ""]), max_size=9).map(
        lambda parts: "/" + "/".join(parts)
    ),
)  # fmt: skip
queries = st.one_of(
    st.binary(max_size=80),
    st.sampled_from(
        [b"chapter=", b"chapter=a&chapter=b", b"chapter=%ff%fe", b"chapter=%00", b"&&&=", b"chapter=" + b"x" * 60_000,
         b"chapter=../../etc/passwd", b"chapter=the-lamp&chapter=<script>", b";chapter=x", b"chapter[]=1"]
    ),
    st.sampled_from(HOSTILE).map(lambda words: b"chapter=" + words.encode()),
)  # fmt: skip


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


@given(st.binary(max_size=4000), st.sampled_from(["br", "gzip"]))
def test_packing_loses_nothing_and_is_the_same_every_time(content: bytes, encoding: str) -> None:
    packed = pack(content, encoding)
    assert UNPACK[encoding](packed) == content
    pack.cache_clear()
    assert pack(content, encoding) == packed


@pytest.mark.parametrize(
    ("accepted", "best"),
    [
        ("", ""),
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0.5, gzip;q=1.0", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0, gzip;q=0.1", "gzip"),
        ("br;q=0.0, gzip", "gzip"),
        ("br;q=0.000", ""),
        ("br;q=0.01", "br"),
        ("identity", ""),
        ("zstd, brotli, gzipped", ""),
    ],
)
def test_the_best_encoding_is_one_that_the_client_takes(accepted: str, best: str) -> None:
    assert best_encoding(accepted) == best


@given(st.text(st.characters(max_codepoint=255), max_size=60))
def test_any_header_gives_one_of_three_answers(accepted: str) -> None:
    assert best_encoding(accepted) in UNPACK


@given(st.lists(st.sampled_from(["br", "gzip", "deflate", "zstd", "*", "identity"]), unique=True))
def test_nothing_is_packed_in_a_way_that_was_not_offered(offers: list[str]) -> None:
    best = best_encoding(", ".join(offers))
    assert best == ("br" if "br" in offers else "gzip" if "gzip" in offers else "")


@pytest.mark.parametrize("name", sorted(tiny_bundle().files))
@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_every_file_is_served_whole(reader: Reader, name: str, encoding: str) -> None:
    answer = ask(reader, f"/{name}", headers={"Accept-Encoding": encoding})
    assert answer.status == 200
    assert UNPACK[answer.headers.get("content-encoding", "")](answer.body) == tiny_bundle().files[name]
    assert answer.headers["content-length"] == str(len(answer.body))
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["cache-control"].endswith("immutable") == (name not in {"records.html", "story.json"})
    if encoding and name.endswith((".js", ".css", ".html")) and len(tiny_bundle().files[name]) > 600:
        assert answer.headers["content-encoding"] == encoding


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("records.html", "text/html; charset=utf-8"), ("story.json", "application/json")],
)
def test_files_say_what_they_are(reader: Reader, name: str, media_type: str) -> None:
    assert ask(reader, f"/{name}").headers["content-type"] == media_type


def test_the_bare_page_has_a_policy_without_anything_inline(reader: Reader) -> None:
    answer = ask(reader, "/")
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
    assert {name for name, _, _ in reader.ready} <= {"", *bundle.files}
    assert {slug for _, slug, _ in reader.ready} <= {"", *bundle.heads}


@given(st.sampled_from(HOSTILE))
def test_the_redirect_carries_the_query_only_as_an_address(words: str) -> None:
    query = f"chapter={words}".encode()
    answer = ask(Reader(tiny_bundle, frame_ancestors="*"), "/embed", query, root_path="/embed")
    assert answer.status == 308
    assert answer.headers["location"].startswith("/embed/?chapter=")
    assert not set('<>"\r\n ') & set(answer.headers["location"])
    assert answer.body == b""


def test_headers_do_not_pile_up_on_a_response_that_is_kept(reader: Reader) -> None:
    safe = Safe(reader, frame_ancestors="*")
    assert ask(safe, "/story.json").headers == ask(safe, "/story.json").headers


def test_safe_headers_are_on_every_answer_and_a_stricter_policy_stays(reader: Reader) -> None:
    safe = Safe(reader, frame_ancestors="https://school.example")
    for path in ("/", "/story.json", "/nothing"):
        headers = ask(safe, path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
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


def test_a_story_with_faults_is_told_shortly_on_the_bare_page() -> None:
    def broken() -> Bundle:
        raise StoryError([Fault("story.yaml", 1, "title", "nothing", "a title")])

    answer = ask(Reader(broken, frame_ancestors="*"), "/")
    assert answer.status == 503
    assert answer.body == b"This story cannot be told yet: 1 faults in its files."


def test_without_a_list_anybody_may_frame_the_story() -> None:
    answer = ask(Safe(Reader(tiny_bundle, frame_ancestors=""), frame_ancestors=""), "/")
    assert "frame-ancestors" not in answer.headers["content-security-policy"]
    assert "x-frame-options" not in answer.headers
