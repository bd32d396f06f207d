"""Renders a story as HTML: the chapters with their record and their map in words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from geodata.catalogue import read_catalogue
from story.balance import say_replies
from story.chart import draw_chart
from story.elements import as_json
from story.gazette import say_place
from story.legend import certainty_entries, legend_entries
from story.model import Chapter, Story
from story.notes import say_claim, say_record, say_tally
from story.prose import render_prose, split_at
from story.rests import cited_facts
from story.say import list_marks, say_map
from story.scene import Drawn
from story.templates import TEMPLATES, ours
from story.wording import read_words

_SIGN = '<svg class="sign" viewBox="-12 -12 24 24" role="img" aria-label="({})"><path d="{}"/></svg>'


@dataclass(frozen=True, slots=True)
class Files:
    """Where the files that a page needs lie, relative to its base; the icon is the address itself.

    `prints`: of each chapter the map for print by the ending of its file, where it comes along; `fallback`: the script
    that shows stills where the map does not come; `offline`: the one that has the story kept for reading without a
    network; `policy`: a Content-Security-Policy for pages that no server sends with one.
    (Chromium asks for an icon file again at every change of the address, so it comes along.)
    """

    css: str
    leaf: str
    noscript: str
    leaflet: str
    reader: str
    map: str
    icon: str
    records: str
    cards: dict[str, str]
    squares: dict[str, str]
    prints: dict[str, dict[str, str]]
    stills: dict[str, str]
    version: str
    fallback: str
    offline: str = ""
    policy: str = ""


@dataclass(frozen=True, slots=True)
class Inside:
    """What a page has in it that others have beside them, as HTML, and its scripts in their order."""

    html: Markup
    scripts: tuple[Markup, ...]


def render(template: str, **values: Any) -> str:
    """A template of story/web/ filled in; every value is escaped, unless it is HTML of our own making."""
    return TEMPLATES.get_template(template).render(**values)


def render_story(
    story: Story, scene: dict[str, Drawn], files: Files, *, language: str, base: str, inside: Inside | None = None
) -> str:
    """The `[data-story]` root with all chapters; `base` is the way from the page to the reader's files.

    With `inside` the page stands alone: records and rules are in it; other pages are where the story is published.
    """
    words = read_words(language)
    records = "" if inside else f"{base}records.html"
    desk = _Desk(story, scene, files, words, language, records)
    chapters = [_chapter(desk, chapter) for chapter in story.chapters]
    return TEMPLATES.get_template("story.html").render(
        story=story.settings,
        chapters=chapters,
        records=records,
        files=files,
        words=words,
        lang=language,
        base=base,
        inside=inside,
        rules="#rule-" if inside else f"{base}rules.html#",
        pages=story.settings.files_address or None if inside else base,
        theme="",
        viewpoints=_viewpoints(story),
        credit=map_credit(story),
        credit_short=short_credit(story, words),
        version=files.version,
    )


def render_records(story: Story, *, language: str, records: str = "", home: str = "") -> dict[str, str]:
    """Every record that the map draws or the page cites, as HTML by the id of its fact.

    `records` and `home` are the ways to the page of the records and to the story, empty for who is there.
    """
    words, cited = read_words(language), cited_facts(story)
    template = TEMPLATES.get_template("record.html")
    return {
        id_: template.render(
            fact=say_record(fact, story, words, records),
            place=say_place(id_, words),
            words=words,
            records=records,
            home=home,
        )
        for id_, fact in story.facts.items()
        if id_ in cited
    }


def render_records_script(story: Story, *, language: str) -> str:
    """All records as a script that hands them to the reader when it has time."""
    records = render_records(story, language=language, records="records.html")
    return f"TheLineBetween.keepRecords({as_json(records)});\n"


def render_records_page(story: Story, files: Files, *, language: str) -> str:
    """A page of its own for the records, which needs no script."""
    records = render_records(story, language=language, home="index.html")
    return TEMPLATES.get_template("records-page.html").render(
        records=ours("\n".join(records.values())),
        story=story.settings,
        files=files,
        words=read_words(language),
        lang=language,
    )


def render_page(head: str, story: str, *, language: str) -> str:
    """A whole page from a head and a story."""
    return TEMPLATES.get_template("page.html").render(head=ours(head), story=ours(story), lang=language)


def map_credit(story: Story) -> str:
    """The credit line of all datasets that the map draws, each part once."""
    return " · ".join(_credits(story))


def _credits(story: Story) -> list[str]:
    catalogue = read_catalogue()
    return list(dict.fromkeys(part for name in drawn_datasets(story) for part in catalogue[name].credit.split("; ")))


def drawn_datasets(story: Story) -> list[str]:
    """The ids of all datasets that the map draws, each once, in the order of the layers."""
    return list(dict.fromkeys(name for layer in story.layers.values() for name in _datasets(layer)))


def short_credit(story: Story, words: Mapping[str, Any]) -> str:
    """The credit of whoever claims a copyright, for a map too small for all of them; the rest is a press away."""
    parts = _credits(story)
    claimed = [part for part in parts if part.startswith("©")] or parts[:1]
    return f"{' · '.join(claimed)} {words['and_others']}"


def _datasets(layer: Any) -> tuple[str, ...]:
    one = getattr(layer, "dataset", None)
    return (one,) if one else getattr(layer, "datasets", ())


_JOIN = "\u2060"  # a word joiner; WebKit breaks lines at a picture all the same, so that they stand in a span as well
_PUNCTUATION = re.compile(r"\A(?:&\w+;|[^\w\s<&])+")


def mark_claims(body: str, notes: list[dict[str, Any]], anchors: dict[str, str], words: dict[str, Any]) -> Markup:
    """The HTML of a chapter's text with the words that carry a claim linked to its note.

    The last word, the verdict's sign and the punctuation behind it hold together: none begins a line of its own.
    `notes` as `say_claim` gives them; `anchors` are the words of each, by id.
    """
    for note in notes:
        sign = _SIGN.format(words["claim_is"].format(verdict=note["verdict_words"].lower()), note["sign"])
        number = f'<sup class="note-number">{note["number"]}</sup>'
        where = f'id="cited-{note["id"]}" href="#claim-{note["id"]}" data-claim="{note["id"]}"'
        link = f'<a class="claimed verdict-{note["verdict"]}" {where}>'
        if parts := split_at(anchors[note["id"]], body):
            body = _hold(parts, link, f"{sign}{number}</a>")
    return ours(body)


def _hold(parts: tuple[str, str, str], link: str, sign: str) -> str:
    """The text with a claim's words between `link` and `sign`; only the words before the last one may break."""
    before, said, after = parts
    word = said.split()[-1]
    free, rest = said.removesuffix(word), _PUNCTUATION.sub("", after)
    start = f'<span class="free">{free}</span>' if free else ""
    return f'{before}<span class="held">{link}{start}{word}{_JOIN}{sign}{_JOIN}{after.removesuffix(rest)}</span>{rest}'


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
    claims = [(number, each) for number, each in enumerate(story.claims, 1) if each.chapter == chapter.slug]
    notes = [say_claim(claim, number, story, words, desk.records) for number, claim in claims]
    return {
        "slug": chapter.slug,
        "number": "" if last or not chapter.number else chapter.number,
        "title": text.title,
        "kicker": text.kicker,
        "standfirst": text.standfirst,
        "body": mark_claims(render_prose(text.body), notes, {claim.id: claim.anchor for _, claim in claims}, words),
        "chart": _chart(chapter, story, desk.records, words),
        "claims": notes,
        "tally": say_tally(story, words) if last else None,
        "omissions": [
            {"text": each.text, "facts": [story.facts[id_] for id_ in each.facts]} for each in text.omissions
        ],
        "still": desk.files.stills[chapter.slug],
        "prints": desk.files.prints.get(chapter.slug, {}),
        "legend": legend_entries(story, chapter, desk.scene),
        "sure": certainty_entries(story, chapter, desk.scene, words),
        "says": say_map(story, chapter, desk.scene, words),
        "notes": [text.callouts[key] for key in chapter.view.callouts],
        "listed": list_marks(story, chapter, desk.scene, words),
    }


def _chart(chapter: Chapter, story: Story, records: str, words: dict[str, Any]) -> dict[str, Any] | None:
    chart = chapter.view.chart
    if chart is None:
        return None
    facts = [story.facts[id_] for id_ in dict.fromkeys(row.fact for row in chart.rows)]
    return {
        "title": chart.title,
        "note": " ".join(filter(None, [chart.note, say_replies(chart, story.facts, words)])),
        "svg": ours(draw_chart(chart, story.facts, records)),
        "facts": facts if chart.kind == "bars" else (),  # on a line of time each point leads to its record
    }


def _viewpoints(story: Story) -> list[dict[str, Any]]:
    """The viewpoints on borders with the records of who holds them."""
    return [
        {"id": each.id, "title": each.title, "note": each.note, "facts": [story.facts[id_] for id_ in each.facts]}
        for each in story.viewpoints
    ]
