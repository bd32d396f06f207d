"""What the record holds: sources, figures, facts, and the claims of the essay that they bear on."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Tier = Literal["primary", "press", "reference", "mirror", "weak"]
Precision = Literal["exact", "town", "district", "province"]
Verdict = Literal["supported", "partly-supported", "contested", "contradicted", "opinion"]
Stance = Literal["supports", "disputes", "context"]
Party = Literal["pakistan", "the-emirate", "both", "armed-groups", "united-states"]
Side = Literal["the-essay", "the-emirate", "pakistan"]
Country = Literal["AF", "PK"]

INDEPENDENT_TIERS: frozenset[Tier] = frozenset({"primary", "press", "reference"})


class Frozen(BaseModel):
    """Base of all story models: immutable; a key it does not know is a fault, and so is a number without end."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False)


class Source(Frozen):
    """A page that states a fact. `title_seen` is false where the title only describes the page.

    `reports` names the house whose report the page only passes on: the page then counts as that house.
    """

    publisher: str = Field(min_length=1)
    title: str
    url: str = Field(pattern=r"^https?://\S+$")
    published: str | None = None
    tier: Tier
    state_media: bool = False
    title_seen: bool = True
    reports: str | None = None


class Figure(Frozen):
    """A number with the one who gave it: either `value` or the range `low` to `high`, in `unit`.

    `at_least`: the counter says that there may be more; a `low` beside the value without a `high` says the same.
    `superseded_by` names the figure that the same counter gave later: what it counts, here or, as `fact-id | what`, in
    another fact.
    """

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": ["value"]}, {"required": ["low", "high"]}]})

    what: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str
    according_to: str = Field(min_length=1)
    at_least: bool = False
    superseded_by: str | None = None

    @model_validator(mode="after")
    def has_a_number(self) -> Self:
        """Refuse a figure without a number, and a range with one end or upside down."""
        if self.value is None and (self.low is None or self.high is None):
            raise ValueError("a figure needs 'value', or both 'low' and 'high'")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("'low' must not be above 'high'")
        if self.at_least and (self.value is None or "at least" in self.unit):
            raise ValueError("'at_least' goes with a 'value', and the unit does not say it again")
        return self

    @property
    def is_least(self) -> bool:
        """Whether the counter says that the true number may be larger."""
        return self.at_least or (self.low is not None and self.high is None)

    @property
    def middle(self) -> float:
        """The value, or the middle of the range, in the figure's unit: for sizing a mark, not for quoting."""
        if self.value is not None:
            return self.value
        return ((self.low or 0) + (self.high or 0)) / 2


class Spot(Frozen):
    """A further place of one fact, WGS84 degrees. `country` where the name of the place does not tell it."""

    place: str
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    coord_precision: Precision
    country: Country | None = None


class Fact(Frozen):
    """A dated, placed, sourced record. Dates are ISO texts as precise as `date_precision` says.

    `by`: whose attack, strike or move an event was; `replies_to`: the facts that it was announced as a reply to.
    `country` says where `lat`, `lon` lie, if the name of the place does not tell it.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    kind: Literal["place", "area", "event", "operation", "agreement", "negotiation", "statistic", "claim-evidence"]
    title: str = Field(min_length=1)
    date: str | None = None
    start: str | None = None
    end: str | None = None
    date_precision: Literal["day", "month", "quarter", "year", "none"]
    date_note: str | None = None
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    place: str | None = None
    coord_precision: Precision | None = None
    country: Country | None = None
    also: tuple[Spot, ...] = ()
    by: Party | None = None
    replies_to: tuple[str, ...] = ()
    summary: str = Field(min_length=1)
    contested: str | None = None
    figures: tuple[Figure, ...] = ()
    sources: tuple[Source, ...] = ()
    status: Literal["sourced", "partly-sourced", "weakly-sourced"]

    @property
    def first_day(self) -> str:
        """The date or the start, as ISO text; empty where neither is known. Sorts by time."""
        return self.date or self.start or ""

    def figure(self, what: str, by: str | None = None) -> Figure | None:
        """The first figure that counts `what`, or of those the one according to `by`; None where there is none.

        One that the same counter has replaced is never chosen.
        """
        return next(iter(self.counted(what, by)), None)

    def counted(self, what: str, by: str | None = None) -> tuple[Figure, ...]:
        """The figures that count `what`, of all counters or of `by`, without those that a later count replaces."""
        return tuple(
            each
            for each in self.figures
            if each.what == what and by in {None, each.according_to} and each.superseded_by is None
        )


class Evidence(Frozen):
    """How one fact bears on a claim."""

    fact: str
    stance: Stance


class Counted(Frozen):
    """One counter's figure in a comparison: a fact and what its figure counts, `by` whom where two count the same.

    `counter` is the short name that is shown, `note` what sets this count apart, `party` whether a party to the
    conflict counted.
    """

    fact: str
    figure: str
    by: str | None = None
    counter: str = Field(min_length=1)
    note: str = ""
    party: bool = False


class Comparison(Frozen):
    """Figures of the same thing in the same unit by different counters, chosen by an editor, drawn as one chart."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str = Field(min_length=1)
    note: str = ""
    rows: tuple[Counted, ...] = Field(min_length=2)


class Objection(Frozen):
    """The strongest objection of the `side` that a verdict goes against, in its sense, and the `fact` that bears it."""

    side: Side
    says: str = Field(min_length=1)
    fact: str


class Claim(Frozen):
    """What the essay claims, in our words, and what the record shows of it; `compare` are ids of comparisons.

    `clauses` are ids of the ledger's clauses that it tests (story/ledger.py). `only_one_publisher` admits that the
    verdict rests on a single house.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    chapter: str
    statement: str
    anchor: str = Field(min_length=1)
    verdict: Verdict
    summary: str
    compare: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    objection: Objection | None = None
    only_one_publisher: bool = False
    evidence: tuple[Evidence, ...] = ()
