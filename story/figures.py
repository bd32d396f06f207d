"""Which figure of a fact is meant: one that exists, of one counter, and that no later count by the same replaces."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from story.exactness import find_facts
from story.facts import Fact, Figure
from story.faults import nearest
from story.model import Story
from story.sheet import Sheet
from story.wording import read_words

Loc = tuple[Any, ...]
SCALES = {"million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9}
_SCALED = re.compile(r"(?: million| billion|m|bn)\b")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def check_figure(fact: Fact, what: str, by: str | None, sheet: Sheet, at: tuple[Loc, Loc]) -> Figure | None:
    """The one figure of a fact that counts `what`, or None with the fault noted; `at`: where `what` and `by` stand."""
    where, whose = at
    if not sheet.known(what, [each.what for each in fact.figures], where, f"a figure of {fact.id}"):
        return None
    counters = [each.according_to for each in fact.figures if each.what == what]
    if by is not None and by not in counters:
        expected = f"a counter of {what} in {fact.id}: {' or '.join(map(repr, counters))}"
        sheet.fault(sheet.line(whose), _key(whose), repr(by), expected, nearest(by, counters))
        return None
    found = fact.counted(what, by)
    if len(found) == 1:
        return found[0]
    if not found:
        later = next(
            each.superseded_by for each in fact.figures if each.what == what and by in {None, each.according_to}
        )
        expected = "one that no later count replaces"
        sheet.fault(sheet.line(where), _key(where), f"{what!r} of {fact.id}, superseded", expected, later or "")
    else:
        expected = f"the counter too: {' or '.join(repr(each.according_to) for each in found)}"
        sheet.fault(sheet.line(whose), _key(whose), f"{what!r} of {fact.id}, counted by several", expected)
    return None


def _key(loc: Loc) -> str:
    return ".".join(map(str, loc))


def newer(fact: Fact, figure: Figure, facts: Mapping[str, Fact]) -> Figure | None:
    """The figure that replaces one of a fact; None where it is not replaced, or by nothing that exists."""
    if figure.superseded_by is None:
        return None
    home, _, what = (part.strip() for part in figure.superseded_by.rpartition("|"))
    there = facts.get(home) if home else fact
    return there.figure(what) if there else None


def check_superseded(story: Story, sheets: Mapping[str, Sheet]) -> None:
    """Note every `superseded_by` that leads nowhere, and each number of it in a claim's summary or in a callout.

    A summary or callout may tell the older number where it tells the newer one too.
    """
    for sheet, index, fact in find_facts(story, sheets):
        for at, figure in enumerate(fact.figures):
            if figure.superseded_by is not None and newer(fact, figure, story.facts) is None:
                loc = (index, "figures", at, "superseded_by")
                expected = "what a later figure counts, in this fact or as `fact-id | what`, itself not superseded"
                sheet.fault(sheet.line(loc), _key(loc), repr(figure.superseded_by), expected)
    for index, claim in enumerate(story.claims):
        ids = [each.fact for each in claim.evidence]
        _check_words(
            story, (claim.summary, story.settings.languages[0]), ids, sheets["claims.yaml"], (index, "summary")
        )
    for chapter in story.chapters:
        for language, text in chapter.texts.items():
            ending = f"{chapter.slug}/{language}.md"
            sheet = next(each for name, each in sheets.items() if name.partition("-")[2] == ending)
            for key, callout in chapter.view.callouts.items():
                _check_words(story, (text.callouts.get(key, ""), language), [callout.at], sheet, ("callouts", key))


def undated(words: str, language: str) -> str:
    """Words without their days and years, and without numbers that are names: ordinals, F-16."""
    months = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in read_words(language)["months"])
    days = rf"\b\d{{1,2}}(?:[–-]\d{{1,2}})?(?= (?:{months})\b)"
    years = r"(?<![\d,])(?:1[5-9]|20)\d\d(?:[–-]\d{2,4})?\b(?!,\d)"
    return re.sub(rf"{days}|{years}|\b\d+(?:st|nd|rd|th)\b|\b[A-Z]-\d+", " ", words)


def numbers_in(text: str) -> Iterator[tuple[str, float]]:
    """Every number of a text as it stands there, and its value; millions and billions (`2.9 million`, `27bn`) count."""
    for found in NUMBER.finditer(text):
        scaled = _SCALED.match(text, found.end())
        yield found[0], float(found[0].replace(",", "")) * (SCALES[scaled[0].strip()] if scaled else 1)


def numbers_of(figures: Iterable[Figure]) -> set[float]:
    """Every number that figures give, ends of ranges included; millions both as they are written and whole."""
    plain = {(n, each.unit) for each in figures for n in (each.value, each.low, each.high) if n is not None}
    return {n for n, _ in plain} | {n * SCALES.get(unit.split(" ")[0], 1) for n, unit in plain}


def gives(figure: Figure, said: str, number: float) -> bool:
    """Whether a figure gives a number that a text says.

    Millions and billions may be rounded as they are said: 27.4 billion of 27,417 million.
    """
    scale = number / float(said.replace(",", "")) if number else 1
    off = 0 if scale == 1 else scale / 2 / 10 ** len(said.partition(".")[2])
    return any(abs(number - each) <= off for each in numbers_of([figure]))


def _check_words(story: Story, told: tuple[str, str], ids: Iterable[str], sheet: Sheet, loc: Loc) -> None:
    text, language = told
    cited = [(story.facts[id_], each) for id_ in ids if id_ in story.facts for each in story.facts[id_].figures]
    current = numbers_of(each for _, each in cited if each.superseded_by is None)
    said = dict(numbers_in(undated(text, language)))
    for fact, figure in cited:
        later = newer(fact, figure, story.facts)
        if later is None or numbers_of([later]) & set(said.values()):
            continue
        for words, number in said.items():
            if number in numbers_of([figure]) - current:
                found = f"{words!r}, superseded ({figure.what} of {fact.id})"
                expected = f"{later.what}, or both"
                sheet.fault(sheet.line(loc), _key(loc), found, expected, f"{later.middle:,.10g}")
