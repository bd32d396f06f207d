"""How verdicts are reached, as HTML: the text in parts, corrections newest first and named."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from story.judging import render_judging, split_parts
from tests.story import told
from tests.story.markup import hostile, read_html


def test_corrections_stand_newest_first_with_what_they_changed() -> None:
    story = told.tiny()
    read = read_html(render_judging(story, language="en"))
    assert read.text.index("1907-01-04") < read.text.index("1907-01-03")
    assert "Nothing has been corrected" not in read.text
    links = [attributes["href"] for tag, attributes in read.tags if tag == "a"]
    assert "evidence?claim=oil-ran-out" in links
    assert story.facts["wreck-of-heron"].title in read.text


def test_text_before_the_first_heading_is_a_part_under_the_title() -> None:
    parts = split_parts("<p>one</p><h2>Two &amp; a half</h2><p>three</p>", "The title")
    assert [(str(part["title"]), str(part["body"])) for part in parts] == [
        ("The title", "<p>one</p>"),
        ("Two &amp; a half", "<p>three</p>"),
    ]
    assert [part["title"] for part in split_parts("\n<h2>Only</h2>text", "The title")] == ["Only"]


@given(hostile)
def test_nothing_of_a_correction_becomes_markup(text: str) -> None:
    story = told.tiny()
    shapes = []
    for words in ("plain", text):
        corrections = tuple(
            each.model_copy(update={"what": words, "why": words}) for each in story.editorial.corrections
        )
        odd = replace(story, editorial=replace(story.editorial, corrections=corrections))
        shapes.append(read_html(render_judging(odd, language="en")).shape)
    assert shapes[0] == shapes[1]
