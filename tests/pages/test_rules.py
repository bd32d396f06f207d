"""The page on how verdicts are reached: the rule text whole, the end of the evidence, every correction or none."""

from __future__ import annotations

from story.bundle import find_bundle
from tests.pages.opened import open_page, shown
from tests.story.markup import read_html


def test_the_rule_text_is_shown_whole_with_its_parts_to_jump_to() -> None:
    story = find_bundle().story
    page = open_page("rules.py")
    assert not page.exception
    read = read_html(shown(page))
    assert story.editorial.rules["en"].title in read.text
    assert story.settings.evidence_until in read.text
    ids = {attributes.get("id") for _, attributes in read.tags}
    jumps = [attributes["href"] for tag, attributes in read.tags if tag == "a" and attributes["href"][0] == "#"]
    assert len(jumps) == story.editorial.rules["en"].body.count("## ") + 2  # the balance, the corrections
    assert {jump.removeprefix("#") for jump in jumps} <= ids


def test_corrections_are_listed_or_said_to_be_none() -> None:
    story = find_bundle().story
    text = read_html(shown(open_page("rules.py"))).text
    for correction in story.editorial.corrections:
        assert correction.what in text
    assert ("Nothing has been corrected" in text) == (not story.editorial.corrections)
