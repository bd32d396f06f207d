"""Sessions: for pages of this site alone, asked for by a name that is ours."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.sessions import MOST_TOLD, OwnSessions, hosts_of, is_ours, machine_names, opened_by

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS = frozenset({"story.example", "news.example", "*.school.example", "localhost"})


def open_session(app: ASGIApp, origin: str | None, host: str) -> list[str]:
    """Ask for a session; give what was sent."""
    sent: list[str] = []

    async def send(message: Message) -> None:
        sent.append(message["type"])

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    headers = [(b"host", host.encode())] + ([(b"origin", origin.encode())] if origin is not None else [])
    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": headers}
    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
    return sent


async def accepting(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - ASGI's three
    """Open whatever is asked for."""
    await send({"type": "websocket.accept"})


@pytest.mark.parametrize(
    ("origin", "host", "opens"),
    [
        (None, "story.example", True),
        ("https://story.example", "story.example", True),
        ("http://story.example:8501", "story.example:8501", True),
        ("https://STORY.example", "Story.Example.", True),
        ("https://news.example", "story.example", True),
        ("https://news.example:444", "story.example", True),
        ("https://class.school.example", "story.example", True),
        ("https://class.school.example", "class.school.example", True),
        ("http://192.168.1.7:8501", "192.168.1.7:8501", True),
        ("http://[fd00::7]:8501", "[fd00::7]:8501", True),
        ("http://localhost:8501", "127.0.0.1:8501", True),
        # A page of another site, its name led to this machine: origin and host are one.
        ("http://evil.example", "evil.example", False),
        ("http://evil.example:8501", "evil.example:8501", False),
        ("http://school.example", "school.example", False),
        ("http://192.168.1.7.evil.example", "192.168.1.7.evil.example", False),
        (None, "evil.example", False),
        (None, "", False),
        ("http://evil.example", "192.168.1.7:8501", False),
        ("http://192.168.1.8:8501", "192.168.1.7:8501", False),
        ("https://story.example:8502", "story.example:8501", True),
        ("https://evil.example", "story.example", False),
        ("https://story.example.evil.example", "story.example", False),
        ("https://story.example@evil.example", "story.example", False),
        ("https://story.example", "story.example@evil.example", False),
        ("null", "story.example", False),
        ("", "story.example", False),
        ("https://[", "[", False),
    ],
)
def test_a_session_is_opened_by_pages_of_this_site_alone(origin: str | None, host: str, *, opens: bool) -> None:
    sent = open_session(OwnSessions(accepting, find_hosts=lambda: HOSTS), origin, host)
    assert sent == [f"websocket.{'accept' if opens else 'close'}"]


def test_without_a_list_everybody_may() -> None:
    app = OwnSessions(accepting, find_hosts=lambda: None)
    assert open_session(app, "https://evil.example", "evil.example") == ["websocket.accept"]


def test_the_names_are_found_once_and_refusals_are_told_once_and_not_without_end(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found: list[bool] = []

    def find() -> frozenset[str]:
        found.append(True)
        return HOSTS

    app = OwnSessions(accepting, find_hosts=find)
    for number in range(2 * MOST_TOLD):
        for _ in range(3):
            open_session(app, None, f"evil{number}.example\x1b[2J")
    told = capsys.readouterr().out.splitlines()
    assert (len(found), len(told)) == (1, MOST_TOLD)
    assert all("STORY_ADDRESS" in line and "\x1b" not in line for line in told)


def test_this_machine_is_known_by_its_own_names_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "Lamp.lan")
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: pytest.fail("asked a network"))
    assert machine_names() == {"localhost", "127.0.0.1", "::1", "lamp.lan", "lamp.local"}


def test_hosts_are_taken_from_addresses_and_bare_names() -> None:
    told = ["https://Story.example:444/x/", "news.example", "*.school.example", "", "http://[::1]:80/", "https://["]
    assert hosts_of(told) == {"story.example", "news.example", "*.school.example", "::1"}


@given(st.text(max_size=80), st.text(max_size=30))
def test_any_origin_and_host_is_judged(origin: str, host: str) -> None:
    assert opened_by(origin, host, frozenset()) in {True, False}
    assert is_ours(host, frozenset()) in {True, False}
