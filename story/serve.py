"""Serves the story over HTTP: the bare page and its files below /embed/, from memory, and answers to oEmbed."""

import gzip
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from urllib.parse import parse_qs

import brotli
from anyio import to_thread
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from story import oembed
from story.bundle import Bundle
from story.embedding import PRESENT, read_options, write_query
from story.faults import StoryError
from story.pictures import PRINTS, find_picture
from story.stage import PAGE as STAGE

MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "json": "application/json",
    "geojson": "application/geo+json",
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "png": "image/png",
    "txt": "text/plain; charset=utf-8",
    "xml": "application/xml",
}
PACKED_TYPES = (
    "text/",
    "application/json",
    "application/xml",
    "application/geo+json",
    "application/javascript",
    "image/svg+xml",
    "font/ttf",
)
SMALLEST_PACKED = 600
PAGE = "/index.html"  # the bare page by the name that it has in a folder, where the pages beside it look for it
FOREVER = "public, max-age=31536000, immutable"
SHORTLY = "public, max-age=300"
METHODS = ("GET", "HEAD")
MOST_VARIANTS = 64  # of the page that are kept: there are more ways to ask for it than memory
# What is public may be read and shown by any site, also one that isolates itself from others.
OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


def content_policy(frame_ancestors: str) -> str:
    """The Content-Security-Policy of the bare page: files of its own only, nothing inline, framed by whom we allow.

    Without a list anybody may frame it: no directive then, for even `*` shuts out a page on a disk.
    """
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'" + (f"; frame-ancestors {frame_ancestors}" if frame_ancestors else "")
    )


@lru_cache(maxsize=512)
def pack(content: bytes, encoding: str) -> bytes:
    """Content compressed as `br` or `gzip`, kept so that each is compressed once."""
    return brotli.compress(content, quality=10) if encoding == "br" else gzip.compress(content, 9, mtime=0)


def pack_quickly(content: bytes, encoding: str) -> bytes:
    """Content compressed as `br` or `gzip` in a few milliseconds, not kept."""
    return brotli.compress(content, quality=4) if encoding == "br" else gzip.compress(content, 4, mtime=0)


def best_encoding(accepted: str) -> str:
    """`br`, `gzip` or an empty string: the best that an Accept-Encoding header takes."""
    offers: dict[str, bool] = {}
    for part in accepted.lower().split(","):
        name, _, quality = part.partition(";")
        refused = "q=" in quality and not quality.partition("q=")[2].strip().strip("0.")
        offers[name.strip()] = not refused
    return next((name for name in ("br", "gzip") if offers.get(name)), "")


class Reader:
    """The ASGI application below /embed/: the bare page and a story's files, from memory."""

    def __init__(self, find_bundle: Callable[[], Bundle], *, frame_ancestors: str, at: str = "/embed") -> None:
        """`find_bundle` gives the bundle, cached; `frame_ancestors`: who may frame the page, as in a CSP.

        `at` is the path at which this is mounted.
        """
        self.find_bundle, self.at = find_bundle, at
        self.policy = content_policy(frame_ancestors)
        self.ready: dict[tuple[str, str, str], Response] = {}
        self.variants: dict[tuple[str, str, str], Response] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request below the address at which this is mounted."""
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1000})
            return
        if scope["method"] not in METHODS:
            await Response("Method not allowed", 405, {"Allow": ", ".join(METHODS)}, "text/plain")(scope, receive, send)
            return
        whole, root = scope["path"], scope.get("root_path", "")
        path = whole.removeprefix(root or self.at.rpartition("/")[0])
        if not path or whole == self.at:
            query = scope["query_string"].decode("latin-1")
            await RedirectResponse(f"{whole}/" + (f"?{query}" if query else ""), 308)(scope, receive, send)
            return
        encoding = best_encoding(Headers(scope=scope).get("accept-encoding", ""))
        try:
            name = "" if path == PAGE else path.removeprefix("/")
            if name:
                response = self._file(name, encoding) or await self._picture(name)
            else:
                response = self._page(scope["query_string"].decode("latin-1"), encoding)
        except StoryError as error:
            response = _untold(error)
        await response(scope, receive, send)

    async def _picture(self, name: str) -> Response:
        """The response for a picture, drawn in a thread if need be, or that there is none of this name."""
        bundle = self.find_bundle()
        picture = bundle.pictures.get(name)
        if picture is None:
            return Response("Not found", 404, {"Cache-Control": "no-store"}, "text/plain")
        content = await to_thread.run_sync(find_picture, bundle.story, picture, bundle.language)
        headers = OPEN | {"Cache-Control": FOREVER if name.count(".") > 1 else f"{SHORTLY}, no-transform"}
        response = Response(content, 200, headers, MEDIA_TYPES[name.rpartition(".")[2]])
        if picture.kind not in PRINTS:  # those are asked for seldom and weigh a megabyte: the disk keeps them
            self.ready[name, "", ""] = response
        return response

    def _file(self, name: str, encoding: str) -> Response | None:
        """The ready response for a file. Only what exists is kept."""
        bundle = self.find_bundle()
        key = (name, "", encoding)
        if key in self.ready:
            return self.ready[key]
        content = bundle.files.get(name) or bundle.atlas.files.get(name)
        if content is None:
            return self.ready.get((name, "", ""))
        cached = FOREVER if name.count(".") > 1 else SHORTLY
        self.ready[key] = self._answer(content, name.rsplit(".", 1)[-1], cached, encoding)
        return self.ready[key]

    def _page(self, query: str, encoding: str) -> Response:
        """The response for the page as a query asks for it. Every chapter's is kept, of all others the latest."""
        bundle = self.find_bundle()
        options = read_options(query, bundle.parameters) if query else {}
        if options.get("layout") == PRESENT and (stage := self._file(STAGE, encoding)):
            return stage
        asked = write_query(options, bundle.parameters) if options else ""
        slug = options.get("chapter", "")
        kept = self.ready if asked == write_query({"chapter": slug}, bundle.parameters) else self.variants
        key = ("", asked, encoding)
        if key not in kept:
            if kept is self.variants and len(kept) >= MOST_VARIANTS:
                kept.pop(next(iter(kept)), None)
            content = bundle.page(slug) if kept is self.ready else bundle.page_with(options)
            kept[key] = self._answer(content, "html", SHORTLY, encoding, quick=kept is self.variants)
        return kept[key]

    def _answer(self, content: bytes, ending: str, cached: str, encoding: str, *, quick: bool = False) -> Response:
        """A response with all its headers; packed as well as it goes, or `quick`."""
        media_type = MEDIA_TYPES[ending]
        headers = {"Cache-Control": cached, "Vary": "Accept-Encoding"} | OPEN
        if media_type.startswith("text/html"):
            headers["Content-Security-Policy"] = self.policy
        if encoding and media_type.startswith(PACKED_TYPES) and len(content) > SMALLEST_PACKED:
            content = pack_quickly(content, encoding) if quick else pack(content, encoding)
            headers["Content-Encoding"] = encoding
        return Response(content, 200, headers, media_type)


def _untold(error: StoryError) -> Response:
    told = f"This story cannot be told yet: {len(error.faults)} faults in its files."
    return Response(told, HTTPStatus.SERVICE_UNAVAILABLE, {"Cache-Control": "no-store"}, "text/plain")


class Oembed:
    """The endpoint of oEmbed: answers for our own addresses, with 404 for any other and 501 for unknown formats."""

    def __init__(self, find_bundle: Callable[[], Bundle]) -> None:
        """`find_bundle` gives the bundle, cached."""
        self.find_bundle = find_bundle

    async def answer(self, request: Request) -> Response:
        """Answer one request; nothing of it but known ids and whole numbers comes back."""
        asked = request.query_params
        form = asked.get("format", "json")
        if form not in oembed.MEDIA_TYPES:
            return Response("Not implemented: format is json or xml", 501, {"Cache-Control": "no-store"}, "text/plain")
        try:
            bundle = self.find_bundle()
        except StoryError as error:
            return _untold(error)
        target = oembed.find_target(asked.get("url", ""), bundle)
        if target is None:
            return Response("Not found", 404, {"Cache-Control": "no-store"}, "text/plain")
        told = oembed.answer(bundle, target, (asked.get("maxwidth"), asked.get("maxheight")))
        # Not packed: there are as many answers as sizes to ask for, and packed contents are kept.
        headers = OPEN | {"Cache-Control": f"{SHORTLY}, no-transform", "Content-Type": oembed.MEDIA_TYPES[form]}
        return Response(oembed.write(told, form), 200, headers)


def asked_chapter(scope: Scope) -> str:
    """The first `chapter` of the query, whatever it is; the caller holds it against the known ones."""
    asked: bytes = scope["query_string"]
    return parse_qs(asked.decode("latin-1")).get("chapter", [""])[0]
