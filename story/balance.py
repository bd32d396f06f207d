"""How even the record is: attacks and replies, civilians and who counted them, verdicts, sources, side by side."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, get_args

from geodata.locate import locate
from story.countries import ISO3
from story.exactness import comes_before, find_facts
from story.facts import Fact, Figure, Party, Side, Source, Spot, Verdict
from story.model import Chart, Story
from story.publishers import TIERS, house_of
from story.query import counters_of
from story.rests import drawn_facts
from story.sheet import Sheet
from story.wording import say_date, say_figure

Words = dict[str, Any]
SIDES: tuple[Party, ...] = ("pakistan", "the-emirate")
THIN = 0.5  # of what the other side has: from here on the page says so


def answers(facts: Mapping[str, Fact]) -> dict[str, list[Fact]]:
    """What was announced as a reply to each fact: fact -> replies."""
    found: dict[str, list[Fact]] = {}
    for fact in facts.values():
        for id_ in fact.replies_to:
            found.setdefault(id_, []).append(fact)
    return found


def say_replies(chart: Chart, facts: Mapping[str, Fact], words: Words) -> str:
    """How many of a chart's strikes were followed by an announced reply, and how many were not; empty if not asked.

    The strikes are the rows whose fact is an act of Pakistan's; a reply counts wherever in the record it stands.
    """
    strikes = [row.fact for row in chart.rows if facts[row.fact].by == "pakistan"]
    if not chart.replies or not strikes:
        return ""
    replied = answers(facts)
    answered = sum(id_ in replied for id_ in strikes)
    said: str = words["balance"]["replies"]
    return said.format(strikes=len(strikes), answered=answered, silent=len(strikes) - answered)


def check_parties(story: Story, sheets: Mapping[str, Sheet]) -> None:
    """Note a reply to nothing or to something later, acts of two parties in one group, a state's organ without a state.

    An agency's text counts for the agency, whoever prints it.
    """
    for sheet, index, fact in find_facts(story, sheets):
        for at, id_ in enumerate(fact.replies_to):
            _check_reply(story, fact, id_, sheet, (index, "replies_to", at))
        for at, source in enumerate(fact.sources):
            if source.state_media and not _has_state(source, story):
                loc = (index, "sources", at, "publisher")
                expected = "a house of publishers.yaml that names its `state`"
                sheet.fault(sheet.line(loc), ".".join(map(str, loc)), repr(source.publisher), expected)
    for layer in story.atlas.groups.keys() & story.layers.keys():
        known = drawn_facts(story.layers[layer]) & story.facts.keys()
        drawn = [story.facts[id_] for id_ in sorted(known) if story.facts[id_].kind != "place"]
        if len({fact.by for fact in drawn}) > 1:
            found = ", ".join(f"{fact.id} ({fact.by or 'nobody'})" for fact in drawn)
            sheet = sheets["atlas.yaml"]
            sheet.fault(sheet.line(("groups", layer)), f"groups.{layer}", found, "facts whose `by` is the same")


def _check_reply(story: Story, fact: Fact, cause: str, sheet: Sheet, loc: tuple[Any, ...]) -> None:
    if not sheet.known(cause, story.facts, loc, "a fact"):
        return
    day = story.facts[cause].first_day
    if comes_before(fact.first_day, day):
        found, expected = f"{cause!r}, of {day}", f"nothing later than {fact.first_day}"
        sheet.fault(sheet.line(loc), ".".join(map(str, loc)), found, expected)


def _has_state(source: Source, story: Story) -> bool:
    name = house_of(source.publisher, story.editorial.houses)
    return any(house.name == name and (house.state or house.agency) for house in story.editorial.houses)


def say_sourced(story: Story, words: Words) -> str:
    """How many records are wholly on the pages that they name, how many in part, how many on lesser sites alone."""
    kinds = Counter(fact.status for fact in story.facts.values())
    whole, partly, weak = (kinds[kind] for kind in ("sourced", "partly-sourced", "weakly-sourced"))
    said: str = words["stage"]["closing"]
    return said.format(all=len(story.facts), whole=whole, partly=partly, weak=weak)


def acts_of(story: Story) -> dict[Party, list[Fact]]:
    """The attacks on record by whose act they were, in the order of their days: those of the groups of atlas.yaml.

    An operation of Pakistan's army in Pakistan is no attack across the line and is left out.
    """
    ids = {id_ for layer in story.atlas.groups for id_ in drawn_facts(story.layers[layer])}
    found: dict[Party, list[Fact]] = {party: [] for party in get_args(Party)}
    drawn = [fact for fact in story.facts.values() if fact.id in ids]
    for fact in sorted(drawn, key=lambda fact: fact.first_day):
        if fact.by is not None and not (fact.by == "pakistan" and _lies_in_pakistan(fact)):
            found[fact.by].append(fact)
    return found


def _lies_in_pakistan(fact: Fact) -> bool:
    spots: list[Fact | Spot] = [fact, *fact.also]
    lies = {
        ISO3[spot.country] if spot.country else locate((spot.lon, spot.lat)).iso3
        for spot in spots
        if spot.lon is not None and spot.lat is not None
    }
    return lies == {ISO3["PK"]}


def civilians_killed(fact: Fact) -> list[Figure]:
    """The figures of a fact that count killed civilians, without those that were replaced or count none."""
    said = [each for each in fact.figures if "civilian" in each.what and "killed" in each.what]
    return [each for each in said if each.superseded_by is None and each.unit.startswith("people") and each.middle > 0]


def say_balance(story: Story, words: Words) -> dict[str, Any]:
    """All of it in words and numbers, as balance.html wants it."""
    acts, said = acts_of(story), words["balance"]
    counted = {
        party: [(fact, each) for fact in acts[party] if (each := civilians_killed(fact))] for party in (*SIDES, "both")
    }
    pages, ours = _count_sources(story, words), [said["parties"][side] for side in SIDES]
    return {
        "acts": [_say_acts(acts[party], story, said["parties"][party]) for party in (*SIDES, "both")],
        "civilians": [
            _say_civilians(acts[party], counted[party], said["by_acts"][party], words) for party in (*SIDES, "both")
        ],
        "verdicts": _say_verdicts(story, words),
        "sources": [
            {"name": name, "tiers": [pages[name][tier] for tier in TIERS], "all": pages[name].total()}
            for name in sorted(pages, key=lambda name: (name == "", name not in ours, -pages[name].total(), name))
        ],
        "thin": [
            *_say_thin("acts", {party: len(acts[party]) for party in SIDES}, said),
            *_say_thin("civilians", {party: len(counted[party]) for party in SIDES}, said),
            *_say_thin("sources", {party: pages[said["parties"][party]].total() for party in SIDES}, said),
        ],
    }


def _say_acts(acts: list[Fact], story: Story, name: str) -> dict[str, Any]:
    replied, years = answers(story.facts), [fact.first_day[:4] for fact in acts if fact.first_day]
    return {
        "name": name,
        "all": len(acts),
        "replies": sum(bool(fact.replies_to) for fact in acts),
        "answered": sum(fact.id in replied for fact in acts),
        "years": "–".join(dict.fromkeys([years[0], years[-1]])) if years else "",
    }


def _say_civilians(
    acts: list[Fact], counted: list[tuple[Fact, list[Figure]]], name: str, words: Words
) -> dict[str, Any]:
    """In how many records who counts; every count for itself, since counts of one event are never added."""
    by = Counter(
        counter for _, figures in counted for counter in dict.fromkeys(c for each in figures for c in counters_of(each))
    )
    return {
        "name": name,
        "all": len(acts),
        "counted": len(counted),
        "counters": sorted(by.items(), key=lambda each: (-each[1], each[0].casefold())),
        "records": [
            {
                "id": fact.id,
                "title": fact.title,
                "when": say_date(fact, words),
                "figures": [f"{say_figure(each)} {each.what} ({each.according_to})" for each in figures],
            }
            for fact, figures in counted
        ],
    }


def _say_verdicts(story: Story, words: Words) -> list[dict[str, Any]]:
    """Claims by verdict and by the side that it goes against, which is the one that objects."""
    sides: tuple[Side | None, ...] = (*get_args(Side), None)
    told = Counter((claim.objection.side if claim.objection else None, claim.verdict) for claim in story.claims)
    return [
        {
            "name": words["balance"]["against"][side or "none"],
            "numbers": [told[side, verdict] for verdict in get_args(Verdict)],
            "all": sum(told[side, verdict] for verdict in get_args(Verdict)),
        }
        for side in sides
    ]


def _count_sources(story: Story, words: Words) -> dict[str, Counter[str]]:
    """How many pages of each tier are named, by the state whose organ prints them; "" where it is no state's."""
    states = {house.name: house.state for house in story.editorial.houses}
    found: dict[str, Counter[str]] = {words["balance"]["parties"][side]: Counter() for side in SIDES}
    for fact in story.facts.values():
        for source in fact.sources:
            state = states.get(house_of(source.publisher, story.editorial.houses), "")
            found.setdefault(state, Counter())[source.tier] += 1
    return found


def _say_thin(what: str, numbers: Mapping[Party, int], said: Words) -> list[str]:
    (few, thin), (many, thick) = sorted((number, party) for party, number in numbers.items())
    if few > THIN * many:
        return []
    return [said["thin"][what].format(few=few, many=many, thin=said["in_text"][thin], thick=said["in_text"][thick])]
