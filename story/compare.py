"""Comparisons: which figure each row means, whether all rows count in one unit, and which claims may show them."""

import re
from collections.abc import Mapping

from story.facts import Comparison, Counted, Fact, Figure
from story.figures import check_figure
from story.model import Story
from story.sheet import Sheet

_QUALIFIED = re.compile(r"^(?P<unit>.+?)(?: \((?P<qualifier>[^)]*)\)| incl\.? .*)")
_OPEN_UPWARDS = {"at least", "more than", "over"}
_SAID = _OPEN_UPWARDS | {"about", "almost", "up to"}


def plain_unit(figure: Figure) -> str:
    """The unit of a figure without what is only said about the number: `people (at least)` -> `people`."""
    found = _QUALIFIED.match(figure.unit)
    return found["unit"] if found else figure.unit


def qualifier(figure: Figure) -> str:
    """How the number is meant, as the figure says: `at least`, `about` ...; empty where it is meant as it stands."""
    found = _QUALIFIED.match(figure.unit)
    said = (found["qualifier"] or "") if found else ""
    if said in _SAID:
        return said
    return "at least" if figure.is_least else ""


def is_open(figure: Figure) -> bool:
    """Whether the true number may be larger than any that the figure gives."""
    return qualifier(figure) in _OPEN_UPWARDS


def find_figure(row: Counted, facts: Mapping[str, Fact]) -> Figure | None:
    """The figure that a row of a comparison means, or None where its fact has none such, or several."""
    found = facts[row.fact].counted(row.figure, row.by)
    return found[0] if len(found) == 1 else None


def check_comparisons(story: Story, comparisons: list[Comparison], sheets: Mapping[str, Sheet]) -> None:
    """Note in the sheets every comparison that mixes units, names no figure, or is shown nowhere.

    A claim may show a comparison only where every fact of it is its evidence, so that the sources stand beside it. A
    record shows each that rests on it.
    """
    if comparisons:
        sheet = sheets["comparisons.yaml"]
        shown = {id_ for claim in story.claims for id_ in claim.compare}
        for index, comparison in enumerate(comparisons):
            _check_rows(index, comparison, story.facts, sheet)
            if comparison.id in [each.id for each in comparisons[:index]]:
                sheet.fault(sheet.line((index, "id")), f"{index}.id", repr(comparison.id), "an id of its own")
            if comparison.id not in shown and len({row.fact for row in comparison.rows}) > 1:
                expected = "one that a claim shows, or rows of one fact, whose record then shows it"
                sheet.fault(sheet.line((index, "id")), f"{index}.id", repr(comparison.id), expected)
    _check_claims(story, sheets["claims.yaml"])


def _check_rows(index: int, comparison: Comparison, facts: Mapping[str, Fact], sheet: Sheet) -> None:
    units: dict[str, None] = {}
    for at, row in enumerate(comparison.rows):
        loc = (index, "rows", at)
        if not sheet.known(row.fact, facts, (*loc, "fact"), "a fact"):
            continue
        if figure := check_figure(facts[row.fact], row.figure, row.by, sheet, ((*loc, "figure"), (*loc, "by"))):
            units[plain_unit(figure)] = None
    if len(units) > 1:
        found = " and ".join(units)
        sheet.fault(sheet.line((index, "rows")), f"{index}.rows", found, "figures in one unit")
    if len({(row.counter, row.note) for row in comparison.rows}) < len(comparison.rows):
        expected = "a counter and note that tell each row from the others"
        sheet.fault(sheet.line((index, "rows")), f"{index}.rows", "two rows alike", expected)


def _check_claims(story: Story, sheet: Sheet) -> None:
    for index, claim in enumerate(story.claims):
        evidence = {item.fact for item in claim.evidence}
        for at, id_ in enumerate(claim.compare):
            if not sheet.known(id_, story.comparisons, (index, "compare", at), "a comparison"):
                continue
            for row in story.comparisons[id_].rows:
                if row.fact not in evidence:
                    line, key = sheet.line((index, "compare")), f"{index}.compare.{at}"
                    sheet.fault(line, key, f"{id_!r}, which rests on {row.fact}", "facts of the claim's own evidence")
