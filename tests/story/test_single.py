"""The story as one file: it reaches for nothing, runs only what its policy names, and is the same every time."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from story import export as module
from story.address import publish
from story.export import Wish, export_single, main
from story.single import write_single
from tests.story.markup import HOSTILE, read_html
from tests.story.told import TINY, tiny, tiny_bundle

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@cache
def page() -> str:
    """Give the tiny story as one file, published nowhere."""
    return write_single(publish(tiny(), "", files_at=""))[0].decode()


def digests(texts: list[str]) -> set[str]:
    """Give the sources by which a policy names these texts."""
    return {f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts}


def policy(html: str) -> dict[str, set[str]]:
    """Give the directives of the policy that a page carries."""
    (found,) = (a["content"] for _, a in read_html(html).tags if a.get("http-equiv") == "Content-Security-Policy")
    return {name: set(sources) for name, *sources in (part.split() for part in found.split(";"))}


def test_the_policy_names_what_runs_and_lets_nothing_load() -> None:
    told = policy(page())
    assert told["default-src"] == {"'none'"}
    assert told["script-src"] == digests(SCRIPT.findall(page()))
    assert told["style-src"] == digests(STYLE.findall(page()))
    assert told["img-src"] == {"data:"}
    assert len(told["script-src"]) == 3
    assert len(told["style-src"]) == 2


def test_it_reaches_for_no_file_and_no_host() -> None:
    for tag, attributes in read_html(page()).tags:
        assert tag != "link" or attributes["rel"] in {"icon", "canonical"}, attributes
        assert "src" not in attributes or attributes["src"].startswith("data:"), attributes
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        way = attributes.get("href", "#")
        assert way.startswith(("#", "data:", "https://", "http://")), way
    assert not re.search(r"__base__|assets/\w|stills/\w|records\.html|rules\.html", SCRIPT.sub("", page()))
    assert not re.search(r"assets/\w|stills/\w", page())


def test_the_records_are_in_it_for_the_script_and_for_who_runs_none() -> None:
    block = re.search(r"<script type=\"application/json\" data-inside>(.*?)</script>", page(), re.DOTALL)
    assert block
    records = json.loads(block[1])
    ids = [a["id"] for tag, a in read_html(page()).tags if tag == "article" and a.get("id", "").startswith("record-")]
    assert {f"record-{id_}" for id_ in records} == set(ids)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("address", ["", "https://example.org/a/"])
def test_pages_elsewhere_are_named_only_where_there_are_any(address: str) -> None:
    html = write_single(publish(tiny(), address, files_at=""))[0].decode()
    ways = {a["href"] for tag, a in read_html(html).tags if tag == "a" and "/claims/" in a["href"]}
    assert ways == ({f"{address}claims/{claim.id}.html" for claim in tiny().claims} if address else set())


def test_its_version_is_the_storys_and_it_says_how_to_cite_it() -> None:
    _, version = write_single(tiny())
    assert version == tiny_bundle().version
    assert f"Version {version}" in read_html(page()).text
    assert any(a.get("id") == "cite" for _, a in read_html(page()).tags)


def test_no_word_of_a_story_ends_a_script_or_a_style() -> None:
    words = " ".join(HOSTILE)
    facts = {id_: fact.model_copy(update={"title": words, "summary": words}) for id_, fact in tiny().facts.items()}
    html = write_single(replace(tiny(), facts=facts))[0].decode()
    assert policy(html)["script-src"] == digests(SCRIPT.findall(html))
    kinds = [a.get("type", "") for tag, a in read_html(html).tags if tag == "script"]
    assert sorted(kinds) == ["", "", "", "application/json", "application/ld+json"]


def test_the_command_writes_one_file_twice_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "export_single", lambda folder, wish: export_single(folder, TINY, wish))
    for name in ("one", "two"):
        assert main(["--single-file", str(tmp_path / name)]) == 0
        assert [path.name for path in (tmp_path / name).iterdir()] == ["two-keepers.html"]
    assert (tmp_path / "one" / "two-keepers.html").read_bytes() == (tmp_path / "two" / "two-keepers.html").read_bytes()


def test_a_wish_for_an_address_is_heard(tmp_path: Path) -> None:
    (path,) = export_single(tmp_path, TINY, Wish(address="https://example.org/b/"))
    assert "https://example.org/b/" in path.read_text(encoding="utf-8")
