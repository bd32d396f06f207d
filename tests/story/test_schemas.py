"""The JSON Schemas: our files satisfy them, broken ones do not."""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml

from story.read import HOME
from story.schemas import FORMATS, make_schema, write_schemas
from tests.story.told import TINY, real

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GLOBS = {
    "story": "story.yaml",
    "atlas": "atlas.yaml",
    "layers": "layers.yaml",
    "claims": "claims.yaml",
    "essay": "essay.yaml",
    "comparisons": "comparisons.yaml",
    "viewpoints": "viewpoints.yaml",
    "facts": "facts/*.yaml",
    "view": "chapters/*/view.yaml",
    "chapter": "chapters/*/*.md",
    "rules": "rules.*.md",
    "corrections": "corrections.yaml",
    "publishers": "publishers.yaml",
    "voice": "voice.*.yaml",
    "lesson": "lesson.*.yaml",
    "glossary": "glossary.*.yaml",
    "chapter-lesson": "chapters/*/lesson.*.yaml",
}
FILES = [
    (name, path) for home in (HOME, TINY) for name, pattern in GLOBS.items() for path in sorted(home.glob(pattern))
]


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    """Give the validator of one format."""
    schema = make_schema(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def read(path: Path) -> Any:
    """Read a file as any program would: YAML, or the YAML before Markdown; days as texts."""
    text = path.read_text(encoding="utf-8")
    text = text.split("---\n")[1] if path.suffix == ".md" else text
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


@pytest.mark.parametrize(("name", "path"), FILES, ids=lambda each: each if isinstance(each, str) else each.name)
def test_every_file_of_both_stories_satisfies_its_schema(name: str, path: Path) -> None:
    assert not [error.message for error in validator(name).iter_errors(read(path))]


def test_every_file_of_a_story_has_a_schema() -> None:
    covered = {path for _, path in FILES}
    there = {path for home in (HOME, TINY) for path in home.rglob("*") if path.suffix in {".yaml", ".md"}}
    assert there == covered
    assert set(GLOBS) | {"claims-json", "facts-geojson"} == set(FORMATS)


@pytest.mark.parametrize(("name", "file"), [("claims-json", "claims.json"), ("facts-geojson", "facts.geojson")])
def test_what_is_given_out_satisfies_its_schema(name: str, file: str) -> None:
    assert not [error.message for error in validator(name).iter_errors(json.loads(real().files[file]))]


def change(key: str, value: Any) -> Callable[[Any], None]:
    """Give what sets a key of the first record, or of the record itself."""

    def do(content: Any) -> None:
        (content[0] if isinstance(content, list) else content)[key] = value

    return do


def drop(key: str) -> Callable[[Any], None]:
    """Give what leaves out a key."""

    def do(content: Any) -> None:
        del (content[0] if isinstance(content, list) else content)[key]

    return do


@pytest.mark.parametrize("name", GLOBS)
def test_a_key_that_no_model_knows_is_refused(name: str) -> None:
    check_refused(name, change("mood", "sad"))


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("story", drop("evidence_until")),
        ("story", change("address", "no address")),
        ("story", change("palette", {"land": {"light": "red", "dark": "#000000"}})),
        ("layers", change("draw", "fog")),
        ("layers", drop("title")),
        ("claims", change("verdict", "true")),
        ("claims", drop("anchor")),
        ("claims", change("evidence", [{"fact": "x", "stance": "doubts"}])),
        ("comparisons", change("rows", [])),
        ("facts", drop("status")),
        ("facts", change("lat", 91)),
        ("facts", change("figures", [{"what": "lost", "unit": "crates", "value": 1}])),
        ("facts", change("figures", [{"what": "lost", "unit": "crates", "according_to": "A log"}])),
        ("facts", change("figures", [{"what": "lost", "unit": "crates", "low": 1, "according_to": "A log"}])),
        ("facts", change("sources", [{"publisher": "", "title": "", "url": "https://a.example/", "tier": "press"}])),
        ("facts", change("sources", [{"publisher": "A", "title": "", "url": "javascript:1", "tier": "press"}])),
        ("view", change("bounds_wsen", [1, 2, 3])),
        ("view", change("layers", {"seabed": "loud"})),
        ("chapter", drop("standfirst")),
        ("rules", drop("lead")),
        ("corrections", drop("why")),
        ("corrections", change("part", "verdict")),
        ("publishers", change("agency", "perhaps")),
        ("voice", change("attributes", [])),
        ("lesson", change("minutes", "many")),
        ("glossary", drop("text")),
        ("chapter-lesson", change("questions", [])),
    ],
)
def test_a_broken_file_is_refused(name: str, broken: Callable[[Any], None]) -> None:
    check_refused(name, broken)


def check_refused(name: str, broken: Callable[[Any], None]) -> None:
    """Break a file of the tiny story; its schema refuses it, and did not before."""
    content = copy.deepcopy(read(next(path for each, path in FILES if each == name and path.is_relative_to(TINY))))
    assert validator(name).is_valid(content)
    broken(content)
    assert not validator(name).is_valid(content)


def test_the_schemas_are_in_the_bundle_and_say_what_they_describe() -> None:
    for name, content in write_schemas().items():
        assert real().files[name] == content
        told = json.loads(content)
        assert told["$schema"].endswith("2020-12/schema")
        assert told["title"]
