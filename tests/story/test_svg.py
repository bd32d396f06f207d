"""The SVG tree: whatever is put into it comes out as text, never as markup."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given

from story.svg import node, to_text
from tests.story.markup import hostile, read_html


def test_an_attribute_that_is_none_is_left_out_and_numbers_become_text() -> None:
    assert to_text(node("rect", {"x": 1.5, "class": None, "width": 0})) == '<rect x="1.5" width="0" />'


def test_children_and_text_stand_in_order() -> None:
    assert to_text(node("g", None, node("a"), node("b"), text="first")) == "<g>first<a /><b /></g>"


@given(hostile, hostile)
def test_any_text_and_any_value_come_back_unchanged(words: str, value: str) -> None:
    written = to_text(node("text", {"aria-label": value}, text=words))
    read = ET.fromstring(written)  # noqa: S314 - our own document
    assert (read.tag, read.text, read.get("aria-label")) == ("text", words, value.replace("\r", "\n"))
    assert read_html(written).shape == [("text", ("aria-label",))]
