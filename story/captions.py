"""The numbers in standfirsts, callouts and omissions: each is a figure of the facts that stand behind the words.

`{least | comparison}` and `{most | comparison}` put the lowest and highest number of a comparison there, so that it
stays true when a counter is added.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from story.compare import find_figure, is_open
from story.facts import Figure
from story.figures import NUMBER, gives, numbers_in, numbers_of, undated
from story.model import Chapter, Story, Text
from story.sheet import Sheet
from story.wording import say_number

EXTREME = re.compile(r"\{\s*(least|most)\s*\|\s*([a-z0-9-]+)\s*\}")
_OPEN = re.compile(r"(?:at least|more than|over|no fewer than) (?:about )?$", re.IGNORECASE)
Said = tuple[tuple[Any, ...], str, tuple[str, ...]]  # where, the words, the facts behind them


def check_captions(story: Story, sheets: Mapping[str, Sheet]) -> None:
    """Note every number that no fact behind the words holds, or holds only as a least one without our saying so."""
    for chapter in story.chapters:
        for language, text in chapter.texts.items():
            ending = f"{chapter.slug}/{language}.md"
            sheet = next(each for name, each in sheets.items() if name.partition("-")[2] == ending)
            for key, ids in text.behind.items():
                sheet.known(key, {"standfirst": "", **text.callouts}, ("behind", key), "a callout, or 'standfirst'")
                for id_ in ids:
                    sheet.known(id_, story.facts, ("behind", key), "a fact")
            for loc, words, ids in _said(text):
                for _, id_ in EXTREME.findall(words):
                    sheet.known(id_, story.comparisons, loc, "a comparison")
                figures = [each for id_ in ids if id_ in story.facts for each in story.facts[id_].figures]
                _check_numbers(undated(EXTREME.sub("", words), language), figures, sheet, loc)


def _said(text: Text) -> Iterator[Said]:
    yield ("standfirst",), text.standfirst, text.behind.get("standfirst", ())
    for key, words in text.callouts.items():
        yield ("callouts", key), words, text.behind.get(key, ())
    for index, omission in enumerate(text.omissions):
        yield ("omissions", index, "text"), omission.text, omission.facts


def _check_numbers(words: str, figures: list[Figure], sheet: Sheet, loc: tuple[Any, ...]) -> None:
    current = [each for each in figures if each.superseded_by is None]
    key, line = ".".join(map(str, loc)), sheet.line(loc)
    for (said, number), found in zip(numbers_in(words), NUMBER.finditer(words), strict=True):
        meant = [each for each in current if gives(each, said, number)]
        if not meant:
            held = f"; they hold {', '.join(sorted(map(say_number, numbers_of(current))))}" if current else ""
            expected = f"a figure of the facts behind these words, not superseded{held}"
            sheet.fault(line, key, repr(said), expected)
        elif all(map(is_open, meant)) and not _OPEN.search(words[: found.start()]):
            sheet.fault(line, key, repr(said), f"'at least {said}', as {meant[0].according_to} has it")


def fill_captions(story: Story) -> Story:
    """The story with the lowest and highest numbers in the place of their marks."""

    def put(found: re.Match[str]) -> str:
        rows = story.comparisons[found[2]].rows
        numbers = numbers_of(figure for row in rows if (figure := find_figure(row, story.facts)))
        return say_number(min(numbers) if found[1] == "least" else max(numbers))

    def fill(text: Text) -> Text:
        callouts = {key: EXTREME.sub(put, words) for key, words in text.callouts.items()}
        return text.model_copy(update={"standfirst": EXTREME.sub(put, text.standfirst), "callouts": callouts})

    def filled(chapter: Chapter) -> Chapter:
        return replace(chapter, texts={language: fill(text) for language, text in chapter.texts.items()})

    return replace(story, chapters=tuple(map(filled, story.chapters)))
