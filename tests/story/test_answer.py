"""Answers that are kept: out of reach of whoever passes them on, with their validator, and only so many."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.answer import Answer, AnswerCache, has_it_already
from tests.story.asking import ask

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send

TOLD = {"Content-Type": "text/plain", "Cache-Control": "public", "Vary": "Accept-Encoding", "Content-Encoding": "br"}
LAMP = Answer.of(b"A lamp is a promise.", TOLD)


def test_whoever_passes_an_answer_on_and_changes_it_changes_it_for_himself_alone() -> None:
    async def careless(scope: Scope, receive: Receive, send: Send) -> None:
        async def add(message: Message) -> None:
            if "headers" in message:
                message["headers"].append((b"x-more", b"and more"))
            await send(message)

        await LAMP(scope, receive, add)

    first = ask(LAMP).headers
    assert all(ask(careless).headers == first | {"x-more": "and more"} for _ in range(20))
    assert ask(LAMP).headers == first
    with pytest.raises(AttributeError):
        LAMP.headers.append((b"x", b"y"))  # type: ignore[attr-defined]


@pytest.mark.parametrize("said", ["{tag}", "W/{tag}", '"other", {tag}', '"a,b" , W/{tag},"c"', "*", " * "])
def test_who_has_it_already_is_told_so_without_a_body(said: str) -> None:
    told = ask(LAMP, headers={"If-None-Match": said.format(tag=LAMP.tag)})
    assert (told.status, told.body) == (304, b"")
    whole = ask(LAMP).headers
    assert told.headers == {name: whole[name] for name in ("cache-control", "vary", "etag", "accept-ranges")}


@pytest.mark.parametrize("said", ["", '"other"', "lamp", 'W/"other", "one"', "**", '"*"'])
def test_who_has_something_else_gets_the_whole(said: str) -> None:
    assert ask(LAMP, headers={"If-None-Match": said}).body == LAMP.body


def test_a_tag_is_of_the_bytes_and_an_error_has_none() -> None:
    assert Answer.of(b"A lamp is a promise.", {}).tag == LAMP.tag != Answer.of(b"Another lamp.", {}).tag
    lost = Answer.of(b"Not found", {}, 404)
    assert "etag" not in ask(lost).headers
    assert ask(lost, headers={"If-None-Match": "*"}).status == 404


@pytest.mark.parametrize("answer", [LAMP, Answer.of(b"Not found", TOLD, 404)])
def test_head_gets_the_headers_of_get_and_no_body(answer: Answer) -> None:
    got, head = ask(answer), ask(answer, method="HEAD")
    assert (head.status, head.headers, head.body) == (got.status, got.headers, b"")


@pytest.mark.parametrize("asked", ["bytes=0-3", "bytes=-1", "bytes=99-", "lines=1-2", "bytes=3-1,x"])
def test_a_range_is_refused_by_sending_the_whole(asked: str) -> None:
    told = ask(LAMP, headers={"Range": asked, "If-Range": LAMP.tag})
    assert (told.status, told.body, told.headers["accept-ranges"]) == (200, LAMP.body, "none")
    assert "content-range" not in told.headers


@given(st.text(st.characters(max_codepoint=255), max_size=60))
def test_any_header_is_judged(said: str) -> None:
    assert has_it_already(said, LAMP.tag) == (said.strip() == "*")


def test_an_answer_is_made_once_and_the_one_not_asked_for_longest_goes_first() -> None:
    cache, made = AnswerCache(25), []

    async def get(key: str) -> bytes:
        async def make() -> Answer:
            made.append(key)
            return Answer.of(key.encode() * 10, {})

        return (await cache.get(key, make)).body

    async def run() -> None:
        for key in ("a", "b", "a", "c", "a", "b"):
            assert await get(key) == key.encode() * 10

    asyncio.run(run())
    assert made == ["a", "b", "c", "b"]
    assert (list(cache.kept), cache.bytes) == (["a", "b"], 20)


def test_what_is_larger_than_all_that_may_be_kept_is_sent_and_not_kept() -> None:
    cache = AnswerCache(5)
    assert cache.keep("lamp", LAMP) is LAMP
    assert cache.find("lamp") is None


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 12)), max_size=40))
def test_never_more_is_kept_than_may_be(asked: list[tuple[str, int]]) -> None:
    cache = AnswerCache(20)
    for name, size in asked:
        cache.keep((name, size), Answer.of(b"x" * size, {}))
        assert cache.bytes == sum(len(each.body) for each in cache.kept.values()) <= 20
