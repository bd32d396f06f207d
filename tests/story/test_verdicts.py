"""A verdict that its evidence cannot carry is refused, on its line; so is an admission that is not true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from story.read import read_story
from story.verdicts import NEEDS
from tests.story.faulty import change, line_of, untaught
from tests.story.told import real

if TYPE_CHECKING:
    from pathlib import Path

    from story.facts import Claim

FOR = "    - {fact: wreck-of-marigold, stance: supports}\n"
AGAINST = "    - {fact: barrel-census, stance: disputes}\n"
CONTEXT = "    - {fact: oil-shipment, stance: context}\n"
WEAK = "    - {fact: wreck-of-heron, stance: supports}\n"
CARRIED = [
    ("supported", FOR + AGAINST),
    ("partly-supported", FOR + AGAINST),
    ("partly-supported", AGAINST.replace("disputes", "supports") + CONTEXT),
    ("contested", FOR + AGAINST + CONTEXT),
    ("contradicted", AGAINST),
    ("contradicted", FOR + AGAINST),
    ("opinion", ""),
    ("opinion", CONTEXT),
]
NOT_CARRIED = [
    ("supported", AGAINST, "evidence that supports"),
    ("supported", AGAINST + WEAK, "evidence that supports"),
    ("partly-supported", AGAINST + CONTEXT, "evidence that supports"),
    (
        "partly-supported",
        FOR.replace("wreck-of-marigold", "barrel-census"),
        "evidence that disputes or that gives context",
    ),
    ("contested", AGAINST + CONTEXT, "evidence that supports"),
    ("contested", FOR + CONTEXT, "evidence that disputes"),
    ("contradicted", FOR.replace("wreck-of-marigold", "barrel-census"), "evidence that disputes"),
]


def write(folder: Path, verdict: str, evidence: str, more: str = "") -> None:
    """Give the first claim of the tiny story a verdict and evidence."""
    path = folder / "claims.yaml"
    text = path.read_text(encoding="utf-8").replace(FOR, "").replace(AGAINST, "").replace(CONTEXT, "")
    text = text.replace("  verdict: contested\n", f"  verdict: {verdict}\n{more}", 1)
    text = text.replace("  evidence:\n", f"  evidence:\n{evidence}" if evidence else "", 1)
    path.write_text(text.replace("  compare: [barrels]\n", ""), encoding="utf-8")
    (folder / "comparisons.yaml").unlink(missing_ok=True)
    untaught(folder)


@pytest.mark.parametrize(("verdict", "evidence"), CARRIED)
def test_a_verdict_that_its_evidence_carries_is_taken(tiny_copy: Path, verdict: str, evidence: str) -> None:
    write(tiny_copy, verdict, evidence)
    assert read_story(tiny_copy).claims[0].verdict == verdict


@pytest.mark.parametrize(("verdict", "evidence", "expected"), NOT_CARRIED)
def test_a_verdict_that_its_evidence_cannot_carry_is_told_on_its_line(
    tiny_copy: Path, verdict: str, evidence: str, expected: str
) -> None:
    write(tiny_copy, verdict, evidence)
    faults = change(tiny_copy, "claims.yaml", f"verdict: {verdict}", f"verdict: {verdict} ")
    told = [fault for fault in faults if fault.expected.startswith(expected)]
    assert [(fault.file, fault.key, fault.line) for fault in told] == [
        ("claims.yaml", "0.verdict", line_of(tiny_copy, "claims.yaml", "  verdict:"))
    ]


@pytest.mark.parametrize("verdict", [verdict for verdict in NEEDS if verdict != "opinion"])
def test_only_an_opinion_may_have_no_evidence(tiny_copy: Path, verdict: str) -> None:
    write(tiny_copy, verdict, "")
    (fault,) = change(tiny_copy, "claims.yaml", f"verdict: {verdict}", f"verdict: {verdict} ")
    assert (fault.key, fault.found) == ("0.evidence", "nothing")


def test_evidence_for_or_against_makes_an_opinion_a_claim(tiny_copy: Path) -> None:
    write(tiny_copy, "opinion", CONTEXT + FOR)
    (fault,) = change(tiny_copy, "claims.yaml", "verdict: opinion", "verdict: opinion ")
    assert (fault.key, fault.found) == ("0.evidence.1.stance", "'supports'")


def test_one_publisher_must_be_admitted_and_several_must_not(tiny_copy: Path) -> None:
    write(tiny_copy, "supported", FOR)
    (fault,) = change(tiny_copy, "claims.yaml", "verdict: supported", "verdict: supported ")
    assert fault.found == "'supported' on The Mate's Letter"
    assert "`only_one_publisher: true`" in fault.expected
    path = tiny_copy / "claims.yaml"
    admitted = path.read_text(encoding="utf-8").replace("  anchor:", "  only_one_publisher: true\n  anchor:", 1)
    path.write_text(admitted, encoding="utf-8")
    assert read_story(tiny_copy).claims[0].only_one_publisher
    (fault,) = change(tiny_copy, "claims.yaml", FOR, FOR + AGAINST)
    assert (fault.key, fault.expected) == ("0.only_one_publisher", "false")


def test_nobody_behind_a_verdict_cannot_be_admitted(tiny_copy: Path) -> None:
    write(tiny_copy, "supported", WEAK, "  only_one_publisher: true\n")
    faults = change(tiny_copy, "claims.yaml", "verdict: supported", "verdict: supported ")
    assert "'supported' on nobody" in {fault.found for fault in faults}


def test_two_outlets_of_one_agency_do_not_make_two_publishers(tiny_copy: Path) -> None:
    write(tiny_copy, "supported", FOR + "    - {fact: keepers-meeting, stance: supports}\n")
    sea = tiny_copy / "facts" / "sea.yaml"
    text = sea.read_text(encoding="utf-8").replace("publisher: The Mate's Letter", "publisher: Reef Times (Gull Post)")
    sea.write_text(text.replace("publisher: Northern Log", "publisher: Gull Post"), encoding="utf-8")
    faults = change(tiny_copy, "claims.yaml", "verdict: supported", "verdict: supported ")
    assert "'supported' on Gull Post" in {fault.found for fault in faults}


def test_a_fact_stands_once_in_a_claim(tiny_copy: Path) -> None:
    (fault,) = change(tiny_copy, "claims.yaml", AGAINST, AGAINST + AGAINST.replace("disputes", "supports"))
    assert fault.expected == "each fact once in a claim"


@pytest.mark.parametrize("claim", real().story.claims, ids=lambda claim: claim.id)
def test_a_real_claim_reasons_in_two_or_three_sentences_or_a_few_more(claim: Claim) -> None:
    plain = claim.summary.replace("No. ", "No ")
    assert 2 <= len([part for part in plain.replace("?", ".").split(". ") if part]) <= 5
    assert len(claim.summary) <= 720


def test_one_report_that_two_outlets_pass_on_is_one_publisher(tiny_copy: Path) -> None:
    """Each prints a text of its own, but both only say what the Gull Post's report says."""
    write(tiny_copy, "supported", FOR)
    sources = (
        "  sources:\n"
        "    - {publisher: Evening Reef, title: A, url: 'https://reef.example/a', tier: press, reports: Gull Post}\n"
        "    - {publisher: Morning Reef, title: B, url: 'https://reef.example/b', tier: press, reports: Gull Post}\n"
    )
    sea = tiny_copy / "facts/sea.yaml"
    before, _, after = sea.read_text().partition("- id: wreck-of-heron")
    start = before.index("  sources:\n")
    sea.write_text(before[:start] + sources + "  status: sourced\n- id: wreck-of-heron" + after)
    (fault,) = change(tiny_copy, "claims.yaml", "verdict: supported", "verdict: supported ")
    assert fault.found == "'supported' on Gull Post"
    (told, *_) = change(tiny_copy, "facts/sea.yaml", "reports: Gull Post", "reports: Gul Post")
    assert (told.key, told.nearest) == ("0.sources.0.reports", "Gull Post")


@pytest.mark.parametrize(
    ("right", "wrong", "key"),
    [
        ("  objection: {side: the-essay,", "  # {", "0.objection"),
        ("fact: barrel-census}\n", "fact: barrel-cens}\n", "0.objection.fact"),
        ("side: the-essay", "side: the-reef", "0.objection.side"),
        ("says: Thirty-six barrels on paper are not thirty-six barrels of oil.", "says: ''", "0.objection.says"),
    ],
)
def test_every_verdict_but_an_opinion_carries_an_objection_with_a_record(
    tiny_copy: Path, right: str, wrong: str, key: str
) -> None:
    (fault,) = change(tiny_copy, "claims.yaml", right, wrong)
    assert fault.key == key
