"""`python -m story.handout DIR`: writes handout, worksheets and teacher's notes as PDF and slides as PPTX."""

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from story.address import find_address, publish
from story.faults import StoryError
from story.model import Story
from story.pdf import PAPERS, NoPaperError, Paper, write_pdf
from story.read import HOME, read_story
from story.scene import build_scene

Tell = Callable[[int, int, str], None]  # how much is done, of how much, and what comes now
KINDS = ("handout", "worksheets", "teacher")
SLIDES = "slides.pptx"


class NoLessonError(ValueError):
    """The story has no lesson, so there is nothing to hand out."""


def file_names(papers: tuple[Paper, ...] = tuple(PAPERS)) -> list[str]:
    """The names of all files: each kind on each paper, and the slides."""
    return [*(f"{kind}-{paper}.pdf" for paper in papers for kind in KINDS), SLIDES]


def make_handouts(
    story: Story, language: str, *, papers: tuple[Paper, ...] = tuple(PAPERS), tell: Tell = lambda *_: None
) -> dict[str, bytes]:
    """Every file by its name; `tell` hears before each step what it is. Takes about half a minute for each paper.

    Raises NoLessonError where the story has none in this language, NoPaperError where PDFs cannot be made here.
    """
    if language not in story.lessons:
        raise NoLessonError(f"{story.settings.id} has no lesson.{language}.yaml")
    names = file_names(papers)
    total = len(story.chapters) + len(names)
    classroom = import_module("story.classroom")  # only now: it draws, and what draws takes a second to come
    scene = build_scene(story)
    drawn = []
    for chapter, pair in zip(story.chapters, classroom.draw_chapters(story, scene, language), strict=True):
        tell(chapter.number, total, chapter.texts[language].title)
        drawn.append(pair)
    desk = classroom.make_desk(story, scene, language, drawn)
    files = {}
    for done, name in enumerate(names, len(story.chapters)):
        tell(done, total, name)
        files[name] = _make(desk, name)
    tell(total, total, "")
    return files


def _make(desk: Any, name: str) -> bytes:
    made: bytes
    if name == SLIDES:
        made = import_module("story.slides").draw_slides(desk)
    else:
        kind, _, paper = name.removesuffix(".pdf").rpartition("-")
        render = getattr(import_module("story.classroom"), f"render_{kind}")
        made = write_pdf(render(desk), "letter" if paper == "letter" else "a4")
    return made


def _tell(done: int, total: int, what: str) -> None:
    print(f"\r{done:>3} of {total}  {what:<40}", end="" if what else "\n", flush=True)


def main(arguments: list[str]) -> int:
    """Write everything; say how far it is, where the files are, or what is in the way."""
    parser = argparse.ArgumentParser(prog="python -m story.handout", description=__doc__)
    parser.add_argument("folder", type=Path, help="where to write; made where it is missing")
    parser.add_argument("--paper", choices=list(PAPERS), help="one size of paper alone; both if not given")
    parser.add_argument("--story", type=Path, default=HOME, help="the folder of the story; ours if not given")
    given = parser.parse_args(arguments)
    try:
        story = read_story(given.story)
        story = publish(story, find_address(story.settings.address))
        papers: tuple[Paper, ...] = (given.paper,) if given.paper else tuple(PAPERS)
        files = make_handouts(story, story.settings.languages[0], papers=papers, tell=_tell)
    except (StoryError, NoLessonError, NoPaperError) as error:
        print(error, file=sys.stderr)
        return 1
    given.folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (given.folder / name).write_bytes(content)
    size_kb = sum(map(len, files.values())) / 1024
    print(f"{len(files)} files, {size_kb:,.0f} KB in {given.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
