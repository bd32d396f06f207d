"""Our own voice: it takes no side, and what a chapter retells it always gives to the essay.

A loaded word may stand in quotation marks, for then it is somebody else's, and in the names that its entry excepts.
Sources' titles, publishers and the counters of figures are names too and are left alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from story.editorial import LoadedWord
from story.exactness import find_facts
from story.model import Chapter, Story, Text
from story.sheet import Sheet

Said = tuple[Sheet, tuple[Any, ...], str]  # where something is said, and what
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)|(?<!\w)'[^']*'(?!\w)")


class Ear:
    """Hears the loaded words of one language."""

    def __init__(self, words: Iterable[LoadedWord]) -> None:
        """`words` as the story's voice file has them."""
        self.by_group = {f"w{at}": word for at, word in enumerate(words)}
        forms = (f"(?P<{name}>{'|'.join(map(_form, word.forms))})" for name, word in self.by_group.items())
        self.pattern = re.compile(
            rf"(?<![\w-])(?:{'|'.join(forms)})(?!\w)" if self.by_group else r"(?!)", re.IGNORECASE
        )

    def hear(self, text: str) -> Iterator[tuple[str, LoadedWord]]:
        """Every loaded word in a text with its entry; not within quotation marks, nor in a name that is excepted."""
        own = _QUOTED.sub(lambda found: " " * len(found[0]), text)
        for found in self.pattern.finditer(own):
            word = self.by_group[found.lastgroup or ""]
            if not any(_lies_in(found.span(), name, own) for name in word.except_in):
                yield found[0], word


def _form(form: str) -> str:
    return re.escape(form.rstrip("*")).replace(r"\ ", r"\s+") + (r"[\w’'-]*" if form.endswith("*") else "")


def _lies_in(span: tuple[int, int], name: str, text: str) -> bool:
    return any(at.start() <= span[0] and span[1] <= at.end() for at in re.finditer(re.escape(name), text))


def check_voice(story: Story, sheets: Mapping[str, Sheet]) -> None:
    """Note every loaded word in our own voice, and every paragraph of a retelling that is not given to the essay."""
    first, *_ = story.settings.languages
    ears = {language: Ear(voice.loaded) for language, voice in story.editorial.voices.items()}
    for words_of in (_words_of_map, _words_of_record, _words_of_charts):
        for sheet, loc, said in words_of(story, sheets):
            _check_words(ears[first], sheet, loc, said)
    told = {claim.chapter for claim in story.claims}
    for chapter in story.chapters:
        for language, text in chapter.texts.items():
            sheet = _sheet_of(chapter, f"{language}.md", sheets)
            for loc, words in _chapter_words(text):
                _check_words(ears[language], sheet, loc, words)
            if chapter.slug in told:
                _check_attribution(text.body, story.editorial.voices[language].attributes, sheet)
    for language, rules in story.editorial.rules.items():
        for key in ("title", "lead", "body"):
            _check_words(ears[language], sheets[f"rules.{language}.md"], (key,), getattr(rules, key))


def _check_words(ear: Ear, sheet: Sheet, loc: tuple[Any, ...], text: str) -> None:
    for found, word in ear.hear(text):
        why = f" ({word.why})" if word.why else ""
        expected = f"in our own voice: {word.instead}{why}; in quotation marks where it is somebody else's word"
        sheet.fault(_line_of(sheet, loc, found), ".".join(map(str, loc)), repr(found), expected)


def _line_of(sheet: Sheet, loc: tuple[Any, ...], words: str) -> int:
    """The line of a key; of words in the body of a Markdown file the line where they first stand after the YAML."""
    if loc != ("body",):
        return sheet.line(loc)
    begin = sheet.text.find("\n---\n") + 1
    return sheet.text.count("\n", 0, max(sheet.text.find(words, begin), begin)) + 1


def _sheet_of(chapter: Chapter, file: str, sheets: Mapping[str, Sheet]) -> Sheet:
    return next(sheet for name, sheet in sheets.items() if name.partition("-")[2] == f"{chapter.slug}/{file}")


def _check_attribution(body: str, attributes: tuple[str, ...], sheet: Sheet) -> None:
    """Every paragraph but a quotation names the essay, or is marked as ours."""
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, attributes))})\b", re.IGNORECASE)
    for paragraph in re.split(r"\n\s*\n", body):
        plain = " ".join(paragraph.split())
        if plain and not plain.startswith(">") and not pattern.search(plain):
            line = _line_of(sheet, ("body",), paragraph.strip().split("\n")[0])
            expected = f"whose view it is, in words like {', '.join(map(repr, attributes[:3]))}"
            sheet.fault(line, "body", repr(plain[:60]), expected)


def _chapter_words(text: Text) -> Iterator[tuple[tuple[Any, ...], str]]:
    for key in ("title", "kicker", "standfirst", "body"):
        yield (key,), getattr(text, key)
    for key, words in text.callouts.items():
        yield ("callouts", key), words
    for index, omission in enumerate(text.omissions):
        yield ("omissions", index, "text"), omission.text


def _words_of_map(story: Story, sheets: Mapping[str, Sheet]) -> Iterator[Said]:
    yield from _said(sheets["story.yaml"], (), story.settings, ("title", "subtitle"))
    for index, layer in enumerate(story.layers.values()):
        yield from _said(sheets["layers.yaml"], (index,), layer, ("title", "note"))
        for part, key in (("points", "label"), ("circles", "name"), ("routes", "name")):
            for at, each in enumerate(getattr(layer, part, ())):
                yield from _said(sheets["layers.yaml"], (index, part, at), each, (key,))
    for index, view in enumerate(story.viewpoints):
        yield from _said(sheets["viewpoints.yaml"], (index,), view, ("title", "note"))
        for line, style in view.lines.items():
            yield from _said(sheets["viewpoints.yaml"], (index, "lines", line), style, ("title", "note"))


def _words_of_record(story: Story, sheets: Mapping[str, Sheet]) -> Iterator[Said]:
    for index, claim in enumerate(story.claims):
        yield from _said(sheets["claims.yaml"], (index,), claim, ("statement", "summary"))
        if claim.objection:
            yield from _said(sheets["claims.yaml"], (index, "objection"), claim.objection, ("says",))
    for index, paragraph in enumerate(story.editorial.ledger):
        for at, clause in enumerate(paragraph.clauses):
            yield from _said(sheets["essay.yaml"], (index, "clauses", at), clause, ("says", "untested"))
    for index, correction in enumerate(story.editorial.corrections):
        yield from _said(sheets["corrections.yaml"], (index,), correction, ("what", "why"))
    for sheet, index, fact in find_facts(story, sheets):
        yield from _said(sheet, (index,), fact, ("title", "summary", "contested", "date_note", "place"))
        for at, figure in enumerate(fact.figures):
            yield from _said(sheet, (index, "figures", at), figure, ("what", "unit"))


def _words_of_charts(story: Story, sheets: Mapping[str, Sheet]) -> Iterator[Said]:
    for index, compared in enumerate(story.comparisons.values()):
        sheet = sheets["comparisons.yaml"]
        yield from _said(sheet, (index,), compared, ("title", "note"))
        for at, counted in enumerate(compared.rows):
            yield from _said(sheet, (index, "rows", at), counted, ("note",))
    for chapter in story.chapters:
        if chart := chapter.view.chart:
            sheet = _sheet_of(chapter, "view.yaml", sheets)
            yield from _said(sheet, ("chart",), chart, ("title", "note"))
            for at, row in enumerate(chart.rows):
                yield from _said(sheet, ("chart", "rows", at), row, ("name",))


def _said(sheet: Sheet, loc: tuple[Any, ...], record: Any, keys: tuple[str, ...]) -> Iterator[Said]:
    for key in keys:
        if words := getattr(record, key):
            yield sheet, (*loc, key), words
