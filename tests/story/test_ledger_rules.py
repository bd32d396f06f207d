"""The ledger: every clause told, its qualifiers kept, nothing in a retelling that no clause says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.ledger_rules import Frames, Retelling, lacks, say_plainly
from story.read import read_story
from tests.story.faulty import change, line_of, untaught

if TYPE_CHECKING:
    from pathlib import Path

LAMP = "chapters/01-the-lamp/en.md"
NIGHT = "chapters/02-two-logs/en.md"


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (
            (LAMP, "It says so twice.", "And so."),
            ("essay.yaml", "0.clauses.1.told", "'It says so twice'", "word for word"),
        ),
        (
            ("essay.yaml", "He wrote it twice,", "He wrote it,"),
            ("essay.yaml", "0.clauses.1.says", "He wrote", "'twice' or"),
        ),
        (
            ("essay.yaml", "told: [It says so twice]", "told: [It]"),
            ("essay.yaml", "0.clauses.1.told", "'It'", "'two times'"),
        ),
        (("essay.yaml", "[twice]", "[twise]"), ("essay.yaml", "0.clauses.1.qualifiers", "'twise'", "a qualifier")),
        ((LAMP, "twice.", "twice. He slept all night."), (LAMP, "body", "'He slept all night.'", "`ours`")),
        ((LAMP, "says that the", "says, sadly, that the"), (LAMP, "body", "sadly", "`frames`")),
        ((NIGHT, "The night,", "The long night,"), ("essay.yaml", "1.clauses.0.told", "'The night'", "word for word")),
        (("essay.yaml", "ours: [A lamp is", "ours: [lamp is"), (LAMP, "body", "'a' in", "`frames`")),
        (
            ("essay.yaml", "[A lamp is a promise.]", "[is a promise.]"),
            ("essay.yaml", "0.ours.0", "promise", "whole sentences"),
        ),
        (("essay.yaml", "[A lamp is a promise.]", "[]"), (LAMP, "body", "'A lamp is a promise.'", "`ours`")),
        (
            ("essay.yaml", "untested: The log itself is the record.", ""),
            ("essay.yaml", "0.clauses.1.untested", "nothing", "why"),
        ),
        (
            ("essay.yaml", "told: [the oil", "untested: x\n      told: [the oil"),
            ("essay.yaml", "0.clauses.0.untested", "'x'", "no"),
        ),
        (
            ("essay.yaml", "id: said-twice", "id: the-oil-ran-out"),
            ("essay.yaml", "0.clauses.1.id", "'the-oil", "its own"),
        ),
        (
            ("essay.yaml", "chapter: the-lamp", "chapter: the-lam"),
            ("essay.yaml", "0.chapter", "'the-lam'", "a chapter"),
        ),
        (
            ("claims.yaml", "  clauses: [the-oil-ran-out]\n", ""),
            ("claims.yaml", "0.clauses", "nothing", "the-oil-ran-out"),
        ),
        (
            ("claims.yaml", "[the-oil-ran-out]", "[nobodys-night]"),
            ("claims.yaml", "0.clauses", "'nobodys", "of the-lamp"),
        ),
        (
            ("claims.yaml", "[the-oil-ran-out]", "[said-twice]"),
            ("claims.yaml", "0.statement", "The lamp", "'twice' or"),
        ),
    ],
)
def test_what_breaks_with_the_ledger_is_told(
    tiny_copy: Path, edit: tuple[str, str, str], told: tuple[str, str, str, str]
) -> None:
    untaught(tiny_copy)
    where, key, found, expected = told
    faults = change(tiny_copy, *edit)
    there = [fault for fault in faults if (fault.file, fault.key) == (where, key)]
    assert any(found in fault.found and expected in fault.expected and fault.line for fault in there), faults


def test_a_fault_in_a_text_has_its_line_and_one_in_told_words_what_stands_there(tiny_copy: Path) -> None:
    faults = change(tiny_copy, LAMP, "the oil ran out.", "the oil run out.\nThere was snow.")
    snow = next(fault for fault in faults if "snow" in fault.found)
    oil = next(fault for fault in faults if fault.file == "essay.yaml")
    assert snow.line == line_of(tiny_copy, LAMP, "There was snow")
    assert oil.nearest in {"the oil run out.", "that the oil run"}


def test_a_chapter_that_retells_has_its_paragraph(tiny_copy: Path) -> None:
    text = (tiny_copy / "essay.yaml").read_text()
    first, second = text.index("- chapter: the-lamp"), text.index("- chapter: two-logs")
    faults = change(tiny_copy, "essay.yaml", text[first:second], "")
    assert any(fault.key == "chapter" and "'the-lamp'" in fault.found for fault in faults)


def test_a_story_without_a_ledger_is_read_where_no_claim_names_a_clause(tiny_copy: Path) -> None:
    (tiny_copy / "essay.yaml").unlink()
    faults = change(tiny_copy, "claims.yaml", "  clauses: [the-oil-ran-out]\n", "")
    assert [(fault.key, fault.found) for fault in faults] == [("1.clauses", "'nobodys-night'")]
    path = tiny_copy / "claims.yaml"
    path.write_text(path.read_text().replace("  clauses: [nobodys-night]\n", ""))
    assert read_story(tiny_copy).editorial.ledger == ()


def test_words_are_compared_as_they_are_read() -> None:
    assert say_plainly("“It’s *so*\n**said**”") == '"It\'s so said"'
    told = Retelling("The essay says it’s *largely* held.\n\n> By D. I. Khan. It “broke.” Twice.")
    assert [told.text[slice(*each)].strip() for each in told.sentences] == [
        "The essay says it's largely held.",
        "By D. I. Khan.",
        'It "broke."',
        "Twice.",
    ]
    assert told.find("it's largely held")
    assert not told.find("argely held")


@pytest.mark.parametrize(
    ("said", "missing"), [("It Largely held", False), ("For the\nmost part", False), ("enlarge", True)]
)
def test_a_qualifier_has_several_forms_but_is_a_word_of_its_own(said: str, *, missing: bool) -> None:
    assert lacks("largely", said, {"largely": ("largely", "for the most part")}) is missing


@given(st.lists(st.sampled_from(["the essay", "and", "says that", "the essay says that, today"]), max_size=6))
def test_frames_alone_leave_nothing_and_one_word_more_is_left(said: list[str]) -> None:
    frames = Frames(["the essay", "and", "says that", "the essay says that, today"])
    assert frames.beyond(", ".join(said)) == []
    assert frames.beyond(", ".join([*said, "Snow"])) == ["snow"]
