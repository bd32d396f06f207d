"""How the record is kept: the rule text, the corrections, the houses behind publishers, the words that we avoid."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from story.facts import Frozen
from story.ledger import Paragraph


class RuleText(Frozen):
    """rules.<language>.md: how a verdict is reached and what it does not say. `body` is Markdown."""

    title: str = Field(min_length=1)
    lead: str = Field(min_length=1)
    body: str = Field(min_length=1)


class Correction(Frozen):
    """One published thing that was changed: when, where (`part` and its `id`), what it now says, and why."""

    date: date
    part: Literal["chapter", "claim", "fact", "layer", "story"]
    id: str = Field(min_length=1)
    what: str = Field(min_length=1)
    why: str = Field(min_length=1)


class House(Frozen):
    """Who stands behind a text, whatever outlet prints it.

    `known_as`: how sources name it besides `name`. An agency's name is also found as a part of an outlet's, as in
    "CNA (AFP)", "Arab News / Reuters" or "AP via an outlet": such a text is the agency's. `state` names the state or
    party that owns it, or whose organ it is.
    """

    name: str = Field(min_length=1)
    full: str = ""
    agency: bool = False
    state: str = ""
    known_as: tuple[str, ...] = ()


class LoadedWord(Frozen):
    """A word that takes a side: its `forms` (a * stands for any ending) and what our own voice says `instead`.

    `why` where that is not plain; `except_in` are names of things that hold the word and may.
    """

    forms: tuple[str, ...] = Field(min_length=1)
    instead: str = Field(min_length=1)
    why: str = ""
    except_in: tuple[str, ...] = ()

    @model_validator(mode="after")
    def star_at_the_end(self) -> Self:
        """Refuse a form that is nothing but a star, or has one anywhere but at its end."""
        for form in self.forms:
            if not form.rstrip("*") or "*" in form[:-1]:
                raise ValueError(f"{form!r}: a word, or its beginning and one *")
        return self


class Voice(Frozen):
    """voice.<language>.yaml: what gives a paragraph to the essay (`attributes`), and what we do not say ourselves.

    `qualifiers`: the ways to say each qualifier of a clause; `frames`: what may stand around the words that tell the
    essay's clauses, because it asserts nothing.
    """

    attributes: tuple[str, ...] = Field(min_length=1)
    qualifiers: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    frames: tuple[str, ...] = ()
    loaded: tuple[LoadedWord, ...] = ()


@dataclass(frozen=True, slots=True)
class Editorial:
    """Everything above for one story, and the ledger of its essay; rule texts and voices by language."""

    rules: dict[str, RuleText] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    houses: tuple[House, ...] = ()
    voices: dict[str, Voice] = field(default_factory=dict)
    ledger: tuple[Paragraph, ...] = ()
