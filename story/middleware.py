"""Middleware around the whole app: headers that keep it safe, compression, and the essay in the first page sent."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from story.bundle import Bundle
from story.faults import StoryError
from story.serve import PACKED_TYPES, SMALLEST_PACKED, asked_chapter, best_encoding, pack

STREAMLIT_FILES = re.compile(
    r"<link\s[^>]*rel=\"(?:modulepreload|preload)\"[^>]*>|<script type=\"module\"[^>]*></script>"
)
UNUSED = "accelerometer browsing-topics camera display-capture geolocation gyroscope microphone midi payment usb"
# For pages whose script Streamlit brings, inline styles and all: what no page of ours needs.
APP_POLICY = "object-src 'none'; base-uri 'self'; form-action 'self'"
PERMISSIONS = ", ".join(f"{feature}=()" for feature in UNUSED.split())


class Safe:
    """Middleware: headers that keep what is sent from being misread, tracked or framed by whom we do not allow."""

    def __init__(self, app: ASGIApp, *, frame_ancestors: str) -> None:
        """`frame_ancestors`: who may frame our pages, as in a CSP; empty for everybody."""
        self.app = app
        self.policy = APP_POLICY + (f"; frame-ancestors {frame_ancestors}" if frame_ancestors else "")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to every HTTP response."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"
                headers["Permissions-Policy"] = PERMISSIONS
                headers.setdefault("Content-Security-Policy", self.policy)
            await send(message)

        await self.app(scope, receive, send_safely)


class OwnSessions:
    """Middleware: opens a session (a websocket) only for pages of this site, whatever else listens behind it.

    Streamlit refuses others too, but first asks a server on the internet for the address of this machine, and nobody is
    served until that answers.
    """

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str] | None) -> None:
        """`hosts` may open sessions besides the host that was asked; None: everybody may."""
        self.app, self.hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on but a websocket that a page of another site opens."""
        if scope["type"] == "websocket" and self.hosts is not None:
            headers = Headers(scope=scope)
            if not opened_by(headers.get("origin"), headers.get("host", ""), self.hosts):
                await send({"type": "websocket.close", "code": 1008})
                return
        await self.app(scope, receive, send)


def opened_by(origin: str | None, host: str, hosts: frozenset[str]) -> bool:
    """Whether a page of `origin` is one of this site, asked as `host`, or of one of the other hosts."""
    if origin is None:  # no browser
        return True
    try:
        parts = urlsplit(origin)
        return bool(parts.netloc) and (parts.netloc == host or parts.hostname in hosts)
    except ValueError:
        return False


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
        """Text-like content that may be changed on the way, asked for by a client that takes it packed."""
        packed = best_encoding(Headers(scope=scope).get("accept-encoding", ""))
        kind, free = headers.get("content-type", ""), "no-transform" not in headers.get("cache-control", "")
        return bool(packed) and free and kind.startswith(PACKED_TYPES) and not kind.startswith("text/event-stream")

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

    def __init__(self, app: ASGIApp, *, find_bundle: Callable[[], Bundle], home: str = "") -> None:
        """`find_bundle` gives the bundle, cached; `home` is the path of the app, without a slash at the end."""
        super().__init__(app)
        self.find_bundle, self.home = find_bundle, home

    def wants(self, path: str, scope: Scope, headers: MutableHeaders) -> bool:  # noqa: ARG002 - the path tells
        """Only the first page, at the address of the story."""
        return path in {self.home, f"{self.home}/"} and headers.get("content-type", "").startswith("text/html")

    def change(self, scope: Scope, headers: MutableHeaders, body: bytes) -> bytes:
        """Streamlit's page with our head instead of its title, and the essay before the end of its body."""
        try:
            bundle = self.find_bundle()
        except StoryError:
            return body  # the page itself tells what is wrong
        for stale in ("ETag", "Last-Modified", "Accept-Ranges"):
            if stale in headers:
                del headers[stale]
        slug = asked_chapter(scope)
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
