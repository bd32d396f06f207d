"""What others paste: one line that shows the story; words, link and picture stay in it where nothing answers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.embedding import read_options
from story.snippets import Shown, carry, frame_code, poster_address, script_code
from story.templates import WEB
from tests.story.markup import hostile, read_html
from tests.story.told import real, tiny_bundle

if TYPE_CHECKING:
    from story.model import Story

CHAPTERS = real().story.chapters


def shown(query: str) -> Shown:
    """What a query asks of the real story."""
    return Shown.of(real(), read_options(query, real().parameters))


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.slug)
@pytest.mark.parametrize("form", ["frame", "script"])
def test_the_code_of_every_chapter_is_one_line_with_words_and_a_link(chapter: object, form: str) -> None:
    slug, address = chapter.slug, real().story.settings.address  # type: ignore[attr-defined]
    asked = shown(f"chapters={slug}")
    code = frame_code(real(), asked, ("100%", 680)) if form == "frame" else script_code(real(), asked, 680)
    assert "\n" not in code
    page = read_html(code)
    assert chapter.texts["en"].standfirst in page.text or chapter is CHAPTERS[0]  # type: ignore[attr-defined]
    links = {at["href"] for tag, at in page.tags if tag == "a"}
    assert links == {f"{address}?chapter={slug}" if chapter is not CHAPTERS[0] else address}
    for name, at in page.tags:
        if name == "iframe":
            assert "allow-same-origin" not in at["sandbox"]
            assert at["referrerpolicy"] == "no-referrer"
            assert poster_address(real(), asked.chapter) in at["style"]


def test_the_figure_names_the_frame_the_picture_and_the_script() -> None:
    code = script_code(real(), shown("chapters=ceasefire&layout=card&height=auto"), 560)
    tags = dict(read_html(code).tags)
    source = urlsplit(tags["figure"]["data-story-frame"])
    assert parse_qs(source.query) == {"chapters": ["ceasefire"], "layout": ["card"], "height": ["auto"]}
    assert tags["img"]["src"].endswith("embed/cards/ceasefire.webp")
    assert tags["script"] == {"async": "", "src": "https://story.example/the-line/embed/embed.js"}
    assert tags["figure"]["data-title"]


def test_the_picture_can_come_along_in_the_code() -> None:
    code = script_code(real(), shown(""), 560, carry(b"RIFF"))
    assert dict(read_html(code).tags)["img"]["src"] == "data:image/webp;base64,UklGRg=="


@given(hostile, st.sampled_from(["frame", "script"]))
def test_words_of_a_story_never_become_markup_in_the_code(words: str, form: str) -> None:
    def code(title: str) -> str:
        told: Story = tiny_bundle().story
        bundle = replace(tiny_bundle(), story=replace(told, settings=told.settings.model_copy(update={"title": title})))
        asked = Shown.of(bundle, read_options("", bundle.parameters))
        return frame_code(bundle, asked, (1, 1)) if form == "frame" else script_code(bundle, asked, 1)

    assert read_html(code(words)).shape == read_html(code("A title")).shape


def test_the_script_for_other_pages_is_small_and_asks_for_nothing() -> None:
    script = (WEB / "embed.js").read_text(encoding="utf-8")
    assert len(script.encode()) < 3000
    assert not re.search(r"import|fetch\(|XMLHttp|cookie|localStorage|innerHTML|eval", script)
