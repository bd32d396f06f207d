"""Renders a story as HTML: the chapters with their record, their map in words, and the head of the page around them."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from geodata.catalogue import read_catalogue
from story.chart import draw_chart
from story.draw import DASHES
from story.facts import Claim
from story.marks import SHAPES
from story.model import AreaLayer, Chapter, CircleLayer, LineLayer, PointLayer, RouteLayer, Story
from story.prose import render_prose, split_at
from story.say import list_marks, say_map
from story.scene import Drawn
from story.wording import read_words, say_fact

WEB = Path(__file__).parent / "web"
SIGNS = {
    "supported": "M-9 1L-3 7L9-6L6-9L-3 0L-6-3Z",
    "partly-supported": "M0-9A9 9 0 1 1 0 9A9 9 0 1 1 0-9ZM0-6V6A6 6 0 0 0 0-6Z",
    "contested": "M-10-2L-3-8V-4H10V0H-10ZM10 3L3 9V5H-10V2H10Z",
    "contradicted": SHAPES["cross"],
    "opinion": "M-9-8H9V5H-1L-6 10V5H-9Z",
}
_SIGN = '<svg class="sign" viewBox="-12 -12 24 24" role="img" aria-label="{}"><path d="{}"/></svg>'
_TEMPLATES = Environment(
    loader=FileSystemLoader(WEB),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)


@dataclass(frozen=True, slots=True)
class Files:
    """Where the files that a page needs lie, relative to its base; the icon is the address itself.

    (Chromium asks for an icon file again at every change of the address, so it comes along.)
    """

    css: str
    noscript: str
    leaflet: str
    reader: str
    map: str
    icon: str
    records: str
    card: str
    stills: dict[str, str]
    version: str


def _ours(html: str) -> Markup:
    """HTML that our own templates have made and escaped, as a part of another template."""
    return Markup(html)  # noqa: S704 - only ever given what a template of ours, nh3 or ElementTree has escaped


def render_story(story: Story, scene: dict[str, Drawn], files: Files, *, language: str, base: str) -> str:
    """The `[data-story]` root with all chapters; `base` is the way from the page to the reader's files."""
    words = read_words(language)
    records = f"{base}records.html"
    desk = _Desk(story, scene, files, words, language, records)
    chapters = [_chapter(desk, chapter) for chapter in story.chapters]
    return _TEMPLATES.get_template("story.html").render(
        story=story.settings,
        chapters=chapters,
        records=records,
        files=files,
        words=words,
        lang=language,
        base=base,
        theme="",
        credit=map_credit(story),
        version=files.version,
    )


def render_records(story: Story, *, language: str) -> str:
    """Every record that the map draws or the page cites, as HTML."""
    words, cited = read_words(language), cited_facts(story)
    records = [say_fact(fact, words) for fact in story.facts.values() if fact.id in cited]
    return _TEMPLATES.get_template("records.html").render(records=records, words=words)


def render_records_page(records: str, story: Story, files: Files, *, language: str) -> str:
    """A page of its own for the records, which needs no script."""
    return _TEMPLATES.get_template("records-page.html").render(
        records=_ours(records), story=story.settings, files=files, words=read_words(language), lang=language
    )


def render_head(story: Story, chapter: Chapter, files: Files, *, language: str, base: str, style: str = "") -> str:
    """The head's tags for a page that opens at `chapter`: title, description, social card, files.

    `style` is CSS to bring along where the page's policy allows it, instead of a file that has to be fetched first.
    """
    text = chapter.texts[language]
    title = story.settings.title if chapter.number == 0 else f"{text.title} · {story.settings.title}"
    address = story.settings.address + (f"?chapter={chapter.slug}" if chapter.number else "")
    return _TEMPLATES.get_template("head.html").render(
        story=story.settings,
        title=title,
        description=text.standfirst if chapter.number else story.settings.subtitle,
        address=address,
        picture=f"{story.settings.address}embed/{files.card or files.stills[chapter.slug]}",
        files=files,
        base=base,
        style=_ours(style),
    )


def render_page(head: str, story: str, *, language: str) -> str:
    """A whole page from a head and a story."""
    return _TEMPLATES.get_template("page.html").render(head=_ours(head), story=_ours(story), lang=language)


def map_credit(story: Story) -> str:
    """The credit line of all datasets that the map draws, each once."""
    catalogue = read_catalogue()
    datasets = [name for layer in story.layers.values() for name in _datasets(layer)]
    return " · ".join(dict.fromkeys(catalogue[name].credit for name in datasets))


def _datasets(layer: Any) -> tuple[str, ...]:
    one = getattr(layer, "dataset", None)
    return (one,) if one else getattr(layer, "datasets", ())


def cited_facts(story: Story) -> set[str]:
    """The ids of all facts that the map draws or the page cites."""
    cited = {item.fact for claim in story.claims for item in claim.evidence}
    for layer in story.layers.values():
        if isinstance(layer, PointLayer):
            cited |= {point.fact for point in layer.points}
        if isinstance(layer, CircleLayer):
            cited |= {layer.fact, *(circle.at for circle in layer.circles)}
        if isinstance(layer, RouteLayer):
            cited |= {fact for route in layer.routes for fact in route.facts}
    for chapter in story.chapters:
        cited |= {row.fact for row in (chapter.view.chart.rows if chapter.view.chart else ())}
        cited |= {fact for text in chapter.texts.values() for item in text.omissions for fact in item.facts}
    return cited


def mark_claims(body: str, claims: list[Claim], words: dict[str, Any]) -> Markup:
    """The HTML of a chapter's text with the words that carry a claim linked to what the record shows of it."""
    for claim in claims:
        sign = _SIGN.format(words["verdicts"][claim.verdict], SIGNS[claim.verdict])
        link = f'<a class="claimed verdict-{claim.verdict}" href="#claim-{claim.id}" data-claim="{claim.id}">'
        if parts := split_at(claim.anchor, body):
            body = f"{parts[0]}{link}{parts[1]}{sign}</a>{parts[2]}"
    return _ours(body)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What all chapters of one page share."""

    story: Story
    scene: dict[str, Drawn]
    files: Files
    words: dict[str, Any]
    language: str
    records: str


def _chapter(desk: _Desk, chapter: Chapter) -> dict[str, Any]:
    story, words = desk.story, desk.words
    text = chapter.texts[desk.language]
    last = chapter.number == len(story.chapters) - 1
    claims = [claim for claim in story.claims if claim.chapter == chapter.slug]
    return {
        "slug": chapter.slug,
        "number": "" if last or not chapter.number else chapter.number,
        "title": text.title,
        "kicker": text.kicker,
        "standfirst": text.standfirst,
        "body": mark_claims(render_prose(text.body), claims, words),
        "chart": _chart(chapter, story, desk.records),
        "claims": [_claim(claim, story, words) for claim in claims],
        "tally": _tally(story, words) if last else None,
        "omissions": [
            {"text": each.text, "facts": [story.facts[id_] for id_ in each.facts]} for each in text.omissions
        ],
        "still": desk.files.stills[chapter.slug],
        "legend": legend_entries(story, chapter),
        "says": say_map(story, chapter, desk.scene, words),
        "notes": [text.callouts[key] for key in chapter.view.callouts],
        "listed": list_marks(story, chapter, desk.scene, words),
    }


def _chart(chapter: Chapter, story: Story, records: str) -> dict[str, Any] | None:
    chart = chapter.view.chart
    if chart is None:
        return None
    return {"title": chart.title, "note": chart.note, "svg": _ours(draw_chart(chart, story.facts, records))}


def _claim(claim: Claim, story: Story, words: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": claim.id,
        "verdict": claim.verdict,
        "verdict_words": words["verdicts"][claim.verdict],
        "sign": SIGNS[claim.verdict],
        "statement": claim.statement,
        "summary": claim.summary,
        "evidence": [
            {
                "fact": item.fact,
                "stance": words["stances"][item.stance],
                "title": story.facts[item.fact].title,
            }
            for item in claim.evidence
        ],
    }


def _tally(story: Story, words: dict[str, Any]) -> dict[str, Any]:
    """How many claims have which verdict, counted, and every claim with its verdict."""
    numbers = Counter(claim.verdict for claim in story.claims)
    return {
        "counts": [
            {"verdict": verdict, "words": said, "sign": SIGNS[verdict], "number": numbers[verdict]}
            for verdict, said in words["verdicts"].items()
        ],
        "rows": [
            {"statement": each.statement, "chapter": each.chapter, "verdict": words["verdicts"][each.verdict]}
            for each in story.claims
        ],
    }


def legend_entries(story: Story, chapter: Chapter) -> list[dict[str, Any]]:
    """What the chapter's legend explains: its layers at full strength, marks before lines before areas."""
    strengths = story.strengths(chapter)
    entries = [_entry(layer) for id_, layer in story.layers.items() if layer.legend and strengths[id_] == "full"]
    order = {"mark": 0, "circle": 0, "line": 1, "area": 2}
    return sorted(entries, key=lambda entry: order[entry["kind"]])


def _entry(layer: Any) -> dict[str, Any]:
    entry = {
        "title": layer.title,
        "note": layer.note,
        "ink": layer.ink,
        "kind": "mark",
        "path": SHAPES["dot"],
    }
    match layer:
        case LineLayer() | RouteLayer():
            dashes = DASHES[layer.stroke]
            entry |= {"kind": "line", "width": min(4, max(1.6, layer.width_px)), "dashes": dashes}
        case AreaLayer():
            entry |= {"kind": "area", "fill": layer.fill}
        case CircleLayer():
            entry |= {"kind": "circle"}
        case PointLayer():
            entry |= {"path": SHAPES[layer.mark]}
    return entry
