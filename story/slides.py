"""The story as slides: of each chapter a prediction, its map, its claims; the teacher's notes in the notes pane."""

import html
import io
import re
from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from story.classroom import Desk
from story.plate import SOFT, TEXT
from story.sheets import Asked, ChapterSheet

if TYPE_CHECKING:
    from pptx.slide import Slide

WIDE, HIGH = Inches(13.333), Inches(7.5)  # 16:9
MARGIN = Inches(0.55)
MAP_WIDE = Inches(8.6)
TITLE_ONLY = 5  # of the library's own template
SERIF, SANS = "Georgia", "Arial"
EM_PER_LETTER, LEADING = 0.5, 1.24


def draw_slides(desk: Desk) -> bytes:
    """A PPTX of the whole story: an opening slide, three for each chapter, and the credit on the last."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDE, HIGH
    settings, teach = desk.story.settings, desk.words["teach"]
    deck.core_properties.title = settings.title
    deck.core_properties.author = settings.author
    deck.core_properties.subject = settings.subtitle
    deck.core_properties.language = desk.language
    first = _slide(deck, settings.title, size=54)
    until = f"{desk.words['evidence_until']} {settings.evidence_until}."
    _write(first, [settings.subtitle, until], (MARGIN, Inches(2.2), WIDE - 2 * MARGIN, Inches(3)), size=26)
    plan = desk.lesson.plan
    _note(first, [plan.care, *(f"{step.minutes} {teach['minutes']}: {step.title}" for step in plan.steps)])
    for sheet in desk.sheets:
        if sheet.asked:
            _ask(deck, sheet, sheet.asked, teach)
        _show_map(deck, sheet, desk)
        _show_text(deck, sheet, desk)
        if sheet.omissions:
            slide = _slide(deck, desk.words["omissions"], over=f"{sheet.kicker} · {sheet.title}")
            _write(slide, list(sheet.omissions), (MARGIN, Inches(1.5), WIDE - 2 * MARGIN, Inches(5.6)), size=20)
    last = _slide(deck, teach["sources"], size=30)
    credit = [desk.words["records_lead"] + f" {settings.evidence_until}.", desk.rights]
    _write(last, credit, (MARGIN, Inches(1.6), WIDE - 2 * MARGIN, Inches(5)), size=18)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _slide(deck: Any, title: str, *, over: str = "", size: int = 34) -> "Slide":
    slide: Slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    head: Any = slide.shapes.title
    head.left, head.top, head.width, head.height = MARGIN, Inches(0.55), WIDE - 2 * MARGIN, Inches(0.9)
    head.text_frame.text = title
    head.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT  # the template's own is the middle
    head.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    head.text_frame.word_wrap = True
    _style(head.text_frame.paragraphs[0], size, SERIF, TEXT, bold=True)
    if over:
        _write(slide, [over], (MARGIN, Inches(0.28), WIDE - 2 * MARGIN, Inches(0.35)), size=14, ink=SOFT, font=SANS)
    return slide


def _ask(deck: Any, sheet: ChapterSheet, asked: Asked, teach: dict[str, Any]) -> None:
    """The prediction, without its answer, which stands in the notes."""
    slide = _slide(deck, teach["predict"], over=f"{sheet.kicker} · {sheet.title}")
    low, high, unit, *_ = (*asked.options, "", "")
    options = [f"{low} – {high} {unit}"] if asked.kind == "number" else list(asked.options)
    _write(slide, [asked.question], (MARGIN, Inches(1.6), WIDE - 2 * MARGIN, Inches(1.7)), size=30)
    _write(slide, options, (Inches(1), Inches(3.4), WIDE - Inches(2), Inches(3.6)), size=24, font=SANS)
    _note(slide, [asked.question, f"{teach['answer']} {'; '.join(asked.right)}.", asked.reveal])


def _show_map(deck: Any, sheet: ChapterSheet, desk: Desk) -> None:
    """The chapter's still with its legend."""
    slide = _slide(deck, sheet.title, over=sheet.kicker)
    top = Inches(1.5)
    still = slide.shapes.add_picture(io.BytesIO(desk.stills[sheet.slug]), MARGIN, top, width=MAP_WIDE)
    _describe(still, " ".join([sheet.standfirst, *sheet.callouts]))
    _write(
        slide, [sheet.standfirst], (MARGIN, top + still.height, MAP_WIDE, Inches(0.55)), size=12, ink=SOFT, font=SANS
    )
    left, room = MARGIN + MAP_WIDE + Inches(0.3), HIGH - top - Inches(0.4)
    step = min(Inches(0.52), Emu(room // max(len(sheet.keys), 1)))
    for index, key in enumerate(sheet.keys):
        y = top + step * index
        swatch = io.BytesIO(desk.swatches[key.title])
        _describe(slide.shapes.add_picture(swatch, Emu(left), Emu(y), height=Inches(0.3)), "")
        _write(slide, [key.title], (left + Inches(0.4), y, WIDE - left - Inches(0.7), step), size=12, font=SANS)
    teach = desk.words["teach"]
    _note(
        slide,
        [
            *_titled(teach["say"], [line.text for line in sheet.say]),
            *_titled(teach["beware"], [line.text for line in sheet.beware]),
            *_titled(teach["objections"], [f"{side}: {line.text}" for side, line in sheet.objections]),
            *_titled(teach["legend"], [f"{key.title}. {key.note}".strip() for key in sheet.keys]),
        ],
    )


def _show_text(deck: Any, sheet: ChapterSheet, desk: Desk) -> None:
    """The retelling on the left, on the right what the record shows; the reasons stand in the notes."""
    teach, words = desk.words["teach"], desk.words
    slide = _slide(deck, sheet.title, over=sheet.kicker)
    half = (WIDE - 2 * MARGIN - Inches(0.4)) // 2
    wide = not (sheet.claims or sheet.tally)
    box = (MARGIN, Inches(1.5), WIDE - 2 * MARGIN if wide else half, Inches(5.6))
    _write(slide, plain_paragraphs(sheet), box, size=20)
    said = [f"{claim['number']}. {claim['verdict_words']}: {claim['statement']}" for claim in sheet.claims]
    said = [words["record_shows"], *said] if said else []
    said += [words["tally"], *(f"{count['number']} {count['words']}" for count in sheet.tally)] if sheet.tally else []
    if said:
        right = (MARGIN + half + Inches(0.4), Inches(1.5), half, Inches(5.6))
        _write(slide, said, right, size=19, font=SANS)
    reasons = [_reason(claim) for claim in sheet.claims]
    _note(slide, [*_titled(teach["verdicts"], reasons), *_titled(teach["questions"], list(sheet.questions))])


def _reason(claim: dict[str, Any]) -> str:
    """Why a verdict is what it is, and what the side that it goes against would object."""
    told, objection = f"{claim['number']}. {claim['verdict_words']}. {claim['summary']}", claim["objection"]
    return f"{told} {objection['who']} {objection['says']}" if objection else told


def plain_paragraphs(sheet: ChapterSheet) -> list[str]:
    """The retelling without markup, claims' numbers in brackets."""
    body = re.sub(r"<sup>(\d+)</sup>", r" [\1]", str(sheet.body))
    parts = re.findall(r"<(?:p|blockquote)>(.*?)</(?:p|blockquote)>", body, flags=re.DOTALL)
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", "", part)).split()) for part in parts]


def _titled(title: str, lines: list[str]) -> list[str]:
    return [title.upper(), *(f"• {line}" for line in lines), ""] if lines else []


def _note(slide: "Slide", lines: list[str]) -> None:
    pane: Any = slide.notes_slide.notes_text_frame
    pane.text = "\n".join(lines).strip()


def _describe(picture: Any, text: str) -> None:
    """The words that a screen reader has for a picture; none for one that only decorates."""
    picture._element.nvPicPr.cNvPr.set("descr", text)  # noqa: SLF001 - the library has no other way


def _write(slide: "Slide", lines: list[str], box: Any, *, size: int, ink: str = TEXT, font: str = SERIF) -> None:
    """Paragraphs in a box (left, top, width, height), in the largest letters up to `size` in which they fit."""
    left, top, width, height = box
    shape = slide.shapes.add_textbox(left, top, width, height)
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = 0
    fitting = fit_pt(lines, Emu(width).pt, Emu(height).pt, size)
    for index, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        paragraph.text = line
        paragraph.space_after = Pt(fitting * 0.45)
        _style(paragraph, fitting, font, ink)


def fit_pt(lines: list[str], width_pt: float, height_pt: float, largest: int) -> int:
    """The largest size, in points, at which lines of text fill no more than a box; 9 where none does."""
    for size in range(largest, 9, -1):
        rows = sum(-(-len(line) * size * EM_PER_LETTER // width_pt) for line in lines)
        if rows * size * LEADING + len(lines) * size * 0.45 <= height_pt:
            return size
    return 9


def _style(paragraph: Any, size: int, font: str, ink: str, *, bold: bool = False) -> None:
    paragraph.font.size, paragraph.font.name, paragraph.font.bold = Pt(size), font, bold
    paragraph.font.color.rgb = RGBColor(*bytes.fromhex(ink.removeprefix("#")))  # type: ignore[no-untyped-call]
