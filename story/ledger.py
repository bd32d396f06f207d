"""The ledger of the essay: every assertion that it makes, one clause each, and the words of ours that tell it."""

from typing import Literal

from pydantic import Field

from story.facts import Frozen
from story.settings import SLUG

Kind = Literal["fact", "judgement", "forecast", "demand"]


class Clause(Frozen):
    """One assertion of the essay, in our own words (`says`) with its `qualifiers`.

    `told` are the words of the chapter that tell it, word for word; `untested` says why no claim tests it.
    """

    id: str = Field(pattern=SLUG)
    says: str = Field(min_length=1)
    kind: Kind
    qualifiers: tuple[str, ...] = ()
    told: tuple[str, ...] = Field(min_length=1)
    untested: str = ""


class Paragraph(Frozen):
    """essay.yaml: one paragraph of the essay, told in the chapter of that slug.

    `ours` are the sentences there that are not the essay's, word for word.
    """

    chapter: str
    ours: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = Field(min_length=1)
