"""Whether dates and places are told no more exactly than they are known, in order, and within the evidence."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from story.facts import Fact
from story.model import Story
from story.sheet import Sheet
from story.wording import read_words

# How many parts of year-month-day a precision may have; a quarter is told by a month.
PARTS = {"day": 3, "month": 2, "quarter": 2, "year": 1, "none": 0}
_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_DAY_IN_WORDS = re.compile(r"(\d{1,2}) (\w+) (\d{4})")


def end_of_evidence(story: Story) -> str:
    """The day up to which evidence was read, as ISO text, from its words; empty where they are no such day."""
    months = read_words(story.settings.languages[0])["months"]
    found = _DAY_IN_WORDS.fullmatch(story.settings.evidence_until)
    if not found or found[2] not in months:
        return ""
    iso = f"{found[3]}-{months.index(found[2]) + 1:02}-{int(found[1]):02}"
    return iso if _is_day(iso) else ""


def check_exactness(story: Story, sheets: Mapping[str, Sheet]) -> None:
    """Note every date that is malformed, out of order, too exact or too late, and every place not known well enough.

    A timeline draws a point for a day, so its facts must be known to the month at least.
    """
    last = end_of_evidence(story)
    if not last:
        sheet = sheets["story.yaml"]
        found = repr(story.settings.evidence_until)
        sheet.fault(sheet.line(("evidence_until",)), "evidence_until", found, "a day in words, like '30 June 2026'")
    for sheet, index, fact in find_facts(story, sheets):
        _Dates(fact, index, sheet, last).check()
        _check_place(fact, index, sheet)
    _check_timelines(story, sheets)
    _check_corrections(story, sheets["corrections.yaml"])


def find_facts(story: Story, sheets: Mapping[str, Sheet]) -> Iterator[tuple[Sheet, int, Fact]]:
    """Every fact with the file that holds it and its place there."""
    for name, sheet in sheets.items():
        if name.startswith("facts/"):
            for index, record in enumerate(sheet.content or ()):
                yield sheet, index, story.facts[record["id"].strip()]


def _is_day(iso: str) -> bool:
    try:
        date.fromisoformat("-".join([*iso.split("-"), "01", "01"][:3]))
    except ValueError:
        return False
    return True


def comes_before(one: str, other: str) -> bool:
    """Whether one ISO text lies before another for certain, as exactly as the vaguer of them goes."""
    shared = min(len(one), len(other))
    return one[:shared] < other[:shared]


class _Dates:
    """The dates of one fact, and the faults in them."""

    def __init__(self, fact: Fact, index: int, sheet: Sheet, last: str) -> None:
        self.fact, self.index, self.sheet, self.last = fact, index, sheet, last

    def fault(self, key: str, found: str, expected: str, *more: Any) -> None:
        loc = (self.index, key, *more)
        self.sheet.fault(self.sheet.line(loc), ".".join(map(str, loc)), repr(found), expected)

    def check(self) -> None:
        """Note what is malformed, too exact or too late; of well-formed dates what is out of order."""
        given = {key: value for key in ("date", "start", "end") if (value := getattr(self.fact, key))}
        formed = [self._is_well_formed(key, value) for key, value in given.items()]  # told for each
        if all(formed):
            self._check_order()
            self._check_published()

    def _is_well_formed(self, key: str, value: str) -> bool:
        if not _ISO.fullmatch(value) or not _is_day(value):
            self.fault(key, value, "a date like 2025, 2025-10 or 2025-10-09")
            return False
        if value.count("-") + 1 > PARTS[self.fact.date_precision]:
            self.fault(key, value, f"a date no more exact than its date_precision, {self.fact.date_precision!r}")
        if self.last and comes_before(self.last, value):
            self.fault(key, value, f"nothing later than the end of the evidence, {self.last}")
        return True

    def _check_order(self) -> None:
        fact = self.fact
        if fact.date and fact.start:
            self.fault("date", fact.date, "either a date, or a start and an end")
        if fact.end and not fact.start:
            self.fault("end", fact.end, "a start too")
        elif fact.start and fact.end and comes_before(fact.end, fact.start):
            self.fault("end", fact.end, f"nothing earlier than the start, {fact.start}")

    def _check_published(self) -> None:
        """A source may be older than a part of what it is cited for, but not all of them than the event itself."""
        days = [source.published or "" for source in self.fact.sources]
        for at, day in enumerate(days):
            if self.last and day and comes_before(self.last, day):
                self.fault("sources", day, f"nothing later than the end of the evidence, {self.last}", at, "published")
        if days and all(day and comes_before(day, self.fact.first_day) for day in days):
            self.fault("sources", max(days), f"a source that is not older than the event, {self.fact.first_day}")


def _check_place(fact: Fact, index: int, sheet: Sheet) -> None:
    """A place without a precision would be drawn as if it were known exactly."""
    if (fact.lat is None) != (fact.lon is None):
        sheet.fault(sheet.line((index, "lat")), f"{index}.lat", "half a place", "both lat and lon, or neither")
    if fact.lat is not None and fact.coord_precision is None:
        expected = "how exactly the place is known: exact, town, district or province"
        sheet.fault(sheet.line((index, "lat")), f"{index}.coord_precision", "nothing", expected)


def _check_timelines(story: Story, sheets: Mapping[str, Sheet]) -> None:
    for chapter in story.chapters:
        chart = chapter.view.chart
        if chart is None or chart.kind != "timeline":
            continue
        sheet = next(sheet for name, sheet in sheets.items() if name.partition("-")[2] == f"{chapter.slug}/view.yaml")
        for index, row in enumerate(chart.rows):
            fact = story.facts.get(row.fact)
            if fact and fact.date_precision in {"year", "none"}:
                found = f"{row.fact!r}, known to the {fact.date_precision}"
                where = ("chart", "rows", index, "fact")
                expected = "a fact whose month is known, since a timeline draws a point"
                sheet.fault(sheet.line(where), ".".join(map(str, where)), found, expected)


def _check_corrections(story: Story, sheet: Sheet) -> None:
    """In order of their days, and none before the story was published."""
    before = date.fromisoformat(story.settings.published)
    for index, correction in enumerate(story.editorial.corrections):
        if correction.date < before:
            found, expected = correction.date.isoformat(), f"{before} or later: the earliest first, none unpublished"
            sheet.fault(sheet.line((index, "date")), f"{index}.date", found, expected)
        before = max(before, correction.date)
