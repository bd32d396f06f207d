"""What stands beside the story for hosts and machines: whole addresses only, every page, nothing kept in vain."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from story.address import publish
from story.bundle import build_bundle
from story.export import Wish, collect
from story.site import SITEMAP, write_crawling, write_worker
from tests.story.told import TINY, tiny

if TYPE_CHECKING:
    from story.bundle import Bundle

ADDRESS = "https://example.org/a/path/"


@cache
def collected(address: str = "") -> tuple[Bundle, dict[str, bytes]]:
    """Give the bundle and the files of the tiny story's folder, without pictures."""
    return collect(TINY, Wish(pictures="none", address=address))


def places(content: bytes) -> dict[str, str]:
    """Give the addresses of a sitemap with the day of their last change."""
    urls = ET.fromstring(content).findall(f"{{{SITEMAP}}}url")  # noqa: S314 - our own file
    return {each[0].text or "": each[1].text or "" for each in urls}


def test_the_sitemap_of_a_folder_names_every_chapter_and_page_at_its_address() -> None:
    _, files = collected(ADDRESS)
    found = places(files["sitemap.xml"])
    pages = {path for path in files if path.endswith(".html")} - {"index.html"}
    chapters = {f"{ADDRESS}?chapter={each.slug}" for each in tiny().chapters[1:]}
    assert set(found) == {ADDRESS, *chapters, *(ADDRESS + page for page in pages)}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in found.values())
    assert files["robots.txt"].decode().splitlines()[-1] == f"Sitemap: {ADDRESS}sitemap.xml"


def test_the_servers_sitemap_lies_above_all_that_it_names() -> None:
    bundle = build_bundle(publish(tiny(), ADDRESS))
    assert f"{ADDRESS}embed/claims.html" in places(bundle.files["sitemap.xml"])
    assert f"Sitemap: {ADDRESS}sitemap.xml" in bundle.files["robots.txt"].decode()


def test_a_story_without_an_address_has_neither() -> None:
    assert write_crawling(publish(tiny(), ""), ["claims.html"]) == {}


def test_an_address_full_of_signs_stays_well_formed() -> None:
    story = publish(tiny(), "https://example.org/a-b/~c_d/")
    told = write_crawling(story, ["claims/a&b<c>.html"])["sitemap.xml"]
    assert "https://example.org/a-b/~c_d/embed/claims/a&b<c>.html" in places(told)


@pytest.fixture
def kept() -> dict[str, object]:
    """Give what the worker of the tiny story is told to keep."""
    _, files = collected()
    told = re.match(r"const KEPT = (.*);\n", files["sw.js"].decode())
    assert told
    found: dict[str, object] = json.loads(told[1])
    return found


def test_the_worker_keeps_what_is_read_and_leaves_out_what_is_not(kept: dict[str, object]) -> None:
    _, files = collected()
    names = kept["files"]
    assert isinstance(names, list)
    assert {"index.html", "claims.html", "records.html", "story.webmanifest"} <= set(names) <= set(files)
    assert {path for path in files if path.startswith(("assets/", "stills/"))} <= set(names)
    assert not [name for name in names if name.startswith(("cards/", "pictures/", "schemas/", "sw.js"))]


def test_another_word_in_any_file_makes_another_shelf(kept: dict[str, object]) -> None:
    _, files = collected()
    plain = {path: content for path, content in files.items() if path != "sw.js"}
    other = write_worker(tiny().settings, plain | {"rules.html": files["rules.html"] + b"."}).decode()
    assert str(kept["name"]) not in other
    same = write_worker(tiny().settings, plain | {"cards/x.png": b"not kept"}).decode()
    assert str(kept["name"]) in same


def test_the_web_manifest_has_what_a_phone_asks_for() -> None:
    _, files = collected()
    told = json.loads(files["story.webmanifest"])
    assert {"name", "short_name", "start_url", "display", "icons"} <= set(told)
    assert told["icons"][0]["src"] in files


def test_the_story_stays_itself_wherever_it_is_published() -> None:
    here, there = (collected(each)[0] for each in ("", ADDRESS))
    assert here.version == there.version == build_bundle(replace(tiny())).version
