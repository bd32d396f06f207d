"""HTML of the app's Share page: the story as a frame of another page, live, and all there is to copy and take along."""

import io
from base64 import b64encode
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import segno

from story.bundle import Bundle
from story.embedding import Options
from story.head import chapter_title, describe
from story.page import render
from story.pictures import PRINTS
from story.snippets import HEIGHTS_PX, Shown, frame_code, script_code
from story.wording import read_words

QR_SCALE, QR_QUIET = 10, 4  # pixels a module in the file to download; empty modules around, as the standard wants
QR_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
OWN_MACHINE = ("localhost", "127.0.0.1", "::1", "0.0.0.0")  # noqa: S104 - only compared with


@dataclass(frozen=True, slots=True)
class Sharing:
    """What the page is asked to share: a story's options, and the picture to carry in the code, if it shall."""

    bundle: Bundle
    options: Options
    poster: str = ""

    @property
    def shown(self) -> Shown:
        """What is pasted."""
        return Shown.of(self.bundle, self.options)

    @property
    def link(self) -> str:
        """The address at which the story opens there."""
        address = self.bundle.story.settings.address
        return address + (f"?{self.shown.link}" if self.shown.link else "")


def draw_qr(address: str, kind: str) -> bytes:
    """A QR code of an address as `svg` or `png`: dark on white in every theme, or cameras may not find it."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind=kind, scale=QR_SCALE, border=QR_QUIET, dark="#000", light="#fff")
    return out.getvalue()


def _inline(content: bytes, media_type: str) -> str:
    return f"data:{media_type};base64,{b64encode(content).decode()}"


def write_codes(sharing: Sharing) -> list[dict[str, Any]]:
    """The codes to paste, best first: id, the code itself."""
    height = HEIGHTS_PX[sharing.options["layout"]]
    codes = [{"id": "script", "code": script_code(sharing.bundle, sharing.shown, height, sharing.poster)}]
    if sharing.options["height"] == "fixed":  # without the script nothing tells a frame how high to be
        codes.append({"id": "frame", "code": frame_code(sharing.bundle, sharing.shown, ("100%", height))})
    return codes


def render_sharing(sharing: Sharing) -> str:
    """The live frames, the codes, the link, the card, the QR code and the maps for print."""
    bundle, shown, words = sharing.bundle, sharing.shown, read_words(sharing.bundle.language)
    chapter, settings = shown.chapter, bundle.story.settings
    own = {one.kind: f"embed/{one.path}" for one in bundle.pictures.values() if one.slug == chapter.slug}
    host = urlsplit(settings.address).hostname or ""
    return render(
        "sharing.html",
        words=words,
        said=words["share"],
        source="embed/" + (f"?{shown.query}" if shown.query else ""),
        grows=sharing.options["height"] == "auto",
        title=chapter_title(bundle.story, chapter, bundle.language),
        description=describe(bundle.story, chapter, bundle.language),
        alt=chapter.texts[bundle.language].standfirst,
        height=HEIGHTS_PX[sharing.options["layout"]],
        codes=write_codes(sharing),
        link=sharing.link,
        host=host,
        local=host in OWN_MACHINE,
        card=own["card"],
        square=own["square"],
        prints={path.rpartition(".")[2].upper(): path for kind, path in own.items() if kind in PRINTS},
        slug=chapter.slug,
        qr={kind: _inline(draw_qr(sharing.link, kind), media) for kind, media in QR_TYPES.items()},
    )
