"""What a teacher needs of a story, as its files hold it: notes, questions, a prediction, a plan, a glossary.

Words may hold `{fact-id | figure}` or `{fact-id | figure | counter}`: the figure stands there with who counted it, so
that no lesson says a number that the record does not hold (story/lesson_rules.py watches).
"""

import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from story.facts import Frozen

PLACEHOLDER = re.compile(r"\{([^{}|]+)\|([^{}|]+)(?:\|([^{}|]+))?\}")


class Line(Frozen):
    """One thing to say, and the facts that it rests on. In a file it may be its words alone."""

    text: str = Field(min_length=1)
    facts: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def words_alone(cls, given: Any) -> Any:
        """Take a bare text for a line that rests on no fact but those it names."""
        return {"text": given} if isinstance(given, str) else given

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The JSON Schema allows the bare text too."""
        return {"anyOf": [{"type": "string", "minLength": 1}, handler(core)]}


class Objection(Frozen):
    """How one side would object to the chapter's retelling or to our verdicts, and the facts that it would point to."""

    side: str = Field(min_length=1)
    text: str = Field(min_length=1)
    facts: tuple[str, ...] = Field(min_length=1)


class Notes(Frozen):
    """For the teacher alone: what to say, what to beware of, how each side would object."""

    say: tuple[Line, ...] = Field(min_length=1)
    beware: tuple[Line, ...] = Field(min_length=1)
    objections: tuple[Objection, ...] = Field(min_length=2)


class _Prediction(Frozen):
    """What every prediction has: the question, the facts that answer it, and what to say when they are shown."""

    question: str = Field(min_length=1)
    record: tuple[str, ...] = Field(min_length=1)
    reveal: str = Field(min_length=1)


class Choice(Frozen):
    """One place to choose: the name on the button, and the fact or gazetteer place where it lies."""

    name: str = Field(min_length=1)
    at: str


class PlacePrediction(_Prediction):
    """Where? `answer` is the `at` of the right choice."""

    kind: Literal["place"]
    choices: tuple[Choice, ...] = Field(min_length=3, max_length=6)
    answer: str


class NumberPrediction(_Prediction):
    """How many? Answered by all counters of a comparison; the guess, in its unit, runs from `low` to `high`.

    `at` is the fact or gazetteer place where the guess is marked on the map.
    """

    kind: Literal["number"]
    compare: str
    at: str
    low: float
    high: float
    step: float = Field(gt=0)

    @model_validator(mode="after")
    def scale_in_order(self) -> "NumberPrediction":
        """Refuse a scale that runs backwards."""
        if self.low >= self.high:
            raise ValueError("'low' must be below 'high'")
        return self


class Item(Frozen):
    """One event to put in order: a fact under a short name that does not give its date away."""

    fact: str
    name: str = Field(min_length=1)


class OrderPrediction(_Prediction):
    """What came first? The items as the class first sees them; the facts' own dates are the answer."""

    kind: Literal["order"]
    items: tuple[Item, ...] = Field(min_length=3, max_length=6)


Prediction = Annotated[PlacePrediction | NumberPrediction | OrderPrediction, Field(discriminator="kind")]


class ChapterLesson(Frozen):
    """chapters/NN-slug/lesson.<language>.yaml: how one chapter is taught."""

    notes: Notes
    questions: tuple[str, ...] = Field(min_length=2, max_length=2)
    prediction: Prediction


class Step(Frozen):
    """One part of the lesson plan: how long, what teacher and class do, which chapters are shown."""

    title: str = Field(min_length=1)
    minutes: int = Field(gt=0)
    doing: str = Field(min_length=1)
    chapters: tuple[str, ...] = ()


class Part(Frozen):
    """A short text of the lesson under a title: how to read a disputed border, how to tell claim from evidence."""

    title: str = Field(min_length=1)
    lines: tuple[Line, ...] = Field(min_length=1)


class Worksheets(Frozen):
    """What the worksheets ask: names for the blank map of a chapter, claims to match, events to put in order."""

    chapter: str
    places: tuple[str, ...] = Field(min_length=4, max_length=14)
    claims: tuple[str, ...] = Field(min_length=2, max_length=8)
    events: tuple[Item, ...] = Field(min_length=4, max_length=10)


class Plan(Frozen):
    """lesson.<language>.yaml: the lesson as a whole. `weigh` is the claim that the class judges for itself."""

    title: str = Field(min_length=1)
    ages: str = Field(min_length=1)
    minutes: int = Field(gt=0)
    care: str = Field(min_length=1)
    aims: tuple[str, ...] = Field(min_length=1)
    steps: tuple[Step, ...] = Field(min_length=1)
    parts: tuple[Part, ...] = Field(min_length=1)
    timeline: tuple[str, ...] = Field(min_length=2)
    weigh: str
    worksheets: Worksheets


class Term(Frozen):
    """glossary.<language>.yaml: one entry. `at` is a place of the gazetteer or a fact with a place, for the map."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    term: str = Field(min_length=1)
    kind: Literal["person", "group", "place", "term"]
    text: str = Field(min_length=1)
    facts: tuple[str, ...] = ()
    chapters: tuple[str, ...] = Field(min_length=1)
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Lesson:
    """Everything above for one story in one language; `chapters` by slug."""

    plan: Plan
    glossary: tuple[Term, ...]
    chapters: dict[str, ChapterLesson]
