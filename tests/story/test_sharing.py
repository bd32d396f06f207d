"""The Share page's HTML: what is shown live is what is pasted, and nothing asked becomes markup."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from story.embedding import read_options
from story.pictures import PRINTS
from story.sharing import Sharing, draw_qr, render_sharing, write_codes
from story.snippets import HEIGHTS_PX
from story.wording import read_words
from tests.story.markup import read_html
from tests.story.test_embedding import queries
from tests.story.told import real, tiny_bundle


def shared(query: str) -> Sharing:
    """What a query asks of the real story."""
    return Sharing(real(), read_options(query, real().parameters))


@pytest.mark.parametrize("query", ["", "chapters=ceasefire&layout=map&theme=dark", "chapter=ceasefire&height=auto"])
def test_what_is_shown_live_is_what_is_pasted(query: str) -> None:
    sharing = shared(query)
    page = read_html(render_sharing(sharing))
    live = {at["src"] for tag, at in page.tags if tag == "iframe"}
    pasted = {
        urlsplit(at.get("src") or at["data-story-frame"])
        for each in write_codes(sharing)
        for tag, at in read_html(each["code"]).tags
        if tag == "iframe" or "data-story-frame" in at
    }
    assert len(live) == len(pasted) == 1
    assert live == {"embed/" + (f"?{each.query}" if each.query else "") for each in pasted}
    codes = [each["id"] for each in write_codes(sharing)]
    assert codes == (["script"] if "height=auto" in query else ["script", "frame"])


def test_card_prints_and_codes_belong_to_the_chapter_that_is_shared() -> None:
    page = read_html(render_sharing(shared("chapters=ceasefire..closing")))
    ways = [at["href"] for tag, at in page.tags if tag == "a"]
    own = {f"embed/{one.path}" for one in real().pictures.values() if one.slug == "ceasefire"}
    assert {way for way in ways if way.startswith("embed/")} < own
    assert {way.rpartition(".")[2] for way in ways if "/pictures/" in way} == {"png", "svg"}
    assert len([way for way in ways if way.startswith("data:")]) == len(PRINTS)
    assert "https://story.example/the-line/?chapter=ceasefire" in page.text


def test_every_button_copies_something_that_is_there() -> None:
    page = read_html(render_sharing(shared("")))
    ids = {at.get("id") for _, at in page.tags}
    copied = [at["data-copy"] for tag, at in page.tags if tag == "button"]
    assert copied == ["code-script", "code-frame", "link"]
    assert set(copied) <= ids


@pytest.mark.parametrize(("address", "warned"), [("http://localhost:8501/", True), ("https://a.example/", False)])
def test_an_address_that_only_this_machine_knows_is_said_to_be_one(address: str, *, warned: bool) -> None:
    settings = real().story.settings.model_copy(update={"address": address})
    bundle = replace(real(), story=replace(real().story, settings=settings))
    page = read_html(render_sharing(Sharing(bundle, read_options("", bundle.parameters))))
    assert ("STORY_ADDRESS" in page.text) is warned


@given(queries)
def test_no_query_changes_the_shape_of_the_page(query: str) -> None:
    bundle = tiny_bundle()
    options = read_options(query, bundle.parameters)
    page = read_html(render_sharing(Sharing(bundle, options)))
    plain = read_options("height=auto" if options["height"] == "auto" else "", bundle.parameters)
    assert page.shape == read_html(render_sharing(Sharing(bundle, plain))).shape


def test_a_qr_code_is_black_on_white_with_a_quiet_border_and_the_same_every_time() -> None:
    address = "https://story.example/the-line/?chapter=ceasefire"
    drawn = draw_qr(address, "svg")
    assert drawn == draw_qr(address, "svg")
    root = ET.fromstring(drawn)  # noqa: S314 - our own document
    colours = {part.get("fill") or part.get("stroke") for part in root.iter() if part.tag.endswith("path")}
    assert colours == {"#fff", "#000"}
    assert draw_qr(address, "png").startswith(b"\x89PNG")
    assert re.fullmatch(r"\d+", root.attrib["width"])


def test_every_value_of_every_choice_has_words_and_every_layout_a_height() -> None:
    said = read_words("en")["share"]
    for each in real().parameters:
        if each.name in said["values"]:
            assert set(each.values) <= set(said["values"][each.name]), each.name
        if each.name == "layout":
            assert set(each.values) == set(HEIGHTS_PX)
