"""What the story is made of: every library's licence is known and allowed, the bill is whole, no audit is made up."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from geodata.catalogue import read_catalogue
from tests.supply.audit import CLEAN, NOT_AUDITED, VULNERABLE, judge
from tests.supply.licences import BY_HAND, EXCEPTIONS, find_licence, is_allowed, recognise
from tests.supply.pins import DEV, RUN, Pin, read_pins
from tests.supply.sbom import write_bom

PINS = [*read_pins(RUN), *read_pins(DEV)]
SOME = Pin("some-library", "1.0")
MIT_TEXT = 'Permission is hereby granted, free of charge, to any\n  person obtaining a copy of this "Software"'


@pytest.fixture(scope="module")
def bill() -> dict[str, Any]:
    """Give the bill of materials."""
    written: dict[str, Any] = json.loads(write_bom())
    return written


@pytest.mark.parametrize("pin", PINS, ids=lambda pin: pin.name)
def test_a_library_is_installed_as_pinned_under_a_licence_that_is_allowed(pin: Pin) -> None:
    assert pin.installed.version == pin.version
    licence = find_licence(pin)
    assert is_allowed(pin, licence), f"{pin.name}: {licence or 'no licence found'}"


@pytest.mark.parametrize("pin", PINS, ids=lambda pin: pin.name)
def test_what_a_library_needs_is_pinned_too(pin: Pin) -> None:
    given_with_python = {"setuptools", "pip"}
    assert set(pin.needs()) <= {each.name for each in PINS} | given_with_python


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("GPL-3.0-only OR MIT", True),
        ("GPL-3.0-only AND MIT", False),
        ("MPL-2.0", False),
        ("Apache-2.0 WITH LLVM-exception", False),
        ("What You Want", False),
        ("", False),
    ],
)
def test_a_licence_is_allowed_as_its_expression_says(licence: str, *, allowed: bool) -> None:
    assert is_allowed(SOME, licence) is allowed


def test_an_exception_is_for_one_library_and_for_one_that_is_there() -> None:
    assert is_allowed(Pin("certifi", "1"), "MPL-2.0")
    assert {*EXCEPTIONS, *BY_HAND} <= {pin.name for pin in PINS}
    assert all(reason for _, reason in (*EXCEPTIONS.values(), *BY_HAND.values()))


def test_a_licence_file_is_known_by_its_sentences() -> None:
    assert recognise(MIT_TEXT) == "MIT"
    assert not recognise("All rights reserved.")


def test_the_bill_holds_to_the_standard_and_is_the_same_every_time() -> None:
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    written = write_bom()
    assert validator.validate_str(written) is None
    assert validator.validate_str(written.replace('"version":', '"versoin":')) is not None
    assert written == write_bom()


def test_the_bill_holds_every_library_that_runs_and_every_dataset_with_its_sum(bill: dict[str, Any]) -> None:
    parts = {one["bom-ref"]: one for one in bill["components"]}
    assert {f"pkg:pypi/{pin.name}@{pin.version}" for pin in read_pins(RUN)} <= set(parts)
    assert all(one["licenses"] for one in parts.values())
    for name, dataset in read_catalogue().items():
        assert parts[f"data:{name}"]["hashes"] == [{"alg": "SHA-256", "content": dataset.sha256}]


def test_the_bill_says_what_needs_what(bill: dict[str, Any]) -> None:
    needs = {one["ref"].partition("@")[0]: one.get("dependsOn", []) for one in bill["dependencies"]}
    assert any(one.startswith("pkg:pypi/branca@") for one in needs["pkg:pypi/folium"])


def answered(*ids: str) -> str:
    """Give what pip-audit prints for one library with these vulnerabilities."""
    return json.dumps({"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": each} for each in ids]}]})


@pytest.mark.parametrize(
    ("code", "answer", "judged"),
    [
        (0, answered(), CLEAN),
        (1, answered("PYSEC-1"), VULNERABLE),
        (1, "", NOT_AUDITED),
        (0, "", NOT_AUDITED),
        (0, '{"dependencies": []}', NOT_AUDITED),
        (0, '{"dependencies": [{"name": "a", "skip_reason": "not found"}]}', NOT_AUDITED),
        (2, answered(), NOT_AUDITED),
    ],
)
def test_only_an_answer_counts_as_an_audit(code: int, answer: str, judged: int) -> None:
    found, said = judge(code, answer, "Traceback\nConnectionError: no way there")
    assert found == judged
    assert ("Not audited: service out of reach" in said) == (judged == NOT_AUDITED)
    assert ("PYSEC-1" in said) == (judged == VULNERABLE)
    assert ("no way there" in said) == (judged == NOT_AUDITED)
