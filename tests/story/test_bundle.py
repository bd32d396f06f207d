"""The bundle: files under names that tell their content, and nothing that reaches for another host."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.catalogue import read_catalogue
from story import bundle as made
from story.address import find_address, publish
from story.bundle import Bundle, asks_for, build_bundle, make_plan, reader_script
from story.faults import StoryError
from story.rests import cited_facts
from story.styles import palette_css
from tests.story.markup import read_html
from tests.story.told import ROOT, TINY, file_named, real

if TYPE_CHECKING:
    from pathlib import Path

    from story.model import Story

ADDRESS = re.compile(r"""(?:https?:)?//[\w-]+(?:\.[\w-]+)+""")
# Names of XML languages, which nothing fetches; Leaflet's own credit line, which our map does not show.
NAMES_ONLY = {"http://www.w3.org", "https://leafletjs.com"}


@given(st.sampled_from(sorted(real().files)))
def test_a_hashed_name_tells_the_content(name: str) -> None:
    found = re.fullmatch(r".+\.([0-9a-f]{10})\.\w+", name)
    if found:
        assert hashlib.sha256(real().files[name]).hexdigest().startswith(found[1])
    else:
        pages = {
            "records.html",
            "claims.html",
            "essay.html",
            "rules.html",
            "present.html",
            "weigh.html",
            "version.html",
            "embed.js",
            "robots.txt",
            "sitemap.xml",
        }
        data = {"story.json", "claims.json", "facts.geojson"}
        assert name in pages | data or name.startswith(("claims/", "schemas/"))


def test_every_file_that_the_page_asks_for_is_in_the_bundle(bundle: Bundle) -> None:
    for slug in bundle.heads:
        page = read_html(bundle.page(slug).decode())
        asked = {a.get("src") or a.get("href", "") for tag, a in page.tags if tag in {"script", "link", "img"}}
        own = {each for each in asked if each and not each.startswith(("http", "data:"))}
        assert own <= set(bundle.files), slug


def test_a_page_fetches_nothing_from_another_host(bundle: Bundle) -> None:
    for text in (bundle.page("").decode(), bundle.shell_body, bundle.files["records.html"].decode()):
        for tag, attributes in read_html(text).tags:
            for name, value in attributes.items():
                if ADDRESS.match(value):
                    pressed = tag == "a" and name == "href"
                    told = (tag == "meta" and name == "content") or attributes.get("rel") in {"canonical", "alternate"}
                    assert pressed or told, (tag, name, value)


@pytest.mark.parametrize("stem", ["assets/map.", "assets/reader.", "assets/noscript.", "assets/leaflet."])
def test_scripts_and_styles_name_no_other_host(bundle: Bundle, stem: str) -> None:
    for name, content in bundle.files.items():
        if name.startswith(stem):
            without_notes = re.sub(r"/\*.*?\*/", "", content.decode(), flags=re.DOTALL)
            assert {m for m in ADDRESS.findall(without_notes) if m.startswith("http")} <= NAMES_ONLY, name
            assert b"sourceMappingURL" not in content


def test_links_in_the_records_are_only_links(bundle: Bundle) -> None:
    script = file_named(bundle, "assets/records.").decode()
    records = json.loads(script.removeprefix("TheLineBetween.keepRecords(").removesuffix(");\n").replace("<\\/", "</"))
    assert set(records) == cited_facts(bundle.story)
    tags = read_html("".join(records.values())).tags
    drawing = {"svg", "title", "desc", "path", "text", "tspan", "rect", "circle", "figure", "figcaption"}
    assert {tag for tag, _ in tags} <= {
        "article",
        "h3",
        "div",
        "p",
        "ul",
        "li",
        "b",
        "span",
        "a",
        "dl",
        "dt",
        "dd",
        "small",
    } | drawing
    assert all("noopener" in a["rel"] for tag, a in tags if tag == "a" and a.get("target") == "_blank")


def test_no_image_of_leaflet_is_asked_for(bundle: Bundle) -> None:
    # leaflet.css names pictures of controls and markers that we neither use nor serve.
    used = file_named(bundle, "assets/map.").decode() + reader_script()
    assert "L.control.layers" not in used
    assert "L.Icon.Default" not in used


def test_every_head_shows_a_picture_that_exists(bundle: Bundle) -> None:
    for head in bundle.heads.values():
        pictures = [a["content"] for _, a in read_html(head).tags if a.get("property") == "og:image"]
        assert len(pictures) == 1
        path = pictures[0].removeprefix(f"{bundle.story.settings.address}embed/")
        assert bundle.pictures[path].kind == "card"


def test_an_unknown_chapter_opens_the_first(bundle: Bundle) -> None:
    assert bundle.page("no-such-chapter") == bundle.page("") == bundle.page("opening")
    assert bundle.page("roots") != bundle.page("")


def test_the_page_says_its_language_and_direction(bundle: Bundle) -> None:
    tag, attributes = read_html(bundle.page("").decode()).tags[0]
    assert (tag, attributes) == ("html", {"lang": "en", "dir": "ltr"})


def test_story_json_tells_what_each_chapter_asks_of_the_map(bundle: Bundle) -> None:
    told = json.loads(bundle.files["story.json"])
    assert told["layers"] == list(bundle.story.layers)
    for chapter, state in zip(bundle.story.chapters, told["chapters"], strict=True):
        assert state["slug"] == chapter.slug
        assert state["bounds_wsen"] == list(chapter.view.bounds_wsen)
        assert state["layers"] == bundle.story.strengths(chapter)


def test_the_plan_turns_callouts_to_latitude_first(tiny: Story) -> None:
    lamp = make_plan(tiny, "en")["chapters"][1]
    assert lamp["callouts"][0] == {"text": "The reef, as the mate told it", "at": (24.9, 62.4)}
    assert set(asks_for(make_plan(tiny, "en"))["chapters"][0]) == {"slug", "title", "bounds_wsen", "layers", "period"}


def test_relief_bounds_come_from_the_catalogue(tiny: Story) -> None:
    assert make_plan(tiny, "en")["relief"] == [
        {"id": name, "bounds": read_catalogue()[name].bounds_wsen} for name in ("relief_wide", "relief_core")
    ]


def test_every_ink_has_its_class_and_both_colours(tiny: Story) -> None:
    css = palette_css(tiny)
    for name, ink in tiny.settings.palette.items():
        assert f"--ink-{name}:light-dark({ink.light},{ink.dark});" in css
        assert f".ink-{name}{{" in css


def test_building_twice_gives_the_same_bytes(tiny: Story, tiny_bundle: Bundle) -> None:
    again = build_bundle(tiny)
    assert again.files == tiny_bundle.files
    assert (again.body, again.heads) == (tiny_bundle.body, tiny_bundle.heads)


def test_another_word_makes_another_version(tiny: Story, tiny_bundle: Bundle) -> None:
    oil, night = tiny.claims
    other = replace(tiny, claims=(oil.model_copy(update={"summary": "The logs differ."}), night))
    assert build_bundle(other).version != tiny_bundle.version
    elsewhere = publish(tiny, "https://elsewhere.example/")
    assert build_bundle(elsewhere).version == tiny_bundle.version


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_with_another_hash_seed_gives_the_same_bytes(tmp_path: Path, tiny: Story, seed: str) -> None:
    address = find_address(tiny.settings.address)  # where this process and that one publish it
    here = build_bundle(publish(tiny, address, files_at=""), served=False, kinds=frozenset())
    code = (
        "import sys, pathlib, story.export as it; it.export(*map(pathlib.Path, sys.argv[1:]), it.Wish(pictures='none'))"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "out"), str(TINY)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
        check=True,
        timeout=300,
    )
    for name, content in here.files.items():
        assert (tmp_path / "out" / name).read_bytes() == content, name


def test_a_broken_story_is_told_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def broken() -> None:
        calls.append(1)
        raise StoryError([])

    monkeypatch.setattr(made, "read_story", broken)
    find_bundle = cache(made.find_bundle.__wrapped__)
    for _ in range(2):
        with pytest.raises(StoryError):
            find_bundle()
    assert len(calls) == 2


def test_readers_fetch_no_remarks(bundle: Bundle) -> None:
    (css,) = (content.decode() for name, content in bundle.files.items() if re.match(r"assets/reader\.\w+\.css", name))
    assert "/*" not in css
    assert not re.search(r"^\s*//", reader_script(), flags=re.MULTILINE)
