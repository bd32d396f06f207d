"""Answers oEmbed (oembed.com, version 1.0): what another site needs to show the story in a frame of its own.

Only addresses of this copy of the story are known, and none is ever fetched.
"""

import json
import re
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

from story.address import parse_address
from story.bundle import Bundle
from story.embedding import read_options, write_query
from story.faults import StoryError
from story.head import CARD_PX, chapter_title
from story.snippets import Shown, frame_code

Format = Literal["json", "xml"]
MEDIA_TYPES: dict[Format, str] = {"json": "application/json", "xml": "text/xml; charset=utf-8"}
FRAME_PX = (960, 680)  # as wide as an article, as high as a laptop shows
LONGEST_URL = 2000
CACHE_S = 86_400
_THIS_MACHINE = re.compile(r"^(?:127\.0\.0\.1|\[::1\])(?=[:/])")


def find_target(url: str, bundle: Bundle) -> Shown | None:
    """What an address of this copy of the story shows; None where it is unknown or another site's."""
    settings = bundle.story.settings
    if not settings.address or len(url) > LONGEST_URL:
        return None
    try:
        parts = urlsplit(url)
        bare = parse_address(parts._replace(query="", fragment="").geturl())
    except (StoryError, ValueError):
        return None
    if _anywhere(bare) not in {_anywhere(settings.address), _anywhere(settings.files_address)}:
        return None
    return _find_shown(parts.query, bundle)


def _anywhere(address: str) -> str:
    """An address without its scheme, which newsrooms change on the way, and with one name for this machine."""
    return _THIS_MACHINE.sub("localhost", address.partition("://")[2])


def _find_shown(query: str, bundle: Bundle) -> Shown | None:
    """What the page of a query shows; None where the first chapter or claim that it names is unknown.

    Of its parameters those are kept that a frame of one size can have.
    """
    claims = {claim.id: claim.chapter for claim in bundle.story.claims}
    named = {key: values[0] for key, values in parse_qs(query).items() if key in {"chapter", "claim"}}
    if named.get("chapter", "") not in {"", *bundle.heads} or not {named.get("claim", "")} <= {"", *claims}:
        return None
    options = read_options(query, bundle.parameters) | {"height": "fixed"}
    if claim := named.get("claim", ""):
        options["chapter"] = claims[claim]
    shown = Shown.of(bundle, options)
    if not claim:
        return shown
    rest = write_query(options | {"chapter": ""}, bundle.parameters)
    return Shown(shown.chapter, f"claim={claim}" + (f"&{rest}" if rest else ""), f"claim={claim}")


def fit(limit: str | None, usual: int) -> int:
    """The usual size in pixels, or what the one who asks has room for; a limit that is no whole number is none."""
    known = limit is not None and limit.isascii() and limit.isdigit() and len(limit) < len("100000")
    return min(usual, max(1, int(limit or 0))) if known else usual


def answer(bundle: Bundle, target: Shown, limits: tuple[str | None, str | None]) -> dict[str, Any]:
    """The members of an oEmbed answer of the type `rich`; `limits` are maxwidth and maxheight as they were asked."""
    settings = bundle.story.settings
    size_px = fit(limits[0], FRAME_PX[0]), fit(limits[1], FRAME_PX[1])
    told: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": chapter_title(bundle.story, target.chapter, bundle.language),
        "author_name": settings.author,
        "author_url": settings.address,
        "provider_name": settings.title,
        "provider_url": settings.address,
        "cache_age": CACHE_S,
        "html": frame_code(bundle, target, size_px),
        "width": size_px[0],
        "height": size_px[1],
    }
    if all(fit(limit, card_px) == card_px for limit, card_px in zip(limits, CARD_PX, strict=True)):
        card = next(one for one in bundle.pictures.values() if (one.slug, one.kind) == (target.chapter.slug, "card"))
        told["thumbnail_url"] = settings.files_address + card.path
        told["thumbnail_width"], told["thumbnail_height"] = CARD_PX
    return told


def write(told: dict[str, Any], form: Format) -> bytes:
    """The answer as JSON or as XML, in UTF-8."""
    if form == "json":
        return json.dumps(told, ensure_ascii=False).encode()
    root = ET.Element("oembed")
    for name, value in told.items():
        ET.SubElement(root, name).text = str(value)
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>{body}'.encode()
