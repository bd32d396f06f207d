"""Our own voice: loaded words are told with what to say instead, and a retelling says whose view it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from story.editorial import LoadedWord
from story.voice import Ear
from tests.story.faulty import change, line_of
from tests.story.told import real

if TYPE_CHECKING:
    from pathlib import Path

WORDS = (
    LoadedWord(forms=("wrecker*", "sea wolf"), instead="keeper", except_in=("Wreckers' Inn", "The Sea Wolf")),
    LoadedWord(forms=("lazy",), instead="what was not done"),
)
HEARD = Ear(WORDS)
FIRST = real().story.settings.languages[0]


def heard(text: str) -> list[str]:
    """Give the loaded words that are heard in a text."""
    return [found for found, _ in HEARD.hear(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A wrecker came.", ["wrecker"]),
        ("The Wreckers’ boat, lazy as ever.", ["Wreckers’", "lazy"]),
        ("A sea\nwolf.", ["sea\nwolf"]),
        ("They called him a “wrecker”.", []),
        ('They called him a "lazy wrecker".', []),
        ("He said ‘the lazy man’ and left.", []),
        ("He said 'the lazy man' and left.", []),
        ("The keeper's lazy boy's cap.", ["lazy"]),
        ("At the Wreckers' Inn.", []),
        ("At the Wreckers' Inn a wrecker sat.", ["wrecker"]),
        ("A shipwrecker, lazyness, non-lazy.", []),
        ("Nothing at all.", []),
    ],
)
def test_a_loaded_word_is_heard_unless_it_is_quoted_or_a_name(text: str, found: list[str]) -> None:
    assert heard(text) == found


@given(st.text(st.characters(categories=("L", "Zs", "P"), exclude_characters="“”‘’\"'"), max_size=40))
def test_whatever_stands_in_quotation_marks_is_somebody_elses(words: str) -> None:
    assert heard(f"He said “{words} lazy {words}”.") == []
    assert heard(f"lazy “{words}”") == ["lazy"]


def test_a_story_without_loaded_words_hears_none() -> None:
    assert list(Ear(()).hear("anything lazy")) == []


@pytest.mark.parametrize("form", ["*", "a*b", "*a", ""])
def test_a_form_is_a_word_or_its_beginning(form: str) -> None:
    with pytest.raises(ValidationError, match="forms"):
        LoadedWord(forms=(form,), instead="x")


@pytest.mark.parametrize(
    ("file", "right", "key"),
    [
        ("story.yaml", "A quarrel over lamp oil", "subtitle"),
        ("layers.yaml", "title: Supply boats", "4.title"),
        ("layers.yaml", "note: Larger", "8.note"),
        ("layers.yaml", "label: The Marigold", "8.points.0.label"),
        ("layers.yaml", "name: Northern store", "7.circles.0.name"),
        ("layers.yaml", "name: The winter boat", "5.routes.1.name"),
        ("claims.yaml", "statement: The lamp went dark", "0.statement"),
        ("claims.yaml", "summary: No log can", "1.summary"),
        ("facts/sea.yaml", "title: The Heron is lost", "1.title"),
        ("facts/sea.yaml", "summary: Nobody saw it", "1.summary"),
        ("facts/sea.yaml", "place: West reef", "0.place"),
        ("facts/island.yaml", "contested: The southern keeper", "1.contested"),
        ("facts/island.yaml", "date_note: by the harbour book", "0.date_note"),
        ("facts/island.yaml", "unit: barrels, according_to: Southern log", "1.figures.1.unit"),
        ("corrections.yaml", "what: The place is", "1.what"),
        ("comparisons.yaml", "note: Each keeper", "0.note"),
        ("chapters/01-the-lamp/view.yaml", "note: As each keeper has it", "chart.note"),
        ("chapters/02-two-logs/view.yaml", "name: The well", "chart.rows.2.name"),
        ("chapters/01-the-lamp/en.md", "title: The Lamp", "title"),
        ("chapters/01-the-lamp/en.md", "standfirst: The map shows", "standfirst"),
        ("chapters/01-the-lamp/en.md", 'reef: "The reef', "callouts.reef"),
        ("chapters/02-two-logs/en.md", 'text: "Neither log', "omissions.0.text"),
        ("chapters/01-the-lamp/en.md", "It says so twice", "body"),
        ("rules.en.md", "lead: Neither keeper", "lead"),
        ("rules.en.md", "What one log says", "body"),
    ],
)
def test_a_loaded_word_in_our_own_voice_is_told_wherever_it_stands(
    tiny_copy: Path, file: str, right: str, key: str
) -> None:
    first, _, rest = right.partition(": ") if ": " in right else ("", "", right)
    quote = '"' if rest.startswith('"') else ""
    rest = rest.lstrip('"')
    wrong = f"{first}: {quote}Lazy {rest}" if first else f"Lazy {rest}"
    faults = change(tiny_copy, file, right, wrong)
    (told,) = (fault for fault in faults if fault.found == "'Lazy'")
    assert (told.file, told.line) == (file, line_of(tiny_copy, file, "Lazy"))
    assert told.key.endswith(key.split(".", 1)[-1] if key[0].isdigit() else key)
    assert "what was not done" in told.expected


def test_a_reason_and_a_neutral_word_come_with_the_fault(tiny_copy: Path) -> None:
    (fault,) = change(tiny_copy, "claims.yaml", "No log can settle this", "No wrecker can settle this")
    assert fault.expected.startswith("in our own voice: keeper (the other keeper’s word)")


def test_another_persons_title_is_left_alone(tiny_copy: Path) -> None:
    path = tiny_copy / "facts" / "sea.yaml"
    text = path.read_text(encoding="utf-8").replace("title: To his sister", "title: Lazy wreckers all")
    path.write_text(text, encoding="utf-8")
    assert not [
        fault for fault in change(tiny_copy, "claims.yaml", "No log", "No lazy log") if fault.file == "facts/sea.yaml"
    ]


def test_a_paragraph_of_a_retelling_says_whose_view_it_is(tiny_copy: Path) -> None:
    path = "chapters/01-the-lamp/en.md"
    ledger = tiny_copy / "essay.yaml"
    ledger.write_text(ledger.read_text().replace("ours: [", 'ours: ["The sea was nobody\'s.", '))
    (fault,) = change(tiny_copy, path, "\n> A lamp", "\nThe sea was\nnobody's.\n\n> A lamp")
    assert (fault.file, fault.key, fault.found) == (path, "body", '"The sea was nobody\'s."')
    assert fault.line == line_of(tiny_copy, path, "The sea was")
    assert "'northern log'" in fault.expected


def test_the_real_list_says_what_to_write_instead_of_every_word() -> None:
    ear = Ear(real().story.editorial.voices[FIRST].loaded)
    for word in real().story.editorial.voices[FIRST].loaded:
        for form in word.forms:
            assert [each for _, each in ear.hear(f"The {form.rstrip('*')} came.")] == [word], form
        for name in word.except_in:
            assert not list(ear.hear(f"The {name} came.")), name
