"""Everything that a reader needs of a story, as files in memory: hashed, ready to serve or to write to a folder."""

import hashlib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from xstatic.pkg import leaflet

from geodata.catalogue import read_catalogue
from geodata.load import picture
from story.address import find_address, publish
from story.atlas_map import atlas_script, records_script
from story.atlas_page import list_rows, render_legend
from story.draw import draw_map, render_script
from story.elements import as_json
from story.embedding import Options, Parameter, describe_parameters, list_parameters, list_shown, mark_page
from story.head import Mount, render_head
from story.leaves import render_leaves
from story.marks import CUT, SHAPES
from story.model import Chapter, ReliefLayer, Story
from story.opendata import write_claims, write_facts
from story.page import (
    Files,
    render_page,
    render_records_page,
    render_records_script,
    render_story,
)
from story.pictures import ALL, PRINTS, Kind, Picture, plan_pictures
from story.query import list_records
from story.read import read_story
from story.scene import Drawn, anchor_lonlat, build_scene
from story.schemas import write_schemas
from story.site import folder_policy, write_crawling
from story.stage import put_stage
from story.still import draw_still
from story.styles import hash_source, write_css
from story.templates import WEB
from story.viewpoint import plan_viewpoints
from story.wording import read_words

SCRIPTS = (
    *("core", "address", "embedding", "marks", "flows", "names", "scale", "camera", "shown", "scroll", "stepper"),
    *("lit", "panel", "said", "record", "keys", "host", "reader"),
)
HASH_LENGTH = 10
BASE = "__base__/"  # stands for the way to the files, which differs between the bare page and the app's first one


@dataclass(frozen=True, slots=True)
class AtlasFiles:
    """What the free map loads, by path: its scripts and style sheets in their order, its legend, its rows of records.

    `files` are those that it alone needs.
    """

    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    legend: str
    rows: str
    files: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Bundle:
    """A story's files by their path below the reader's address, and what the pages around it are made of.

    `ways`: the files by what they are for. `heads` and `shell_heads`: the head's tags by chapter, for a page
    beside the files and for one above `embed/`. `atlas` is what only the app's Explore page needs; an export leaves it
    out. `pictures` are files too, by path, but drawn only when somebody asks for one (story/pictures.py).
    """

    story: Story
    language: str
    version: str
    ways: Files
    files: dict[str, bytes]
    heads: dict[str, str]
    shell_heads: dict[str, str]
    body: str
    shell_body: str
    atlas: AtlasFiles
    pictures: dict[str, Picture]
    parameters: tuple[Parameter, ...]

    @property
    def style_source(self) -> str:
        """How a Content-Security-Policy names the style that the bare page has in it."""
        return hash_source(self.files[self.ways.css].decode())

    def page(self, slug: str) -> bytes:
        """The bare page that opens at a chapter; an unknown one gives the first."""
        slug = slug if slug in self.heads else self.story.chapters[0].slug
        return _page(self.heads[slug], self.body, self.language)

    def page_with(self, options: Options) -> bytes:
        """The bare page as an address asks for it (story/embedding.py)."""
        slug = options["chapter"] or list_shown(options, tuple(self.heads))[0]
        return mark_page(self.page(slug).decode(), options, self.parameters).encode()


@lru_cache(maxsize=64)
def _page(head: str, body: str, language: str) -> bytes:
    return render_page(head, body, language=language).encode()


def build_bundle(story: Story, language: str = "en", *, served: bool = True, kinds: frozenset[Kind] = ALL) -> Bundle:
    """Draw the map, the stills and the page of a story in one language.

    `served`: by our own server, not by any other; `kinds`: of pictures that come along.
    """
    scene = build_scene(story)
    shelf = _Shelf()
    plan = make_plan(story, language)
    plan["files"] = {name: shelf.put(f"assets/{name}.webp", picture(name)) for name in _reliefs(story)}
    map_js = _map_script(plan, scene)
    static = Path(leaflet.BASE_DIR)
    css = write_css(story)
    stills = {
        chapter.slug: shelf.put(f"stills/{chapter.slug}.svg", draw_still(story, chapter, scene, language).encode())
        for chapter in story.chapters
    }
    words = _words_of(story)
    pictures = plan_pictures(story, language, map_js + words, kinds=kinds)
    files = Files(
        css=shelf.put("assets/reader.css", css.encode()),
        leaf=shelf.put("assets/leaf.css", (WEB / "leaf.css").read_bytes()),
        noscript=shelf.put("assets/noscript.css", (WEB / "noscript.css").read_bytes()),
        leaflet=shelf.put("assets/leaflet.js", _without_map_link((static / "leaflet.js").read_text()).encode()),
        reader=shelf.put("assets/reader.js", reader_script().encode()),
        map=shelf.put("assets/map.js", map_js.encode()),
        icon="data:image/svg+xml," + quote((WEB / "icon.svg").read_text().strip()),
        cards=_paths(pictures, "card"),
        squares=_paths(pictures, "square"),
        prints=_prints(pictures),
        records=shelf.put("assets/records.js", render_records_script(story, language=language).encode()),
        stills=stills,
        version=_hash(("".join(sorted(shelf.files)) + words + "".join(map(repr, story.lessons.values()))).encode()),
        fallback=shelf.put("assets/fallback.js", (WEB / "fallback.js").read_bytes()),
        offline="" if served else shelf.put("assets/offline.js", (WEB / "offline.js").read_bytes()),
        policy="" if served else folder_policy(story.settings.address, hash_source(css)),
    )
    shelf.files |= put_stage(story, scene, files, language, shelf.put)
    shelf.files |= _beside(story, files, language) | {"story.json": as_json(asks_for(plan)).encode()}
    shelf.files |= write_crawling(story, [path for path in shelf.files if path.endswith(".html")])
    heads, shell_heads = (
        {each.slug: render_head(story, each, files, language=language, mount=mount) for each in story.chapters}
        for mount in (Mount(style=css, served=served), Mount("embed/", css, served=served))
    )
    told = render_story(story, scene, files, language=language, base=BASE)
    body, shell_body = told.replace(BASE, ""), told.replace(BASE, "embed/")
    made = (shelf.files, heads, shell_heads, body, shell_body, _atlas_files(story, scene, files, language), pictures)
    return Bundle(story, language, files.version, files, *made, list_parameters(story, language))


def _beside(story: Story, files: Files, language: str) -> dict[str, bytes]:
    """The pages beside the reader, and the record as data."""
    pages = render_leaves(story, files, language=language)
    pages["records.html"] = render_records_page(story, files, language=language).encode()
    data = {
        "embed.js": (WEB / "embed.js").read_bytes(),  # its address is pasted into other pages: no hash
        "claims.json": write_claims(story, files.version, language),
        "facts.geojson": write_facts(story, files.version),
    }
    return pages | data | write_schemas()


def _atlas_files(story: Story, scene: dict[str, Drawn], files: Files, language: str) -> AtlasFiles:
    """The free map's own files beside those that it shares with the reader."""
    shelf, words = _Shelf(), read_words(language)
    own = shelf.put("assets/atlas.js", atlas_script().encode())
    told = shelf.put("assets/atlas-records.js", records_script(story, scene, words).encode())
    css = shelf.put("assets/atlas.css", (WEB / "atlas.css").read_bytes())
    legend = shelf.put("assets/atlas-legend.html", render_legend(story, words).encode())
    rows = shelf.put("assets/atlas-rows.json", list_rows(list_records(story), story.atlas.groups, words).encode())
    return AtlasFiles((files.leaflet, own, files.map, told), (files.css, css), legend, rows, shelf.files)


def _paths(pictures: dict[str, Picture], kind: str) -> dict[str, str]:
    return {each.slug: path for path, each in pictures.items() if each.kind == kind}


def _prints(pictures: dict[str, Picture]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for path, each in pictures.items():
        if each.kind in PRINTS:
            found.setdefault(each.slug, {})[path.rpartition(".")[2].upper()] = path
    return found


def _words_of(story: Story) -> str:
    """All words of a story that stand in no hashed file: whoever changes one makes another version."""
    texts = [text for chapter in story.chapters for text in chapter.texts.values()]
    kept = story.editorial
    parts = [*texts, *story.claims, *story.comparisons.values(), *kept.rules.values(), *kept.corrections]
    parts += [*kept.houses, *kept.ledger]
    settings = story.settings.model_dump_json(exclude={"address", "files_at"})  # the same words, wherever they stand
    return settings + "".join(part.model_dump_json() for part in parts)


class _Shelf:
    """Files under names that carry a hash of what they hold."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def put(self, name: str, content: bytes) -> str:
        """Keep `content` under `name` with its hash before the ending; give that path."""
        stem, ending = name.rsplit(".", 1)
        path = f"{stem}.{_hash(content)}.{ending}"
        self.files[path] = content
        return path


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:HASH_LENGTH]


def _without_map_link(script: str) -> str:
    """A script without the link to its source map, which is not served."""
    return "\n".join(line for line in script.splitlines() if not line.startswith("//# sourceMappingURL"))


def reader_script() -> str:
    """The reader's own files, in order, in one scope; lines of remarks stay at home."""
    lines = [line for name in SCRIPTS for line in (WEB / f"{name}.js").read_text().splitlines()]
    code = "\n".join(line for line in lines if not line.lstrip().startswith("//"))
    return '(function () {\n"use strict";\n' + code + "\n})();\n"


def _map_script(plan: dict[str, Any], scene: dict[str, Drawn]) -> str:
    drawn = render_script(draw_map(scene))
    return (
        f"TheLineBetween.tell({as_json(plan)}, function (element, base) {{\n"
        f"var storyMap, names = {{}};\n{drawn}\nreturn {{ map: storyMap, names: names }};\n}});\n"
    )


def _reliefs(story: Story) -> tuple[str, ...]:
    return next(layer.datasets for layer in story.layers.values() if isinstance(layer, ReliefLayer))


def make_plan(story: Story, language: str) -> dict[str, Any]:
    """What the reader's script knows of a story: its layers and, for every chapter, what the map shall show."""
    catalogue = read_catalogue()
    return {
        "id": story.settings.id,
        "shapes": {**SHAPES, "cut": CUT},
        "layers": list(story.layers),
        "parameters": describe_parameters(list_parameters(story, language)),
        "viewpoints": plan_viewpoints(story.viewpoints, {id_: layer.title for id_, layer in story.layers.items()}),
        "relief": [{"id": name, "bounds": catalogue[name].bounds_wsen} for name in _reliefs(story)],
        "chapters": [_state(story, chapter, language) for chapter in story.chapters],
    }


def _state(story: Story, chapter: Chapter, language: str) -> dict[str, Any]:
    text, view = chapter.texts[language], chapter.view
    return {
        "slug": chapter.slug,
        "title": text.title,
        "bounds_wsen": view.bounds_wsen,
        "layers": story.strengths(chapter),
        "callouts": [
            {"text": text.callouts[key], "at": anchor_lonlat(callout.at, story.facts)[::-1]}
            for key, callout in view.callouts.items()
        ],
        "together": view.together,
        "places": view.places,
        "period": view.period,
    }


def asks_for(plan: dict[str, Any]) -> dict[str, Any]:
    """What story.json tells hosts and tests: every layer, and what each chapter asks of the map."""
    keys = ("slug", "title", "bounds_wsen", "layers", "period")
    return {
        "id": plan["id"],
        "layers": plan["layers"],
        "borders": [view["id"] for view in plan["viewpoints"]],
        "parameters": plan["parameters"],
        "chapters": [{key: state[key] for key in keys} for state in plan["chapters"]],
    }


@cache
def find_bundle() -> Bundle:
    """Our own story's bundle, built once and kept. Raises StoryError, every time, where its files have faults."""
    story = read_story()
    return build_bundle(publish(story, find_address(story.settings.address)))
