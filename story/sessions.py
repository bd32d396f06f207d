"""Who may open a session (a websocket): pages of this site, asked for by a name that is ours."""

import ipaddress
import socket
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from functools import partial
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from story.once import Once, in_thread

LOOPBACK = ("localhost", "127.0.0.1", "::1")
MOST_TOLD = 20  # refused names in the log; anybody may make up more


class OwnSessions:
    """Middleware: opens a session only for pages of this site, whatever else listens behind it.

    The host that was asked must be ours too: a page of another site can have its own name lead to this machine (DNS
    rebinding), and would then be of one host with it. An address in digits is no name, and cannot be led elsewhere.

    Streamlit refuses others too, but first asks a server on the internet for the address of this machine, and nobody is
    served until that answers.
    """

    def __init__(self, app: ASGIApp, *, find_hosts: Callable[[], frozenset[str] | None]) -> None:
        """`find_hosts` gives the names that are ours, once, besides this machine's own; None: everybody may."""
        self.app = app
        self._find = partial(in_thread, find_hosts)
        self._found: list[frozenset[str] | None] = []
        self._finding: Once[frozenset[str] | None] = Once()
        self._told: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on but a websocket that is not opened by a page of ours."""
        if scope["type"] == "websocket":
            if not self._found:
                self._found = [await self._finding.run("hosts", self._find)]
            headers, hosts = Headers(scope=scope), self._found[0]
            host = headers.get("host", "")
            if hosts is not None and not (is_ours(host, hosts) and opened_by(headers.get("origin"), host, hosts)):
                self._tell(host, headers.get("origin"))
                await send({"type": "websocket.close", "code": 1008})
                return
        await self.app(scope, receive, send)

    def _tell(self, host: str, origin: str | None) -> None:
        told = f"Refused a session that a page of {origin!r:.80} asked of {host!r:.80}."
        if told not in self._told and len(self._told) < MOST_TOLD:
            self._told.add(told)
            print(f"{told} If that is your name for the story, set STORY_ADDRESS or Streamlit's server.allowedHosts.")


def machine_names() -> frozenset[str]:
    """What this machine calls itself, found without a network: its loopback and its own name, on a LAN too."""
    name = socket.gethostname().lower()
    return frozenset({*LOOPBACK, name, f"{name.partition('.')[0]}.local"})


def hosts_of(addresses: Iterable[str]) -> frozenset[str]:
    """The hosts that addresses or bare names name; `*.example.org` stands for every name below it."""
    return frozenset({_host(each.partition("://")[2].partition("/")[0] or each) for each in addresses} - {""})


def is_ours(host: str, hosts: frozenset[str]) -> bool:
    """Whether a Host header names one of these hosts, or is an address in digits."""
    name = _host(host)
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return bool(name) and any(fnmatchcase(name, each) for each in hosts)
    return True


def opened_by(origin: str | None, host: str, hosts: frozenset[str]) -> bool:
    """Whether a page of `origin` is one of this site, asked as `host`, or of one of the other hosts."""
    if origin is None:  # no browser
        return True
    try:
        netloc = urlsplit(origin).netloc
    except ValueError:
        return False
    name = _host(netloc)
    return bool(name) and (netloc == host or any(fnmatchcase(name, each) for each in hosts))


def _host(netloc: str) -> str:
    """The bare host of `host:port`, in lower case; empty where there is none or something odd stands beside it."""
    try:
        parts = urlsplit(f"//{netloc}")
        _ = parts.port
    except ValueError:
        return ""
    odd = parts.username is not None or parts.path or parts.query or parts.fragment
    return "" if odd else (parts.hostname or "").rstrip(".")
