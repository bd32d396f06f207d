"""Holds the retellings against the ledger: each clause told, no qualifier lost, nothing said that no clause says.

Words are compared as a reader sees them: without markup, with quotation marks of one kind, apart by single spaces.
"""

import html
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from story.editorial import Voice
from story.faults import nearest
from story.ledger import Clause, Paragraph
from story.model import Chapter, Story
from story.prose import render_prose
from story.rules import check_unique
from story.sheet import Sheet

LEDGER = "essay.yaml"
Span = tuple[int, int]
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_TAG = re.compile(r"<[^>]+>")
_END = re.compile(r"(?<!\b[A-Z])[.!?…][\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9])")
_WORD = re.compile(r"[\w'-]+")


def check_ledger(story: Story, sheets: Mapping[str, Sheet]) -> None:
    """Note every breach between ledger, retellings and claims. A story without a ledger has claims without clauses."""
    ledger = story.editorial.ledger
    first, *_ = story.settings.languages
    voice = story.editorial.voices[first]
    if not ledger:
        for index, claim in enumerate(story.claims):
            for id_ in claim.clauses:
                sheets["claims.yaml"].known(id_, (), (index, "clauses"), f"a clause of {LEDGER}")
        return
    desk = _Desk(story, sheets[LEDGER], voice)
    desk.check_paragraphs()
    for index, paragraph in enumerate(ledger):
        if desk.sheet.known(paragraph.chapter, desk.chapters, (index, "chapter"), "a chapter"):
            chapter = desk.chapters[paragraph.chapter]
            page = next(each for name, each in sheets.items() if name.partition("-")[2] == f"{chapter.slug}/{first}.md")
            desk.check_told(index, paragraph, Retelling(chapter.texts[first].body), page)
    desk.check_claims(sheets["claims.yaml"])


def without_markup(text: str) -> str:
    """Markdown as a reader sees it, in one line: no markup, single spaces."""
    return " ".join(html.unescape(_TAG.sub("", render_prose(text))).split())


@cache
def say_plainly(text: str) -> str:
    """The same for comparing, with straight quotation marks."""
    return without_markup(text).translate(_STRAIGHT)


class Retelling:
    """A chapter's text as plain words, in one line, and where its sentences stand in it."""

    def __init__(self, body: str) -> None:
        """`body` is Markdown."""
        self.text, self.sentences = "", list[Span]()
        for paragraph in filter(None, map(say_plainly, re.split(r"\n\s*\n", body))):
            start = len(self.text)
            ends = [found.end() for found in _END.finditer(paragraph)]
            cuts = [0, *ends, len(paragraph)]
            self.sentences += [(start + a, start + b) for a, b in itertools.pairwise(cuts)]
            self.text += paragraph + " "

    def find(self, words: str) -> list[Span]:
        """Every place where some words stand, as whole words."""
        pattern = rf"(?<!\w){re.escape(say_plainly(words))}(?!\w)"
        return [found.span() for found in re.finditer(pattern, self.text)]

    def most_like(self, words: str) -> str:
        """The stretch of as many words that is most like some words; empty where none is alike."""
        said, count = self.text.split(), len(words.split())
        return nearest(say_plainly(words), {" ".join(said[at : at + count]) for at in range(len(said))})

    def left_of(self, sentence: Span, taken: Iterable[Span]) -> list[str]:
        """What stands in a sentence outside the spans taken, piece by piece."""
        start, end = sentence
        pieces = []
        for first, last in sorted(taken):
            if start < last and first < end:
                pieces.append(self.text[start:first])
                start = max(start, last)
        return [*pieces, self.text[start:end]]


def lacks(qualifier: str, said: str, forms: Mapping[str, Sequence[str]]) -> bool:
    """Whether words say a qualifier in none of its forms."""
    plain = say_plainly(said)
    ways = "|".join(re.escape(say_plainly(each)) for each in forms[qualifier])
    return not re.search(rf"(?<!\w)(?:{ways})(?!\w)", plain, re.IGNORECASE)


class Frames:
    """Phrases that assert nothing, for leaving them out of what is left of a sentence."""

    def __init__(self, frames: Iterable[str]) -> None:
        """`frames` as the story's voice file has them."""
        self.phrases = sorted({tuple(_words(each)) for each in frames}, key=len, reverse=True)

    def beyond(self, piece: str) -> list[str]:
        """The words of a piece that are in no frame, the longest frame taken first."""
        words, beyond, at = _words(piece), list[str](), 0
        while at < len(words):
            frame = next((each for each in self.phrases if tuple(words[at : at + len(each)]) == each), ())
            beyond += [] if frame else [words[at]]
            at += len(frame) or 1
        return beyond


def _words(text: str) -> list[str]:
    return [found.strip("'-") for found in _WORD.findall(say_plainly(text).casefold()) if found.strip("'-")]


@dataclass(frozen=True, slots=True)
class _Desk:
    """The ledger's sheet, and what it is held against."""

    story: Story
    sheet: Sheet
    voice: Voice

    @property
    def chapters(self) -> dict[str, Chapter]:
        return {chapter.slug: chapter for chapter in self.story.chapters}

    def fault(self, loc: tuple[int | str, ...], found: str, expected: str, near: str = "") -> None:
        self.sheet.fault(self.sheet.line(loc), ".".join(map(str, loc)), found, expected, near)

    def clauses(self) -> Iterator[tuple[int, int, Clause]]:
        for index, paragraph in enumerate(self.story.editorial.ledger):
            for at, clause in enumerate(paragraph.clauses):
                yield index, at, clause

    def check_paragraphs(self) -> None:
        """Each chapter between the first and the last is one paragraph of the essay; each clause has an id of its own.

        A clause says its own qualifiers, and either some claim names it or it says why none does.
        """
        ledger = self.story.editorial.ledger
        for chapter in self.story.chapters[1:-1]:
            if chapter.slug not in {each.chapter for each in ledger}:
                self.sheet.fault(1, "chapter", f"no paragraph {chapter.slug!r}", "one for each chapter that retells")
        check_unique(self.sheet, [each.chapter for each in ledger])
        tested = {id_ for claim in self.story.claims for id_ in claim.clauses}
        seen: set[str] = set()
        for index, at, clause in self.clauses():
            loc = (index, "clauses", at)
            if clause.id in seen:
                self.fault((*loc, "id"), repr(clause.id), "an id of its own")
            seen.add(clause.id)
            if clause.id in tested and clause.untested:
                self.fault((*loc, "untested"), repr(clause.untested), f"nothing, since a claim tests {clause.id!r}")
            elif clause.id not in tested and not clause.untested:
                self.fault((*loc, "untested"), f"nothing for {clause.id!r}", "a claim that names it, or why none does")
            for qualifier in clause.qualifiers:
                if self.sheet.known(qualifier, self.voice.qualifiers, (*loc, "qualifiers"), "a qualifier of the voice"):
                    self._check_kept(clause, qualifier, (*loc, "says"), clause.says)
                    self._check_kept(clause, qualifier, (*loc, "told"), " … ".join(clause.told))

    def _check_kept(self, clause: Clause, qualifier: str, loc: tuple[int | str, ...], said: str) -> None:
        forms = self.voice.qualifiers
        if lacks(qualifier, said, forms):
            expected = f"the qualifier of {clause.id!r}: {' or '.join(map(repr, forms[qualifier]))}"
            self.fault(loc, repr(said), expected)

    def check_told(self, index: int, paragraph: Paragraph, retelling: Retelling, page: Sheet) -> None:
        """Every clause in its words, every sentence of ours whole, and nothing else in the text but frames."""
        taken = list[Span]()
        for at, clause in enumerate(paragraph.clauses):
            for words in clause.told:
                taken += self._find((index, "clauses", at, "told"), words, retelling, paragraph.chapter)
        ours = list[Span]()
        for at, words in enumerate(paragraph.ours):
            spans = self._find((index, "ours", at), words, retelling, paragraph.chapter)
            ours += spans
            starts, ends = ({span[end] for span in retelling.sentences} for end in (0, 1))
            if any(first not in starts or not ends & {last, last + 1} for first, last in spans):
                self.fault((index, "ours", at), repr(words), "whole sentences")
        for sentence in retelling.sentences:
            self._check_sentence(sentence, retelling, (taken, ours), page)

    def _find(self, loc: tuple[int | str, ...], words: str, retelling: Retelling, chapter: str) -> list[Span]:
        spans = retelling.find(words)
        if not spans:
            expected = f"words that stand in the text of {chapter}, word for word"
            self.fault(loc, repr(words), expected, retelling.most_like(words))
        return spans

    def _check_sentence(
        self, sentence: Span, retelling: Retelling, taken: tuple[list[Span], list[Span]], page: Sheet
    ) -> None:
        told, ours = taken
        said = retelling.text[slice(*sentence)].strip()
        pieces = retelling.left_of(sentence, told + ours)
        frames = Frames(self.voice.frames)
        beyond = [word for piece in pieces for word in frames.beyond(piece)]
        begin = page.text.find("\n---\n") + 1
        at = page.text.find(" ".join(said.split()[:2]), begin)
        line = page.text.count("\n", 0, max(at, begin)) + 1
        if len(pieces) == 1:
            expected = f"a sentence that tells a clause of {LEDGER}, or one that is listed there under `ours`"
            page.fault(line, "body", repr(said), expected)
        elif beyond:
            expected = f"only words that tell a clause of {LEDGER}, or `frames` of the voice around them"
            page.fault(line, "body", f"{' '.join(beyond)!r} in {said!r}", expected)

    def check_claims(self, sheet: Sheet) -> None:
        """Every claim names clauses of its own chapter and keeps their qualifiers."""
        by_chapter = {
            each.chapter: {clause.id: clause for clause in each.clauses} for each in self.story.editorial.ledger
        }
        for index, claim in enumerate(self.story.claims):
            own = by_chapter.get(claim.chapter, {})
            if not claim.clauses:
                expected = f"at least one clause of {claim.chapter}: {', '.join(own) or 'it has none'}"
                sheet.fault(sheet.line((index,)), f"{index}.clauses", "nothing", expected)
            for id_ in claim.clauses:
                if not sheet.known(id_, own, (index, "clauses"), f"a clause of {claim.chapter} in {LEDGER}"):
                    continue
                for qualifier in own[id_].qualifiers:
                    if qualifier in self.voice.qualifiers and lacks(qualifier, claim.statement, self.voice.qualifiers):
                        forms = " or ".join(map(repr, self.voice.qualifiers[qualifier]))
                        line = sheet.line((index, "statement"))
                        expected = f"the qualifier of its clause {id_!r}: {forms}"
                        sheet.fault(line, f"{index}.statement", repr(claim.statement), expected)
