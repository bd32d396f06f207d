"""Paper and slides: they say what the reader says, chapter by chapter, and can be read by a screen reader."""

from __future__ import annotations

import html
import io
import re
import warnings
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader
from weasyprint.urls import FatalURLFetchingError

from story import handout
from story.classroom import Desk, make_desk, render_handout, render_teacher, render_worksheets
from story.handout import NoLessonError, file_names, main, make_handouts
from story.pdf import NoPaperError, write_pdf
from story.plate import Plate
from story.sheets import make_sheet
from story.slides import draw_slides, fit_pt, plain_paragraphs
from story.still_map import draw_still_map
from tests.story.told import TINY, real, real_scene, tiny, tiny_scene

if TYPE_CHECKING:
    from pathlib import Path

    from story.drawn import Drawn
    from story.model import Chapter, Story

TAUGHT = [("real", chapter.slug) for chapter in real().story.chapters] + [
    ("tiny", each.slug) for each in tiny().chapters
]


def story_of(name: str) -> tuple[Story, dict[str, Drawn]]:
    story = real().story if name == "real" else tiny()
    return story, (real_scene() if name == "real" else tiny_scene())


def chapter_of(story: Story, slug: str) -> Chapter:
    return next(chapter for chapter in story.chapters if chapter.slug == slug)


@cache
def desk_of(name: str) -> Desk:
    """Give a desk whose stills are a grey dot: what is said beside them is what is tested."""
    story, scene = story_of(name)
    out = io.BytesIO()
    Image.new("RGB", (16, 10), "grey").save(out, "JPEG")
    return make_desk(
        story, scene, "en", [(make_sheet(story, each, scene, "en"), out.getvalue()) for each in story.chapters]
    )


@cache
def papers_of(name: str) -> dict[str, str]:
    desk = desk_of(name)
    kinds = {"handout": render_handout, "worksheets": render_worksheets, "teacher": render_teacher}
    return {kind: render(desk) for kind, render in kinds.items()}


@cache
def slides_of(name: str) -> Any:
    return Presentation(io.BytesIO(draw_slides(desk_of(name))))


def plain(markup: str) -> str:
    """Give the words of some HTML, without the numbers of notes and the spaces between elements."""
    bare = re.sub(r"<sup.*?</sup>|<svg.*?</svg>|<[^>]+>", "", markup, flags=re.DOTALL)
    return " ".join(html.unescape(bare).replace("\u2060", "").split())


def reader_section(name: str, slug: str) -> str:
    """Give a chapter as the reader's page has it."""
    body = real().body if name == "real" else handout_bundle()
    return re.split(r'<section class="chapter', body.split(f'data-chapter="{slug}"')[1])[0]


@cache
def handout_bundle() -> str:
    from tests.story.told import tiny_bundle  # noqa: PLC0415 - drawn only where a test asks for it

    return tiny_bundle().body


@pytest.mark.parametrize(("name", "slug"), TAUGHT)
def test_text_legend_and_claims_agree_in_reader_handout_and_slides(name: str, slug: str) -> None:
    sheet = next(each for each in desk_of(name).sheets if each.slug == slug)
    read = reader_section(name, slug)
    paper = papers_of(name)["handout"].split(f'class="chapter" id="{slug}"')[1].split("</section>")[0]
    shown = [slide for slide in slides_of(name).slides if slide.shapes.title.text_frame.text == sheet.title]
    said = " ".join(shape.text_frame.text for slide in shown for shape in slide.shapes if shape.has_text_frame)
    panes = " ".join(slide.notes_slide.notes_text_frame.text for slide in shown if slide.has_notes_slide)
    body = plain(re.findall(r'<div class="body">(.*?)</div>', read, flags=re.DOTALL)[0])
    assert plain(str(sheet.body)) == body
    assert body in plain(paper)
    squeezed = re.sub(r" \[\d+\]", "", " ".join(said.split()))
    assert " ".join(re.sub(r" \[\d+\]", "", part) for part in plain_paragraphs(sheet)) in squeezed
    key = re.findall(r"data-chapter-legend>(.*?)</ul>", read, flags=re.DOTALL)[0]
    titles = [
        re.split("<small>", found)[0].strip() for found in re.findall(r"<span>((?!<).*?)</span>", key, flags=re.DOTALL)
    ]
    drawn = dict.fromkeys(html.unescape(title) for title in titles)
    layers = [each.title for each in sheet.keys if not isinstance(each.shows, str)]
    assert set(layers) <= set(drawn)
    assert len(layers) == len(set(layers))
    for claim in sheet.claims:
        assert html.escape(claim["statement"], quote=True).replace("&#x27;", "&#39;") in read
        assert claim["statement"] in plain(paper)
        assert f"{claim['number']}. {claim['verdict_words']}: {claim['statement']}" in said
        assert claim["summary"] in panes
    for entry in sheet.keys:
        assert entry.title in said
        assert html.escape(entry.title).replace("&#x27;", "&#39;") in paper
    for line in (*sheet.say, *sheet.beware):
        assert line.text in panes
        assert line.text in plain(papers_of(name)["teacher"])
    assert all(question in panes for question in sheet.questions)


@pytest.mark.parametrize(("name", "slug"), TAUGHT)
def test_the_still_shows_the_state_that_the_reader_asks_for(
    name: str, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    story, scene = story_of(name)
    chapter = chapter_of(story, slug)
    seen: list[Any] = []

    def note(_: Plate, __: Any, strengths: dict[str, str], frame: Any, ___: Any) -> None:
        seen.append((strengths, frame.bounds_wsen))

    monkeypatch.setattr(Plate, "draw_scene", note)
    assert draw_still_map(story, chapter, scene, "en").startswith(b"\xff\xd8")
    assert seen == [(story.strengths(chapter), chapter.view.bounds_wsen)]


def test_a_prediction_slide_and_sheet_do_not_give_the_answer_away() -> None:
    desk = desk_of("real")
    asked = [sheet.asked for sheet in desk.sheets if sheet.asked]
    before = [slide for slide in slides_of("real").slides if slide.shapes.title.text_frame.text == "Before you look"]
    assert len(before) == len(asked) == 14
    for slide, each in zip(before, asked, strict=True):
        shown = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert each.question in shown
        assert each.reveal not in shown
        assert each.reveal in slide.notes_slide.notes_text_frame.text
    sheets, _, keys = papers_of("real")["worksheets"].partition('class="sheet keys"')
    assert all(each.question in plain(sheets) for each in asked)
    assert not any(each.reveal in plain(sheets) for each in asked)
    assert all(each.reveal in plain(keys) for each in asked)


def test_every_paper_carries_licence_and_credit() -> None:
    for paper in papers_of("real").values():
        assert "CC BY 4.0" in plain(paper)
        assert "OpenStreetMap" in plain(paper)
    last = list(slides_of("real").slides)[-1]
    assert "OpenStreetMap" in " ".join(shape.text_frame.text for shape in last.shapes if shape.has_text_frame)


def test_worksheets_mix_what_they_ask_for() -> None:
    sheets, _, keys = papers_of("real")["worksheets"].partition('class="sheet keys"')
    letters = re.findall(r"<dt>([A-Z])</dt>", sheets)
    matched = re.findall(r"<li><b>\d</b> ([A-Z](?:, [A-Z])*) \(", keys)
    assert len(matched) == 5
    assert sorted(letter for group in matched for letter in group.split(", ")) == sorted(letters)
    assert [group.split(", ") for group in matched] != [letters[at : at + 2] for at in range(0, len(letters), 2)]


def test_every_picture_on_a_slide_has_words_or_is_said_to_need_none() -> None:
    for slide in slides_of("real").slides:
        for shape in slide.shapes:
            if shape.shape_type == 13:  # a picture
                assert shape._element.nvPicPr.cNvPr.get("descr") is not None


@pytest.mark.parametrize("name", ["real", "tiny"])
def test_everything_on_a_slide_lies_on_it_and_its_letters_can_be_read(name: str) -> None:
    deck = slides_of(name)
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
            if shape.has_text_frame:
                sizes = [paragraph.font.size for paragraph in shape.text_frame.paragraphs]
                assert all(size and size.pt >= 10 for size in sizes), shape.text_frame.text


@pytest.mark.parametrize("letters", [1, 40, 400, 4000])
def test_letters_shrink_until_a_text_fits(letters: int) -> None:
    size = fit_pt(["x" * letters], 400, 300, 40)
    assert 9 <= size <= 40
    assert size >= fit_pt(["x" * letters * 2], 400, 300, 40)


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """Give all files of the tiny story, as the button and the command make them."""
    told: list[tuple[int, int, str]] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        files = make_handouts(tiny(), "en", tell=lambda *each: told.append(each))
    assert [each[0] for each in told] == list(range(len(told)))
    assert told[-1][0] == told[-1][1]
    return files


def test_every_file_is_made(made: dict[str, bytes]) -> None:
    assert list(made) == file_names()
    assert made["slides.pptx"].startswith(b"PK")


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
@pytest.mark.parametrize("kind", ["handout", "worksheets", "teacher"])
def test_a_pdf_is_tagged_has_bookmarks_and_the_size_of_its_paper(
    made: dict[str, bytes], kind: str, paper: str, size: tuple[int, int]
) -> None:
    pdf = PdfReader(io.BytesIO(made[f"{kind}-{paper}.pdf"]))
    root: Any = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "en"
    assert pdf.metadata
    assert "Two Keepers" in (pdf.metadata.title or "")
    box = pdf.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == size
    marks = [mark.title for mark in _flat(pdf.outline)]
    expected = {
        "handout": ["The Lamp", "Glossary", "Notes: the records and their sources"],
        "worksheets": ["1 · Label the map", "Keys to the worksheets"],
        "teacher": ["Reading a log", "The Lamp"],
    }
    assert set(expected[kind]) <= set(marks)


def _flat(outline: Any) -> list[Any]:
    return [each for part in outline for each in (_flat(part) if isinstance(part, list) else [part])]


def test_the_keys_stand_on_pages_of_their_own(made: dict[str, bytes]) -> None:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(made["worksheets-a4.pdf"])).pages]
    keys = [index for index, text in enumerate(pages) if "Keys to the worksheets" in text]
    assert keys
    assert all("The record's verdict" not in text for text in pages[: keys[0]])
    assert "Label the map" in pages[0]


def test_a_sheet_fetches_nothing() -> None:
    with pytest.raises(FatalURLFetchingError, match="Error fetching"):
        write_pdf('<img src="https://example.org/map.png" alt="">', "a4")


def test_without_pango_we_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr("story.pdf.import_module", missing)
    with pytest.raises(NoPaperError, match="libpangoft2"):
        write_pdf("<p>", "a4")


def test_a_story_without_a_lesson_has_nothing_to_hand_out(
    tiny_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tiny_copy / "lesson.en.yaml").unlink()
    assert main([str(tmp_path / "out"), "--story", str(tiny_copy)]) == 1
    assert "lesson.en.yaml" in capsys.readouterr().err
    with pytest.raises(NoLessonError):
        make_handouts(real().story, "xx")


def test_the_command_writes_the_files_and_says_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(handout, "_make", lambda _, name: name.encode())
    assert main([str(tmp_path), "--story", str(TINY), "--paper", "letter"]) == 0
    told = capsys.readouterr().out
    assert "of 7" in told
    assert {path.name for path in tmp_path.iterdir()} >= set(file_names(("letter",)))
