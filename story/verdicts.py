"""Whether each claim's evidence can carry its verdict."""

from collections import Counter
from collections.abc import Mapping

from story.facts import Claim, Stance, Verdict
from story.model import Story
from story.publishers import independent_houses, independent_publishers
from story.sheet import Sheet

MIN_PUBLISHERS = 2
# What must stand among a claim's evidence, on facts that somebody stands behind. What is partly supported needs
# something that holds and something that it is measured against.
NEEDS: dict[Verdict, tuple[tuple[Stance, ...], ...]] = {
    "supported": (("supports",),),
    "partly-supported": (("supports",), ("disputes", "context")),
    "contested": (("supports",), ("disputes",)),
    "contradicted": (("disputes",),),
    "opinion": (),
}
BEARS: dict[Stance, str] = {
    "supports": "that supports",
    "disputes": "that disputes",
    "context": "that gives context",
}


def check_verdicts(story: Story, sheets: Mapping[str, Sheet]) -> None:
    """Note in claims.yaml every verdict that its evidence cannot carry, and every admission that is not true.

    An opinion may have no evidence, for no record can settle it: its reasoning says so. What it has is context only;
    evidence for or against it would make it a claim that can be tested.
    """
    sheet = sheets["claims.yaml"]
    for index, claim in enumerate(story.claims):
        if any(each.fact not in story.facts for each in claim.evidence):
            continue  # an unknown fact is told elsewhere
        line, key = sheet.line((index, "verdict")), f"{index}.verdict"
        _check_objection(index, story, claim, sheet)
        if claim.verdict == "opinion":
            _check_opinion(index, claim, sheet)
            continue
        if not claim.evidence:
            sheet.fault(line, f"{index}.evidence", "nothing", f"facts that a verdict of {claim.verdict!r} rests on")
            continue
        standing = _standing(story, claim)
        for stances in NEEDS[claim.verdict]:
            if not any(standing[stance] for stance in stances):
                wanted = " or ".join(BEARS[stance] for stance in stances)
                expected = f"evidence {wanted}, on a fact that is not weakly sourced"
                sheet.fault(line, key, repr(claim.verdict), expected)
        _check_publishers(index, story, claim, sheet)
        for at, each in enumerate(claim.evidence):
            if each.fact in [before.fact for before in claim.evidence[:at]]:
                where = sheet.line((index, "evidence", at))
                sheet.fault(where, f"{index}.evidence.{at}.fact", repr(each.fact), "each fact once in a claim")


def _check_objection(index: int, story: Story, claim: Claim, sheet: Sheet) -> None:
    """Every verdict but an opinion has the strongest objection of the side that it goes against, and its record."""
    if claim.objection:
        sheet.known(claim.objection.fact, story.facts, (index, "objection", "fact"), "a fact")
    elif claim.verdict != "opinion":
        expected = "what the side that the verdict goes against would object, with a fact"
        sheet.fault(sheet.line((index,)), f"{index}.objection", f"nothing for {claim.id!r}", expected)


def _standing(story: Story, claim: Claim) -> Counter[Stance]:
    """How many facts that somebody stands behind take each stance."""
    houses = story.editorial.houses
    return Counter(each.stance for each in claim.evidence if independent_houses(story.facts[each.fact], houses))


def _check_opinion(index: int, claim: Claim, sheet: Sheet) -> None:
    for at, each in enumerate(claim.evidence):
        if each.stance != "context":
            where = sheet.line((index, "evidence", at))
            expected = "'context', since evidence for or against makes it more than an opinion"
            sheet.fault(where, f"{index}.evidence.{at}.stance", repr(each.stance), expected)


def _check_publishers(index: int, story: Story, claim: Claim, sheet: Sheet) -> None:
    behind = sorted(independent_publishers(story, claim))
    if len(behind) < MIN_PUBLISHERS and not (claim.only_one_publisher and behind):
        expected = (
            "evidence for or against from two publishers of the tiers primary, press or reference, an agency counted "
            "once, or `only_one_publisher: true` where there is one"
        )
        found = f"{claim.verdict!r} on {', '.join(behind) or 'nobody'}"
        sheet.fault(sheet.line((index, "verdict")), f"{index}.verdict", found, expected)
    if claim.only_one_publisher and len(behind) >= MIN_PUBLISHERS:
        where = sheet.line((index, "only_one_publisher"))
        sheet.fault(where, f"{index}.only_one_publisher", f"true, with {len(behind)} publishers", "false")
