"""A JSON Schema for every format of a story's files and of the data it gives out, generated from the models."""

import json
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from story.atlas import Atlas
from story.editorial import Correction, House, RuleText, Voice
from story.facts import Claim, Comparison, Fact
from story.ledger import Paragraph
from story.lesson import ChapterLesson, Plan, Term
from story.model import Layer, Text, View
from story.opendata import ClaimsFile, FactsFile
from story.settings import Settings
from story.viewpoint import Viewpoint

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# name -> what the file holds, which files, and whether it is Markdown of which the schema describes the front matter
FORMATS: dict[str, tuple[Any, str, bool]] = {
    "story": (Settings, "story.yaml: what the story is called, its languages and its palette", False),
    "atlas": (Atlas, "atlas.yaml: the free map of the Explore page", False),
    "layers": (list[Layer], "layers.yaml: what the map can draw", False),
    "claims": (list[Claim], "claims.yaml: what the essay claims and what bears on it", False),
    "essay": (list[Paragraph], "essay.yaml: what the essay says, clause by clause", False),
    "comparisons": (list[Comparison], "comparisons.yaml: figures of several counters, set side by side", False),
    "viewpoints": (list[Viewpoint], "viewpoints.yaml: how one side or another draws borders", False),
    "facts": (list[Fact], "facts/*.yaml: dated, placed, sourced records", False),
    "view": (View, "chapters/*/view.yaml: what the map shows in one chapter", False),
    "chapter": (Text, "chapters/*/<language>.md: the YAML before a chapter's text", True),
    "rules": (RuleText, "rules.<language>.md: the YAML before the rule text", True),
    "corrections": (list[Correction], "corrections.yaml: what was changed after it was published", False),
    "publishers": (list[House], "publishers.yaml: who stands behind each publisher", False),
    "voice": (Voice, "voice.<language>.yaml: what gives a paragraph to the essay, what we do not say", False),
    "lesson": (Plan, "lesson.<language>.yaml: how the story is taught", False),
    "glossary": (list[Term], "glossary.<language>.yaml: people, groups, places and terms", False),
    "chapter-lesson": (ChapterLesson, "chapters/*/lesson.<language>.yaml: how one chapter is taught", False),
    "claims-json": (ClaimsFile, "claims.json: every claim with its evidence, as given out", False),
    "facts-geojson": (FactsFile, "facts.geojson: every fact as a feature, as given out", False),
}


def make_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one of FORMATS. Of Markdown it describes the front matter, without the `body`."""
    kind, title, front_matter = FORMATS[name]
    schema: dict[str, Any] = TypeAdapter(kind).json_schema()
    if front_matter:
        del schema["properties"]["body"]
        schema["required"].remove("body")
    return {"$schema": DIALECT, **schema, "title": title}


@cache
def write_schemas() -> dict[str, bytes]:
    """Every schema as a file: `schemas/NAME.json` -> its content."""
    return {
        f"schemas/{name}.json": json.dumps(make_schema(name), ensure_ascii=False, indent=1).encode() for name in FORMATS
    }
