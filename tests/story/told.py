"""The real story and the tiny one, each read once for all tests; ids of tests come from the real one."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from story.bundle import build_bundle, find_bundle
from story.read import read_story
from story.scene import build_scene

if TYPE_CHECKING:
    from story.bundle import Bundle
    from story.model import Chapter, Story
    from story.scene import Drawn

ROOT = Path(__file__).resolve().parents[2]
TINY = ROOT / "tests" / "tiny-story"
EVIDENCE_END = "2026-06-30"


@cache
def real() -> Bundle:
    """Give the real story's bundle; StoryError with every fault where the story is broken."""
    return find_bundle()


@cache
def real_scene() -> dict[str, Drawn]:
    """Give the real story's scene."""
    return build_scene(real().story)


@cache
def tiny() -> Story:
    """Give the tiny story."""
    return read_story(TINY)


@cache
def tiny_scene() -> dict[str, Drawn]:
    """Give the tiny story's scene."""
    return build_scene(tiny())


@cache
def tiny_bundle() -> Bundle:
    """Give the tiny story's bundle."""
    return build_bundle(tiny())


def find_chapter(story: Story, slug: str) -> Chapter:
    """Give the chapter of a story that has this slug."""
    return next(chapter for chapter in story.chapters if chapter.slug == slug)


def file_named(bundle: Bundle, stem: str) -> bytes:
    """Give the one file of a bundle whose hashed name begins with `stem`, for example `assets/map.`."""
    (name,) = (name for name in bundle.files if name.startswith(stem))
    return bundle.files[name]


def paragraphs(chapter: Chapter) -> list[str]:
    """Give the paragraphs of a chapter's text, each on one line."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", chapter.texts["en"].body)]
