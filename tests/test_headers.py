"""Headers of the real application: the same however often, packed or not, whatever the clock says; HEAD like GET."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import streamlit

from story import remade, serve
from story.packing import BEST, pack
from tests.story.told import real

if TYPE_CHECKING:
    from tests.front import Ask

STREAMLIT = Path(streamlit.__file__).parent / "static"
ENCODINGS = [("",), ("gzip",), ("br",), ("", "gzip", "br", "gzip, deflate, br")]
OFTEN = 2_400
KEPT = ["/embed/", "/embed/story.json", "/claims.json"]


@pytest.mark.parametrize("wishes", ENCODINGS, ids=["identity", "gzip", "br", "mixed"])
@pytest.mark.parametrize("path", KEPT)
def test_headers_stay_what_they_are_however_often_one_asks(ask: Ask, path: str, wishes: tuple[str, ...]) -> None:
    first = {wish: ask(path, **{"accept-encoding": wish}).headers for wish in wishes}
    assert all(headers["vary"] == "Accept-Encoding" for headers in first.values())
    for number in range(OFTEN // len(KEPT)):
        wish = wishes[number % len(wishes)]
        assert ask(path, **{"accept-encoding": wish}).headers == first[wish]


@pytest.mark.parametrize("path", ["/", "/sources", "{file}", "/oembed", "/embed/nothing.js"])
def test_headers_of_all_others_stay_too(ask: Ask, path: str) -> None:
    path = path.format(file=f"/static/js/{next(STREAMLIT.glob('static/js/index*.js')).name}")
    first = {wish: ask(path, **{"accept-encoding": wish}).headers for wish in ("", "gzip", "br")}
    for _ in range(60):
        for wish, headers in first.items():
            assert ask(path, **{"accept-encoding": wish}).headers == headers


@pytest.mark.parametrize("wish", ["", "gzip", "br"])
@pytest.mark.parametrize("path", ["/", "/sources", "/embed/", "/embed/story.json", "/static/js/{script}", "/oembed"])
def test_head_gets_the_headers_of_get(ask: Ask, path: str, wish: str) -> None:
    path = path.format(script=next(STREAMLIT.glob("static/js/index*.js")).name)
    got, head = (ask(path, method=method, **{"accept-encoding": wish}) for method in ("GET", "HEAD"))
    assert (head.status, head.headers, head.body) == (got.status, got.headers, b"")


@pytest.mark.parametrize("years", [-30, 10])
def test_a_clock_that_jumps_changes_no_answer(ask: Ask, monkeypatch: pytest.MonkeyPatch, years: int) -> None:
    paths = ["/", "/embed/", "/embed/story.json", "/claims.json", "/embed/rules.html"]
    before = {path: ask(path, **{"accept-encoding": "br"}) for path in paths}
    then = time.time() + years * 365 * 86_400
    monkeypatch.setattr(time, "time", lambda: then)
    for path, answer in before.items():
        assert ask(path, **{"accept-encoding": "br"}) == answer
        assert ask(path, **{"accept-encoding": "br", "if-none-match": answer.headers["etag"]}).status == 304


def test_nothing_is_packed_in_the_event_loop(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    packed: list[bool] = []

    def watched(content: bytes, encoding: str, levels: tuple[int, int] = BEST) -> bytes:
        packed.append(threading.current_thread() is threading.main_thread())
        return pack(content, encoding, levels)

    for module in (remade, serve):
        monkeypatch.setattr(module, "pack", watched)
    script = max(STREAMLIT.glob("static/js/Plotly*.js"), key=lambda path: path.stat().st_size)
    slug = real().story.chapters[-1].slug
    asked = ["/", "/embed/", "/embed/rules.html", f"/static/js/{script.name}"]
    for path, query in zip(asked, [f"chapter={slug}", f"chapter={slug}&theme=dark", "", ""], strict=True):
        assert ask(path, query.encode(), **{"accept-encoding": "gzip"}).headers["content-encoding"] == "gzip"
    assert packed == [False] * 4
