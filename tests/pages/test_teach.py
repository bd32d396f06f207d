"""The pages for teachers: ways into the lesson, its plan, glossary and timeline, paper made at one press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.parts import papers
from story.bundle import find_bundle
from story.handout import file_names
from story.pdf import NoPaperError
from tests.pages.opened import open_page, shown
from tests.story.markup import read_html

if TYPE_CHECKING:
    import pytest


def test_the_page_has_the_plan_every_chapters_notes_the_glossary_and_the_timeline() -> None:
    lesson = find_bundle().story.lessons["en"]
    page = open_page("teach.py")
    assert not page.exception
    read = read_html(shown(page))
    assert all(step.title in read.text for step in lesson.plan.steps)
    assert all(question in read.text for chapter in lesson.chapters.values() for question in chapter.questions)
    assert all(term.term in read.text for term in lesson.glossary)
    assert all(find_bundle().story.facts[id_].title in read.text for id_ in lesson.plan.timeline)
    links = [attributes.get("href", "") for tag, attributes in read.tags if tag == "a"]
    assert sum(link.startswith("explore?at=") for link in links) == sum(bool(term.at) for term in lesson.glossary)
    assert {"./embed/?layout=present", "./embed/weigh.html", "./embed/present.html?view=notes"} <= set(links)


def test_paper_is_made_at_one_press_with_progress_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def make(*_: object, papers: tuple[str, ...], tell: object) -> dict[str, bytes]:
        tell(0, 1, "The Roots")  # type: ignore[operator]
        told.extend(papers)
        return dict.fromkeys(file_names(("letter",)), b"%PDF")

    monkeypatch.setattr(papers, "make_handouts", make)
    papers.shelf().made.clear()
    page = open_page("teach.py")
    page.radio(key="paper").set_value("letter").run()
    page.button(key="make-papers").click().run()
    assert not page.exception
    assert told == ["letter"]
    assert [each.label for each in page.get("download_button")] == [
        "Handout (PDF)",
        "Worksheets (PDF)",
        "Teacher’s notes (PDF)",
        "Slides (PPTX)",
    ]
    page.run()
    assert told == ["letter"]
    papers.shelf().made.clear()


def test_a_machine_that_makes_no_pdf_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise NoPaperError("PDFs need the Pango library")

    monkeypatch.setattr(papers, "make_handouts", refuse)
    papers.shelf().made.clear()
    page = open_page("teach.py")
    page.button(key="make-papers").click().run()
    assert "Pango" in page.error[0].value


def test_the_stage_opens_at_the_chapter_that_the_reader_came_from() -> None:
    page = open_page("present.py", **{"from": "ceasefire"})
    assert not page.exception
    (frame,) = page.get("iframe")
    assert frame.proto.src == "/embed/?layout=present&chapter=ceasefire"
    assert open_page("present.py", **{"from": "<b>"}).get("iframe")[0].proto.src == "/embed/?layout=present"
