"""Serves a story over HTTP: its page and files from memory, the essay in Streamlit's first page, safe headers."""

import gzip
import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from urllib.parse import parse_qs

import brotli
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from story.bundle import Bundle
from story.faults import StoryError

MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "jpg": "image/jpeg",
}
PACKED_TYPES = ("text/", "application/json", "application/javascript", "image/svg+xml", "font/ttf")
SMALLEST_PACKED = 600
STREAMLIT_FILES = re.compile(
    r"<link\s[^>]*rel=\"(?:modulepreload|preload)\"[^>]*>|<script type=\"module\"[^>]*></script>"
)
FOREVER = "public, max-age=31536000, immutable"
SHORTLY = "public, max-age=300"
PERMISSIONS = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"


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

    def __init__(self, find_bundle: Callable[[], Bundle], *, frame_ancestors: str) -> None:
        """`find_bundle` gives the bundle, cached; `frame_ancestors`: who may frame the page, as in a CSP."""
        self.find_bundle = find_bundle
        self.policy = content_policy(frame_ancestors)
        self.ready: dict[tuple[str, str, str], Response] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request below the address at which this is mounted."""
        whole, root = scope["path"], scope.get("root_path", "")
        path = whole.removeprefix(root)
        if path in {"", "/embed"}:
            query = scope["query_string"].decode("latin-1")
            await RedirectResponse(f"{whole}/" + (f"?{query}" if query else ""), 308)(scope, receive, send)
            return
        slug = _chapter(scope) if path == "/" else ""
        encoding = best_encoding(Headers(scope=scope).get("accept-encoding", ""))
        try:
            response = self._response(path.removeprefix("/"), slug, encoding)
        except StoryError as error:
            told = f"This story cannot be told yet: {len(error.faults)} faults in its files."
            response = Response(told, HTTPStatus.SERVICE_UNAVAILABLE, {"Cache-Control": "no-store"}, "text/plain")
        await response(scope, receive, send)

    def _response(self, name: str, slug: str, encoding: str) -> Response:
        """The ready response for a file, or for the page where `name` is empty. Only what exists is kept."""
        bundle = self.find_bundle()
        slug = slug if slug in bundle.heads else ""
        key = (name, slug, encoding)
        if key in self.ready:
            return self.ready[key]
        content = bundle.files.get(name) if name else bundle.page(slug)
        if content is None:
            return Response("Not found", 404, {"Cache-Control": "no-store"}, "text/plain")
        media_type = MEDIA_TYPES[name.rsplit(".", 1)[-1] if name else "html"]
        headers = {"Cache-Control": FOREVER if name.count(".") > 1 else SHORTLY, "Vary": "Accept-Encoding"}
        headers["Access-Control-Allow-Origin"] = "*"
        if not name:
            headers["Content-Security-Policy"] = self.policy
        if encoding and media_type.startswith(PACKED_TYPES) and len(content) > SMALLEST_PACKED:
            content = pack(content, encoding)
            headers["Content-Encoding"] = encoding
        self.ready[key] = Response(content, 200, headers, media_type)
        return self.ready[key]


def _chapter(scope: Scope) -> str:
    """The first `chapter` of the query, whatever it is; the caller holds it against the known ones."""
    asked: bytes = scope["query_string"]
    return parse_qs(asked.decode("latin-1")).get("chapter", [""])[0]


class Safe:
    """Middleware: headers that keep what is sent from being misread, tracked or framed by whom we do not allow."""

    def __init__(self, app: ASGIApp, *, frame_ancestors: str) -> None:
        """`frame_ancestors`: who may frame our pages, as in a CSP; empty for everybody."""
        self.app = app
        self.frame_ancestors = frame_ancestors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to every HTTP response."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
                headers["Permissions-Policy"] = PERMISSIONS
                if self.frame_ancestors:
                    headers.setdefault("Content-Security-Policy", f"frame-ancestors {self.frame_ancestors}")
            await send(message)

        await self.app(scope, receive, send_safely)


class Whole(ABC):
    """Middleware that waits for the whole body of the responses it is asked to change, then sends them changed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    @abstractmethod
    def wants(self, path: str, scope: Scope, headers: MutableHeaders) -> bool:
        """Whether the body of the response to a request for `path` is to be changed."""

    @abstractmethod
    def change(self, scope: Scope, headers: MutableHeaders, body: bytes) -> bytes:
        """The body to send instead; the headers may be changed too."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, but hold back what `wants` names until it is whole."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        # Taken now: what answers below a mount changes the scope that we share with it.
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        held: list[Message] = []
        body = bytearray()

        async def hold(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if (
                    message["status"] == HTTPStatus.OK
                    and "content-encoding" not in headers
                    and self.wants(path, scope, headers)
                ):
                    held.append(message)
                    return
            if not held:
                await send(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                headers = MutableHeaders(scope=held[0])
                changed = self.change(scope, headers, bytes(body))
                headers["Content-Length"] = str(len(changed))
                await send(held[0])
                await send({"type": "http.response.body", "body": changed})

        await self.app(scope, receive, hold)


class Compressed(Whole):
    """Middleware: compresses text and scripts, which Streamlit leaves as they are; each content once."""

    def wants(self, path: str, scope: Scope, headers: MutableHeaders) -> bool:  # noqa: ARG002 - all paths alike
        """Text-like content, asked for by a client that takes it packed."""
        packed = best_encoding(Headers(scope=scope).get("accept-encoding", ""))
        kind = headers.get("content-type", "")
        return bool(packed) and kind.startswith(PACKED_TYPES) and not kind.startswith("text/event-stream")

    def change(self, scope: Scope, headers: MutableHeaders, body: bytes) -> bytes:
        """The body packed as well as the client takes it."""
        if len(body) < SMALLEST_PACKED:
            return body
        encoding = best_encoding(Headers(scope=scope).get("accept-encoding", ""))
        headers["Content-Encoding"] = encoding
        headers.add_vary_header("Accept-Encoding")
        return pack(body, encoding)


class EssayFirst(Whole):
    """Middleware: puts the essay and its card into the page that Streamlit sends for `/`, before any script."""

    def __init__(self, app: ASGIApp, *, find_bundle: Callable[[], Bundle]) -> None:
        """`find_bundle` gives the bundle, cached."""
        super().__init__(app)
        self.find_bundle = find_bundle

    def wants(self, path: str, scope: Scope, headers: MutableHeaders) -> bool:  # noqa: ARG002 - the path tells
        """Only the first page, at the address of the story."""
        return path in {"", "/"} and headers.get("content-type", "").startswith("text/html")

    def change(self, scope: Scope, headers: MutableHeaders, body: bytes) -> bytes:
        """Streamlit's page with our head instead of its title, and the essay before the end of its body."""
        try:
            bundle = self.find_bundle()
        except StoryError:
            return body  # the page itself tells what is wrong
        for stale in ("ETag", "Last-Modified", "Accept-Ranges"):
            if stale in headers:
                del headers[stale]
        slug = _chapter(scope)
        return first_page(body, bundle, slug if slug in bundle.heads else bundle.story.chapters[0].slug)


@lru_cache(maxsize=64)
def _first_page(body: bytes, head: str, essay: str) -> bytes:
    page = body.decode()
    page = page.replace('<html lang="en">', '<html lang="en" dir="ltr">', 1)
    page = page.replace('<div id="root">', '<div id="root" inert>', 1)  # until the component takes the story in
    page = page.replace("<title>Streamlit</title>", head, 1)
    # Streamlit's own files wait until the essay has come.
    later = STREAMLIT_FILES.findall(page)
    page = STREAMLIT_FILES.sub("", page)
    rest = "\n".join(later)
    return page.replace("</body>", f'<main id="essay-first">{essay}</main>\n{rest}\n</body>', 1).encode()


def first_page(body: bytes, bundle: Bundle, slug: str) -> bytes:
    """Streamlit's page `body` with the essay and the head's tags of a chapter in it."""
    return _first_page(body, bundle.shell_heads[slug], bundle.shell_body)
