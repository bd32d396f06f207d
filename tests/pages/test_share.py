"""The Share page: what its widgets say stands in the address, and the address in its widgets."""

from __future__ import annotations

import pytest

from story.bundle import find_bundle
from tests.pages.opened import open_page, shown
from tests.story.markup import read_html


def live(page: object) -> set[str]:
    """The addresses of the live frames."""
    return {at["src"] for tag, at in read_html(shown(page)).tags if tag == "iframe"}  # type: ignore[arg-type]


def test_it_opens_with_the_whole_story_or_the_chapter_that_one_comes_from() -> None:
    page = open_page("share.py")
    assert not page.exception
    assert live(page) == {"embed/"}
    assert live(open_page("share.py", **{"from": "ceasefire"})) == {"embed/?chapter=ceasefire"}


def test_the_address_fills_the_widgets() -> None:
    page = open_page(
        "share.py", chapters="ceasefire..closing", layout="card", theme="dark", header="off", accent="2266ee"
    )
    assert page.selectbox("share-first").value == "ceasefire"
    assert page.selectbox("share-last").value == "closing"
    assert page.selectbox("share-layout").value == "card"
    assert page.selectbox("share-accent").value == "own"
    assert not page.toggle("share-header").value


def test_a_choice_goes_into_the_address_and_into_the_frames() -> None:
    page = open_page("share.py")
    page.selectbox("share-layout").select("map").run()
    page.toggle("share-interaction").set_value(False).run()
    page.selectbox("share-accent").select("own").run()
    page.selectbox("share-first").select("ceasefire").run()
    assert not page.exception
    (asked,) = live(page)
    assert asked == "embed/?chapter=ceasefire&layout=map&accent=9c2f1f&interaction=off"
    assert {name: "".join(value) for name, value in page.query_params.items()} == {
        "chapter": "ceasefire", "layout": "map", "accent": "9c2f1f", "interaction": "off",
    }  # fmt: skip


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "javascript:alert(1)", "../../etc/passwd"])
def test_a_hostile_address_shows_the_page_as_it_is(hostile: str) -> None:
    plain = shown(open_page("share.py"))
    page = open_page("share.py", chapters=hostile, layout=hostile, accent=hostile, borders=hostile)
    assert not page.exception
    assert shown(page) == plain


def test_the_picture_comes_along_on_demand() -> None:
    page = open_page("share.py")
    page.toggle("share-carry").set_value(True).run(timeout=60)
    assert "data:image/webp;base64," in read_html(shown(page)).text
    assert find_bundle().story.settings.title in shown(page)
