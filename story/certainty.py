"""How sure a mark is: how exactly its place is known, whether it is contested, whether one side alone says it."""

from dataclasses import dataclass
from typing import Literal

from story.facts import INDEPENDENT_TIERS, Fact, Precision

Sign = Literal["exact", "town", "district", "province", "contested", "claimed"]
SIGNS: tuple[Sign, ...] = ("exact", "town", "district", "province", "contested", "claimed")
VAGUE: frozenset[Precision] = frozenset({"district", "province"})

# Radii of circles as large as a usual district and province of the two countries: F.A.T.A.'s thirteen units have
# 2,100 square km on average, Afghanistan's 34 provinces 19,000.
RING_KM: dict[Precision | None, float] = {"district": 25, "province": 80}


@dataclass(frozen=True, slots=True)
class Certainty:
    """What a mark says of itself besides its kind. `place`: how exactly the place is known.

    `contested`: the record says who disputes it. `claimed`: weakly sourced, or no source that is free of a state
    or party stands behind it.
    """

    place: Precision
    contested: bool = False
    claimed: bool = False

    @property
    def signs(self) -> tuple[Sign, ...]:
        """Everything that the mark shows, in the order of the legend."""
        said: tuple[tuple[Sign, bool], ...] = (("contested", self.contested), ("claimed", self.claimed))
        return (self.place, *(sign for sign, shown in said if shown))

    @property
    def vague(self) -> bool:
        """Whether the mark stands for an area: it is drawn hollow then."""
        return self.place in VAGUE


def certainty_of(fact: Fact, place: Precision | None) -> Certainty:
    """How sure a mark of a fact is at a place known so exactly; where nothing is said of the place, to the province."""
    return Certainty(place or "province", bool(fact.contested), is_claim(fact))


def is_claim(fact: Fact) -> bool:
    """Whether a fact rests on nobody's word but one side's: weakly sourced, or all its good sources a state's own."""
    good = [source for source in fact.sources if source.tier in INDEPENDENT_TIERS]
    return fact.status == "weakly-sourced" or all(source.state_media for source in good)
