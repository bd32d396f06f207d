"""The page: what stands in it, and that no text of a story ever becomes markup in it."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from story.facts import Source
from story.head import Mount, render_head
from story.model import Story
from story.notes import SIGNS
from story.page import (
    Files,
    map_credit,
    render_records,
    render_story,
)
from story.prose import render_prose
from story.rests import cited_facts
from story.scene import Drawn
from tests.story.markup import HOSTILE, hostile, read_html
from tests.story.told import find_chapter, real

if TYPE_CHECKING:
    from story.bundle import Bundle

Scene = dict[str, Drawn]
CHAPTERS = real().story.chapters
SAFE_TAGS = {
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "code",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "ul",
    "del",
    "s",
    "table",
    "tr",
    "td",
    "th",
    "span",
}


def files_for(story: Story) -> Files:
    """Give names of files that need not be there."""
    stills = {chapter.slug: f"stills/{chapter.slug}.svg" for chapter in story.chapters}
    cards = {slug: f"cards/{slug}.png" for slug in stills}
    own = {"stills": stills, "cards": cards, "squares": cards, "prints": {}, "policy": ""}
    return Files(**{each.name: f"{each.name}.x" for each in fields(Files)} | own)


def body(story: Story, scene: Scene) -> str:
    """Render a story."""
    return render_story(story, scene, files_for(story), language="en", base="")


def with_words(story: Story, words: str) -> Story:
    """Give a story in which every text that a writer may set is other words."""
    text = {"title": words, "kicker": words, "standfirst": words}
    chapters = tuple(
        replace(
            chapter,
            texts={"en": chapter.texts["en"].model_copy(update=text | {
                "omissions": tuple(each.model_copy(update={"text": words}) for each in chapter.texts["en"].omissions)
            })},
        )
        for chapter in story.chapters
    )  # fmt: skip
    facts = {
        id_: fact.model_copy(update={
            "title": words, "summary": words, "place": words, "contested": words, "date_note": words,
            "figures": tuple(f.model_copy(update={"unit": words, "according_to": words}) for f in fact.figures),
            "sources": tuple(s.model_copy(update={"publisher": words, "title": words}) for s in fact.sources),
        })
        for id_, fact in story.facts.items()
    }  # fmt: skip
    claims = tuple(claim.model_copy(update={"statement": words, "summary": words}) for claim in story.claims)
    layers = {id_: layer.model_copy(update={"title": words, "note": words}) for id_, layer in story.layers.items()}
    names = {"title": words, "subtitle": words, "evidence_until": words}
    comparisons = {
        id_: each.model_copy(
            update={"title": words, "note": words}
            | {"rows": tuple(row.model_copy(update={"counter": words, "note": words}) for row in each.rows)}
        )
        for id_, each in story.comparisons.items()
    }
    return Story(story.settings.model_copy(update=names), layers, facts, claims, chapters, comparisons=comparisons)


@settings(max_examples=20)
@given(hostile)
def test_no_words_change_the_shape_of_the_page(tiny: Story, words: str) -> None:
    shape = read_html(body(with_words(tiny, "Plain words"), {})).shape
    assert read_html(body(with_words(tiny, words), {})).shape == shape


@settings(max_examples=40)
@given(hostile)
def test_no_words_change_the_shape_of_the_records_or_the_head(tiny: Story, words: str) -> None:
    plain, other = with_words(tiny, "Plain words"), with_words(tiny, words)
    assert (
        read_html("".join(render_records(other, language="en").values())).shape
        == read_html("".join(render_records(plain, language="en").values())).shape
    )
    heads = [
        read_html(render_head(story, story.chapters[1], files_for(story), language="en", mount=Mount())).shape
        for story in (plain, other)
    ]
    assert heads[0] == heads[1]


@settings(max_examples=200)
@given(hostile)
def test_markdown_gives_plain_markup_only(words: str) -> None:
    for tag, attributes in read_html(render_prose(words)).tags:
        assert tag in SAFE_TAGS
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert not [
            value for value in attributes.values() if value.strip().lower().startswith(("javascript:", "data:"))
        ]


@pytest.mark.parametrize("words", HOSTILE)
def test_markup_in_markdown_is_shown_as_it_was_written(words: str) -> None:
    page = read_html(render_prose(f"Before {words} after"))
    assert {tag for tag, _ in page.tags} <= {"p", "a"}
    assert "script" not in {tag for tag, _ in page.tags}


@pytest.mark.parametrize(
    "link", ["[x](javascript:alert(1))", "[x](data:text/html,<script>)", "<javascript:alert(1)>", "[x](vbscript:y)"]
)
def test_a_link_that_would_run_is_no_link(link: str) -> None:
    hrefs = [attributes.get("href", "") for _, attributes in read_html(render_prose(link)).tags]
    assert not [href for href in hrefs if re.match(r"\s*(javascript|data|vbscript):", href, re.IGNORECASE)]


def test_a_source_that_slipped_past_the_model_is_still_escaped(tiny: Story) -> None:
    source = Source(publisher="A", title="B", url='https://a.example/"onmouseover="x', tier="press")
    fact = tiny.facts["keepers-meeting"].model_copy(update={"sources": (source,)})
    records = render_records(replace(tiny, facts=tiny.facts | {fact.id: fact}), language="en")
    assert not [1 for _, attributes in read_html(records[fact.id]).tags if "onmouseover" in attributes]


def test_the_page_has_one_root_and_a_section_for_each_chapter(bundle: Bundle) -> None:
    page = read_html(bundle.body)
    assert [a["data-story"] for _, a in page.tags if "data-story" in a] == ["the-line-between"]
    sections = [(tag, a["data-chapter"], a["id"]) for tag, a in page.tags if "data-chapter" in a]
    assert sections == [("section", chapter.slug, chapter.slug) for chapter in bundle.story.chapters]
    assert len([1 for _, a in page.tags if "data-map" in a]) == 1


def test_no_id_is_used_twice_and_every_way_inside_the_page_leads_somewhere(bundle: Bundle) -> None:
    page = read_html(bundle.body)
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(ids) == len(set(ids))
    ways = {a["href"][1:] for tag, a in page.tags if tag == "a" and a.get("href", "").startswith("#")}
    assert ways <= set(ids)
    named = {a["aria-labelledby"] for _, a in page.tags if "aria-labelledby" in a}
    assert named <= set(ids)


def test_every_record_that_the_page_leads_to_is_there(bundle: Bundle) -> None:
    records = {a["id"] for _, a in read_html(bundle.files["records.html"].decode()).tags if "id" in a}
    asked = {a["data-fact"] for _, a in read_html(bundle.body).tags if "data-fact" in a}
    assert {f"record-{fact}" for fact in asked} <= records
    assert {id_.removeprefix("record-") for id_ in records if id_.startswith("record-")} == cited_facts(bundle.story)


def test_the_words_of_each_callout_stand_in_the_page_for_those_who_do_not_see_the_map(bundle: Bundle) -> None:
    page = " ".join(read_html(bundle.body).text.split())
    callouts = {words for chapter in bundle.story.chapters for words in chapter.texts["en"].callouts.values()}
    missing = {words for words in callouts if words not in page}
    assert not missing, f"{len(missing)} of {len(callouts)} callouts are on the map only"


def test_the_closing_chapter_counts_every_verdict(bundle: Bundle) -> None:
    page = " ".join(read_html(bundle.body).text.split())
    verdicts = [claim.verdict for claim in bundle.story.claims]
    for verdict in SIGNS:
        words = verdict.replace("-", " ").capitalize()
        assert f"{verdicts.count(verdict)} {words}" in page
    assert sum(verdicts.count(verdict) for verdict in SIGNS) == len(verdicts)


def test_the_end_of_the_evidence_is_said_on_the_page_and_with_the_records(bundle: Bundle) -> None:
    end = f"The evidence ends on {bundle.story.settings.evidence_until}"
    assert end in " ".join(read_html(bundle.body).text.split())
    assert end in " ".join(read_html(bundle.files["records.html"].decode()).text.split())


def test_a_picture_has_an_alternative_and_a_drawing_is_named_or_hidden(bundle: Bundle) -> None:
    for tag, attributes in read_html(bundle.body).tags:
        if tag == "img":
            assert attributes["alt"].strip()
        if tag == "svg":
            assert attributes.get("aria-hidden") == "true" or attributes.get("aria-label"), attributes


def test_the_credit_names_each_dataset_once(bundle: Bundle) -> None:
    parts = map_credit(bundle.story).split(" · ")
    assert len(parts) == len(set(parts))
    for who in ("OpenStreetMap contributors", "Natural Earth", "GeoNames", "GSHHG"):
        assert who in map_credit(bundle.story)


def test_a_head_tells_its_chapter_and_its_own_address(tiny: Story) -> None:
    first, lamp = (
        read_html(render_head(tiny, chapter, files_for(tiny), language="en", mount=Mount()))
        for chapter in (tiny.chapters[0], find_chapter(tiny, "the-lamp"))
    )
    assert first.texts[0] == "The Two Keepers"
    assert lamp.texts[0] == "The Lamp · The Two Keepers"
    meta = {a.get("property", a.get("name", "")): a.get("content", "") for tag, a in lamp.tags if tag == "meta"}
    assert meta["og:url"] == "https://keepers.example/?chapter=the-lamp"
    assert meta["description"] == "The map shows the wrecks and the stores."
    assert meta["og:image"].startswith("https://keepers.example/embed/cards/the-lamp")


def test_the_tiny_story_is_told_with_nothing_of_the_first(tiny_bundle: Bundle) -> None:
    everything = tiny_bundle.body + "".join(
        content.decode() for name, content in tiny_bundle.files.items() if name.endswith((".html", ".json"))
    )
    assert not re.findall(r"durand|pakistan army|musharraf|taliban|the-line-between", everything, re.IGNORECASE)
    assert "The Two Keepers" in everything
