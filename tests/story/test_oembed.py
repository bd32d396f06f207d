"""oEmbed: complete answers for our own addresses, as the specification has them, and none for any other."""

from __future__ import annotations

import json
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode, urlsplit
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.routing import Route

from story.address import publish
from story.bundle import build_bundle
from story.faults import Fault, StoryError
from story.oembed import FRAME_PX, answer, find_target, fit
from story.serve import Oembed
from story.snippets import frame_code
from tests.story.asking import Answer, ask
from tests.story.markup import HOSTILE, hostile, read_html
from tests.story.told import real, tiny, tiny_bundle

# What the specification requires: of every answer, and besides of an answer of the type `rich`.
REQUIRED = {"type", "version"} | {"html", "width", "height"}
OPTIONAL = {"title", "author_name", "author_url", "provider_name", "provider_url", "cache_age"}
THUMBNAIL = {"thumbnail_url", "thumbnail_width", "thumbnail_height"}
HOME = "https://keepers.example/"


@cache
def app() -> Starlette:
    """Give an application with the endpoint alone, for the tiny story."""
    return Starlette(routes=[Route("/oembed", Oembed(tiny_bundle).answer)])


def ask_for(**asked: str) -> Answer:
    """Ask the endpoint."""
    return ask(app(), "/oembed", urlencode(asked).encode())


def check(told: dict[str, Any], *, widest: int = FRAME_PX[0], highest: int = FRAME_PX[1]) -> None:
    """Hold an answer against the specification: its members, their types, and the limits that were asked for."""
    assert set(told) - THUMBNAIL == REQUIRED | OPTIONAL
    assert not THUMBNAIL & set(told) or set(told) >= THUMBNAIL
    assert (told["type"], told["version"]) == ("rich", "1.0")
    assert 1 <= int(told["width"]) <= widest
    assert 1 <= int(told["height"]) <= highest
    for name in ("author_url", "provider_url"):
        assert urlsplit(told[name]).scheme in {"http", "https"}
    page = read_html(told["html"])
    (frame,) = (attributes for tag, attributes in page.tags if tag == "iframe")
    assert frame["src"].startswith(f"{told['provider_url']}embed/")
    assert (frame["width"], frame["height"]) == (str(told["width"]), str(told["height"]))
    assert frame["title"] == told["title"]
    assert not {"script", "style", "link"} & {tag for tag, _ in page.tags}


@pytest.mark.parametrize("form", ["json", "xml"])
@pytest.mark.parametrize("query", ["", "?chapter=the-lamp"])
@pytest.mark.parametrize("path", ["", "embed/", "embed"])
def test_an_address_of_ours_gets_all_that_the_specification_requires(form: str, query: str, path: str) -> None:
    found = ask_for(url=f"{HOME}{path}{query}", format=form)
    assert found.status == 200
    if form == "json":
        assert found.headers["content-type"] == "application/json"
        told = json.loads(found.body)
        assert all(isinstance(told[name], int) for name in ("width", "height", "cache_age"))
    else:
        assert found.headers["content-type"] == "text/xml; charset=utf-8"
        assert found.body.startswith(b'<?xml version="1.0" encoding="utf-8" standalone="yes"?><oembed>')
        told = {element.tag: element.text for element in ET.fromstring(found.body)}  # noqa: S314 - our own answer
    check(told)
    assert told["title"] == ("The Lamp · The Two Keepers" if query else "The Two Keepers")


@pytest.mark.parametrize("chapter", real().story.chapters, ids=lambda chapter: chapter.slug)
def test_every_chapter_of_the_story_can_be_embedded(chapter: Any) -> None:
    bundle = real()
    target = find_target(f"{bundle.story.settings.address}?chapter={chapter.slug}", bundle)
    assert target is not None
    assert target.chapter is chapter
    check(answer(bundle, target, (None, None)))


def test_the_address_of_a_claim_opens_it_in_its_chapter() -> None:
    claim = real().story.claims[3]
    target = find_target(f"{real().story.settings.address}?claim={claim.id}", real())
    assert target is not None
    assert target.chapter.slug == claim.chapter
    assert f"embed/?claim={claim.id}" in frame_code(real(), target, (300, 300))


def test_the_frame_is_what_the_address_asks_for_but_of_one_height() -> None:
    told = json.loads(ask_for(url=f"{HOME}embed/?chapters=the-lamp..two-logs&layout=card&height=auto&theme=x").body)
    (frame,) = (attributes for tag, attributes in read_html(told["html"]).tags if tag == "iframe")
    assert frame["src"] == f"{HOME}embed/?{urlencode({'chapters': 'the-lamp..two-logs', 'layout': 'card'})}"
    assert f'href="{HOME}?chapter=the-lamp"' in told["html"]


@given(st.integers(1, 3000), st.integers(1, 3000))
def test_an_answer_is_never_larger_than_was_asked(widest: int, highest: int) -> None:
    told = json.loads(ask_for(url=HOME, maxwidth=str(widest), maxheight=str(highest)).body)
    check(told, widest=min(widest, FRAME_PX[0]), highest=min(highest, FRAME_PX[1]))
    assert told.get("thumbnail_width", 0) <= widest
    assert told.get("thumbnail_height", 0) <= highest


@given(st.one_of(st.none(), st.text(max_size=20), st.integers().map(str), st.just("9" * 5000)))
def test_any_limit_gives_a_size(limit: str | None) -> None:
    assert 1 <= fit(limit, 960) <= 960


@pytest.mark.parametrize(
    "url",
    ["", "https://other.example/", "https://keepers.example.evil.example/", "https://keepers.example@evil.example/",
     "https://keepers.example:8443/", "https://keepers.example/sources", "https://keepers.example/embed/story.json",
     "https://keepers.example/?chapter=nowhere", "https://keepers.example/?claim=nothing", "keepers.example",
     "ftp://keepers.example/", "file:///etc/passwd", "http://169.254.169.254/latest/meta-data/", "http://localhost/",
     "https://keepers.example/../../etc/passwd", "https://keepers.example/%2e%2e/", "https://[::1", "\x00",
     "https://keepers.example/\x00", "https://keepers.example/?" + "a" * 5000],
)  # fmt: skip
def test_an_unknown_or_foreign_address_is_not_found(url: str) -> None:
    found = ask_for(url=url)
    assert (found.status, found.body) == (404, b"Not found")


@pytest.mark.parametrize("published", ["localhost", "127.0.0.1", "[::1]"])
@pytest.mark.parametrize("asked", ["localhost", "127.0.0.1", "[::1]"])
def test_this_machine_is_known_by_each_of_its_names(published: str, asked: str) -> None:
    bundle = build_bundle(publish(tiny(), f"http://{published}:8501/"))
    target = find_target(f"http://{asked}:8501/?chapter=the-lamp", bundle)
    assert target is not None
    assert f'src="http://{published}:8501/embed/?chapter=the-lamp"' in answer(bundle, target, (None, None))["html"]
    for other in (f"http://{asked}:8502/", f"http://{asked}.evil.example:8501/", "http://127.0.0.2:8501/"):
        assert find_target(other, bundle) is None


def test_without_an_address_to_ask_for_nothing_is_found() -> None:
    assert ask(app(), "/oembed").status == 404


@pytest.mark.parametrize("form", ["yaml", "JSON", "", "json,xml", "<script>"])
def test_a_format_that_we_do_not_speak_is_not_implemented(form: str) -> None:
    found = ask(app(), "/oembed", urlencode({"url": HOME, "format": form}).encode())
    assert found.status == 501
    assert form not in found.body.decode() or not form


queries = st.one_of(
    st.binary(max_size=80),
    st.dictionaries(st.sampled_from(["url", "format", "maxwidth", "maxheight", "callback"]), hostile)
    .map(lambda asked: urlencode(asked).encode()),
    hostile.map(lambda words: f"url={quote(HOME)}?chapter={quote(words)}&url={quote(words)}".encode()),
    hostile.map(lambda words: f"url={quote(HOME)}&x={quote(words)}&maxwidth={quote(words)}&format=xml".encode()),
    hostile.map(lambda words: f"url={quote(f'{HOME}?layout={quote(words)}#{words}')}".encode()),
)  # fmt: skip


@given(queries)
def test_nothing_of_a_hostile_question_comes_back(query: bytes) -> None:
    found = ask(app(), "/oembed", query)
    assert found.status in {200, 404, 501}
    assert not any(words in found.body.decode() for words in HOSTILE)
    if found.status == 200:
        plain = {ask_for(url=HOME, format=form).body for form in ("json", "xml")}
        assert found.body in plain


def test_a_story_with_faults_says_so_here_too() -> None:
    def broken() -> None:
        raise StoryError([Fault("story.yaml", 1, "title", "nothing", "a title")])

    found = ask(Starlette(routes=[Route("/oembed", Oembed(broken).answer)]), "/oembed")  # type: ignore[arg-type]
    assert found.status == 503


def test_only_questions_are_answered() -> None:
    assert ask(app(), "/oembed", method="POST").status == 405


def test_answers_are_not_packed_so_that_they_fill_no_store() -> None:
    assert "no-transform" in ask_for(url=HOME).headers["cache-control"]
