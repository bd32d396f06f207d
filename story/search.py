"""What is asked of the claims, as it stands in an address: filters, words, an order; read, applied, written back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, get_args
from urllib.parse import urlencode

from story.cases import Case, Side, fold
from story.facts import Verdict

MOST_LETTERS = 120
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
SIDES: tuple[Side, ...] = get_args(Side)
OWNED = ("some", "none")
ORDERS = ("essay", "verdict", "records", "newest")


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked: each part by the name that it has in an address; an empty one asks for nothing.

    `claim` opens one claim; `publisher` is a house; `owned` asks whether a state owns any source of the evidence;
    all of the `words` must stand in what a case says, wherever.
    """

    claim: str = ""
    words: str = ""
    chapter: str = ""
    verdict: str = ""
    publisher: str = ""
    side: str = ""
    owned: str = ""
    order: str = ORDERS[0]

    @property
    def filters(self) -> dict[str, str]:
        """The parts that leave cases out, by name, without the empty ones."""
        kept = asdict(self)
        del kept["claim"], kept["order"]
        return {name: value for name, value in kept.items() if value}

    @property
    def params(self) -> dict[str, str]:
        """The parts as they stand in an address, without those that ask for nothing."""
        order = {} if self.order == ORDERS[0] else {"order": self.order}
        return ({"claim": self.claim} if self.claim else {}) | self.filters | order

    def address(self, **changes: str) -> str:
        """The query of an address, with its question mark, that asks for the same but for the changes."""
        params = replace(self, **changes).params
        return f"?{urlencode(params)}"


def read_search(params: Mapping[str, Sequence[str]], cases: Sequence[Case]) -> Search:
    """What an address asks of the cases: of repeated values the first that is known; what is not known is left out."""
    known = known_values(cases)
    asked = {
        name: next((value for value in params.get(name, ()) if value in values), "") for name, values in known.items()
    }
    asked["order"] = asked["order"] or ORDERS[0]
    return Search(words=clean_words(next(iter(params.get("words", ())), "")), **asked)


def known_values(cases: Sequence[Case]) -> dict[str, tuple[str, ...]]:
    """Every value that a part of a search may have, by its name; all but the words. Publishers: most claims first."""
    houses = Counter(house for case in cases for house in case.houses)
    return {
        "claim": tuple(case.claim.id for case in cases),
        "chapter": tuple(dict.fromkeys(case.chapter.slug for case in cases)),
        "verdict": VERDICTS,
        "publisher": tuple(sorted(houses, key=lambda each: (-houses[each], each.casefold()))),
        "side": SIDES,
        "owned": OWNED,
        "order": ORDERS,
    }


def clean_words(text: str) -> str:
    """What a person typed, on one line, without control characters, and no longer than a search needs to be."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:MOST_LETTERS].strip()


def keep_cases(search: Search, cases: Sequence[Case]) -> tuple[Case, ...]:
    """The cases that pass every filter, in the order asked for; equals stay in the order of the essay."""
    kept = [case for case in cases if _passes(search, case)]
    return tuple(sorted(kept, key=lambda case: _rank(search.order, case), reverse=search.order == "newest"))


def _passes(search: Search, case: Case) -> bool:
    return (
        search.chapter in {"", case.chapter.slug}
        and search.verdict in {"", case.claim.verdict}
        and (not search.publisher or search.publisher in case.houses)
        and search.side in {"", case.side}
        and search.owned in {"", "some" if case.state_owned else "none"}
        and all(any(word in text for text in case.words.values()) for word in fold(search.words).split())
    )


def _rank(order: str, case: Case) -> Any:
    ranks = {"verdict": VERDICTS.index(case.claim.verdict), "records": -case.size, "newest": case.newest}
    return ranks.get(order, 0)


def found_in(search: Search, case: Case) -> tuple[str, ...]:
    """The ids of the facts that hold words which the claim itself does not; none where it holds them all."""
    missing = [word for word in fold(search.words).split() if word not in case.words[""]]
    return tuple(id_ for id_, text in case.words.items() if id_ and any(word in text for word in missing))


def neighbours(search: Search, cases: Sequence[Case]) -> tuple[Case | None, Case | None]:
    """The cases before and after the open one, among those that pass its filters; all of them, if it does not."""
    kept = keep_cases(search, cases)
    if search.claim not in {case.claim.id for case in kept}:
        kept = tuple(cases)
    at = [case.claim.id for case in kept].index(search.claim)
    return (kept[at - 1] if at else None), (kept[at + 1] if at + 1 < len(kept) else None)
