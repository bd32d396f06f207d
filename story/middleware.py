"""Middleware around the whole app: what keeps it safe, and our own routes ahead of Streamlit's."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.routing import BaseRoute, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
                message = {**message, "headers": list(message["headers"])}  # whoever sent it may keep his own
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
