"""What a static host and its visitors need beside the story: robots, sitemap, web manifest, worker, checksums."""

import hashlib
import json
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

from geodata.catalogue import read_catalogue
from story.address import own_sources
from story.citation import last_changed
from story.head import chapter_address
from story.model import Story
from story.page import drawn_datasets
from story.settings import Settings
from story.templates import WEB

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MANIFEST = "manifest.json"
WORKER = "sw.js"
PAPER = "#fbf9f4"
# Not kept for reading without a network: pictures for other sites and for print, data for machines.
LEFT_OUT = ("cards/", "pictures/", "schemas/", "claims.json", "facts.geojson", "robots.txt", "sitemap.xml", MANIFEST)
NAME_LENGTH = 16
# What an exported page lets itself do; OWN is where it comes from, STYLE the style in it. `file:` is for browsers to
# which a page on a disk is not of one house with the files beside it; a page from the web may not reach for a file
# whatever its policy says.
FOLDER_POLICY = (
    "default-src 'none'; script-src OWN file:; style-src OWN file: STYLE; img-src OWN file: data:; "
    "connect-src OWN; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
)


def folder_policy(address: str, style: str) -> str:
    """The Content-Security-Policy of an exported page; `style` names the one in it by its hash."""
    return FOLDER_POLICY.replace("OWN", own_sources(address)).replace("STYLE", style)


def write_crawling(story: Story, pages: list[str]) -> dict[str, bytes]:
    """robots.txt and sitemap.xml by name, for a story that has an address; else nothing: both need whole addresses.

    `pages` are the paths of the pages beside the reader, below the address of its files.
    """
    settings = story.settings
    if not settings.address:
        return {}
    robots = f"User-agent: *\nAllow: /\nSitemap: {settings.address}sitemap.xml\n"
    return {"robots.txt": robots.encode(), "sitemap.xml": _write_sitemap(story, pages)}


def _write_sitemap(story: Story, pages: list[str]) -> bytes:
    settings = story.settings
    changed = {f"claims/{claim.id}.html": last_changed(story, claim) for claim in story.claims}
    days = [date.fromisoformat(settings.published), *(each.date for each in story.editorial.corrections)]
    places = [(chapter_address(settings, chapter), max(days)) for chapter in story.chapters]
    places += [(f"{settings.files_address}{page}", changed.get(page, max(days))) for page in pages]
    root = ET.Element("urlset", xmlns=SITEMAP)
    for address, day in places:
        place = ET.SubElement(root, "url")
        ET.SubElement(place, "loc").text = address
        ET.SubElement(place, "lastmod").text = day.isoformat()
    ET.indent(root, " ")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root) + b"\n"


def write_web_manifest(settings: Settings, language: str, icon: str) -> bytes:
    """What a phone asks when it puts the story among its apps; `icon` is the way to an SVG."""
    told = {
        "name": settings.title,
        "short_name": settings.title,
        "description": settings.subtitle,
        "lang": language,
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [{"src": icon, "sizes": "any", "type": "image/svg+xml"}],
    }
    return _as_json(told)


def write_worker(settings: Settings, files: dict[str, bytes]) -> bytes:
    """The service worker that keeps the story's files for reading without a network (story/web/worker.js)."""
    kept = sorted(path for path in files if not path.startswith(LEFT_OUT))
    name = hashlib.sha256("".join(f"{path} {_sha256(files[path])}\n" for path in kept).encode())
    told = {"story": settings.id, "name": name.hexdigest()[:NAME_LENGTH], "files": kept}
    return f"const KEPT = {json.dumps(told)};\n\n{(WEB / 'worker.js').read_text()}".encode()


def write_manifest(story: Story, version: str, files: dict[str, bytes]) -> bytes:
    """manifest.json: which story, in which version, made of which data; size and SHA-256 of every other file."""
    settings, catalogue = story.settings, read_catalogue()
    datasets = {name: catalogue[name] for name in drawn_datasets(story)}
    told = {
        "story": settings.id,
        "title": settings.title,
        "version": version,
        "published": settings.published,
        "evidence_until": settings.evidence_until,
        "address": settings.address,
        "datasets": {
            name: {"state": each.source_date, "licence": each.licence, "sha256": each.sha256}
            for name, each in datasets.items()
        },
        "files": {path: {"bytes": len(files[path]), "sha256": _sha256(files[path])} for path in sorted(files)},
    }
    return _as_json(told)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _as_json(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"
