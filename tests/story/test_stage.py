"""The stage: slides that say what the reader says, data for its steps, pages that run nothing inline."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from story.bundle import build_bundle
from story.read import read_story
from story.scene import build_scene
from story.serve import Reader, content_policy
from story.stage import PAGE, WEIGH, plan_stage, put_stage
from tests.story.asking import ask
from tests.story.told import file_named, real, real_scene, tiny_bundle

if TYPE_CHECKING:
    from pathlib import Path

    from story.model import Chapter

CHAPTERS = real().story.chapters
PRESENT = real().files[PAGE].decode()
PLAN = plan_stage(real().story, real_scene(), "en")


def slug_of(chapter: Chapter) -> str:
    return chapter.slug


def words(markup: str) -> str:
    return " ".join(
        unescape(re.sub(r"<sup.*?</sup>|<svg.*?</svg>|<[^>]+>", "", markup, flags=re.DOTALL))
        .replace("\u2060", "")
        .split()
    )


def slide(slug: str) -> str:
    return PRESENT.split(f'data-slide="{slug}"')[1].split("</section>")[0]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=slug_of)
def test_a_slide_says_what_the_reader_says(chapter: Chapter) -> None:
    read = real().body.split(f'data-chapter="{chapter.slug}"')[1].split("</section>")[0]
    body = re.compile(r'<div class="body">(.*?)</div>', re.DOTALL)
    legend = re.compile(r"data-chapter-legend>(.*?)</ul>", re.DOTALL)
    own, theirs = (legend.findall(each)[0] for each in (slide(chapter.slug), read))
    assert words(body.findall(slide(chapter.slug))[0]) == words(body.findall(read)[0])
    bare = re.sub("<small>.*?</small>", "", theirs, flags=re.DOTALL)
    assert words(own.replace("<", " <")) == words(bare.replace("<", " <"))
    assert re.findall(r"<path[^>]*>", own) == re.findall(r"<path[^>]*>", theirs)
    told = [claim for claim in real().story.claims if claim.chapter == chapter.slug]
    assert slide(chapter.slug).count("data-said") == len(told)
    assert all(claim.statement in words(slide(chapter.slug)) for claim in told)


@pytest.mark.parametrize("chapter", CHAPTERS, ids=slug_of)
def test_what_is_revealed_step_by_step_are_the_layers_of_the_legend(chapter: Chapter) -> None:
    strengths, layers = real().story.strengths(chapter), real().story.layers
    full = [id_ for id_, strength in strengths.items() if strength == "full" and layers[id_].legend]
    assert sorted(PLAN["chapters"][chapter.slug]["reveal"]) == sorted(full)


def test_notes_are_the_presenters_alone() -> None:
    for lesson in PLAN["chapters"].values():
        assert all(line not in words(PRESENT) for line in (*lesson["say"], *lesson["beware"]))


def test_the_minutes_of_the_plan_are_those_of_the_lesson() -> None:
    assert PLAN["minutes"] == sum(step["minutes"] for step in PLAN["plan"]) == 45


@pytest.mark.parametrize("name", [PAGE, WEIGH])
@pytest.mark.parametrize("bundle", [real(), tiny_bundle()], ids=["real", "tiny"])
def test_a_page_runs_nothing_inline_and_names_only_files_that_exist(bundle, name: str) -> None:  # noqa: ANN001
    page = bundle.files[name].decode()
    assert not re.search(r"<script(?![^>]*src)|\son\w+=|\sstyle=|javascript:", page)
    named = re.findall(r'(?:src|href)="(?!data:|#)([^"#]+)', page)
    assert {each for each in named if not each.startswith("http")} <= {*bundle.files, "index.html"}


def test_what_the_stage_knows_is_one_call_with_data() -> None:
    script = file_named(real(), "assets/lesson.").decode()
    told = json.loads(script.removeprefix("TheLineBetween.teach(").removesuffix(");\n"))
    assert told == json.loads(json.dumps(PLAN))


def test_every_claim_with_evidence_can_be_weighed_the_lessons_first() -> None:
    page = real().files[WEIGH].decode()
    forms = re.findall(r'<form class="weighed" data-claim="([^"]+)" data-verdict="([^"]+)"', page)
    story = real().story
    assert dict(forms) == {claim.id: claim.verdict for claim in story.claims if claim.evidence}
    assert forms[0][0] == story.lessons["en"].plan.weigh
    first = page.split("<form")[1]
    claim = next(claim for claim in story.claims if claim.id == forms[0][0])
    assert re.findall(r'data-stance="(\w+)"', first) == [item.stance for item in claim.evidence]


def test_a_story_without_a_lesson_can_be_presented_all_the_same(tiny_copy: Path) -> None:
    (tiny_copy / "lesson.en.yaml").unlink()
    story = read_story(tiny_copy)
    pages = put_stage(story, build_scene(story), tiny_bundle().ways, "en", lambda name, _: name)
    page = pages[PAGE].decode()
    assert 'data-part="ask"' not in page
    assert 'data-do="notes"' not in page
    assert page.count("data-slide=") == len(story.chapters) + 2


def test_another_lesson_makes_another_version(tiny_copy: Path) -> None:
    path = tiny_copy / "lesson.en.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Ask who held the pen.", "Ask who held a pen."))
    assert build_bundle(read_story(tiny_copy)).version != tiny_bundle().version


def test_the_layout_is_served_as_the_stage_under_the_same_policy() -> None:
    reader = Reader(tiny_bundle, frame_ancestors="")
    asked = ask(reader, "/", b"layout=present&chapter=two-logs&kiosk=%3Cscript%3E")
    assert (asked.status, asked.body) == (200, tiny_bundle().files[PAGE])
    assert asked.headers["content-security-policy"] == content_policy(
        "", tiny_bundle().story.settings.address, tiny_bundle().style_source
    )
    assert ask(reader, "/", b"layout=presents").body == tiny_bundle().page("")
