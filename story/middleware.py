"""Middleware around the whole app: what keeps it safe, our own routes ahead of Streamlit's."""

from collections.abc import Sequence
from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.routing import BaseRoute, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from story.answer import Answer

UNUSED = "accelerometer browsing-topics camera display-capture geolocation gyroscope microphone midi payment usb"
# For pages whose script Streamlit brings, inline styles and all: what no page of ours needs.
APP_POLICY = "object-src 'none'; base-uri 'self'; form-action 'self'"
MOST_REQUEST_BYTES = 65_536
CLOSING = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store", "Connection": "close"}
TOO_LONG = Answer.of(b"This address is too long.", CLOSING, HTTPStatus.REQUEST_URI_TOO_LONG)
TOO_LARGE = Answer.of(b"These headers are too large.", CLOSING, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
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
                message = {**message, "headers": list(message["headers"])}  # whoever sent it may keep his own
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"
                headers["Permissions-Policy"] = PERMISSIONS
                headers.setdefault("Content-Security-Policy", self.policy)
            await send(message)

        await self.app(scope, receive, send_safely)


class Bounded:
    """Middleware: refuses requests whose address or headers are larger than any browser's."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 414 or 431 and close the connection; pass everything else on."""
        app = self.app
        if scope["type"] == "http":
            if len(scope["path"]) + len(scope["query_string"]) > MOST_REQUEST_BYTES:
                app = TOO_LONG
            elif sum(len(name) + len(value) for name, value in scope["headers"]) > MOST_REQUEST_BYTES:
                app = TOO_LARGE
        await app(scope, receive, send)


class OwnRoutes:
    """Middleware: answers at our own addresses, before anything that Streamlit puts around its own answers."""

    def __init__(self, app: ASGIApp, *, routes: Sequence[BaseRoute]) -> None:
        """`routes` are ours; whatever they do not know is passed on."""
        self.app, self.router = app, Router(routes, redirect_slashes=False, default=app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request over HTTP; sessions and the start of the app are not ours."""
        await (self.router if scope["type"] == "http" else self.app)(scope, receive, send)


class HeadLikeGet:
    """Middleware: answers HEAD with the headers of GET, also those that come of packing the body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask for the whole in place of the head alone, and leave the body out."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self.app({**scope, "method": "GET"}, receive, send_head)
