"""Where a copy of the story is published: an absolute address taken from settings, never from what a request says.

Canonical links, social cards, oEmbed and citations name the story by this address. A request's Host header says only
what the one who sent it likes, so nothing here reads it.
"""

import os
import re
from dataclasses import replace
from urllib.parse import urlsplit

from story.faults import Fault, StoryError
from story.model import Story

VARIABLE = "STORY_ADDRESS"
SERVED_AT = "STORY_SERVED_AT"  # what app.py makes of Streamlit's own settings, for who sets nothing
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
_PATH = re.compile(r"/([\w.~-]+/)*", re.ASCII)


def parse_address(given: str, source: str = VARIABLE) -> str:
    """An absolute http(s) address in its plain form: host in lower case, no default port, a slash at the end.

    Raises StoryError, naming `source`, for anything else: another scheme, a user, a query, a fragment, odd characters.
    """
    try:
        parts = urlsplit(given.strip())
        host, port = (parts.netloc.rpartition("@")[2].lower(), parts.port)
    except ValueError:
        raise _refuse(given, source) from None
    path = f"{parts.path.rstrip('/')}/"
    name = host.removesuffix(f":{port}")
    odd = parts.query or parts.fragment or "@" in parts.netloc or parts.scheme not in {"http", "https"}
    if odd or not _HOST.fullmatch(name) or not _PATH.fullmatch(path) or {".", ".."} & set(path.split("/")):
        raise _refuse(given, source)
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{name}{'' if port in {None, usual} else f':{port}'}{path}"


def _refuse(given: str, source: str) -> StoryError:
    fault = Fault("settings", 0, source, repr(given[:80]), "an absolute address like https://example.org/story/")
    return StoryError([fault])


def find_address(otherwise: str = "") -> str:
    """The address of this copy: STORY_ADDRESS in the environment, else `otherwise`, else what the server knows.

    Empty where nobody says it; raises StoryError where it is no address.
    """
    said = {VARIABLE: os.environ.get(VARIABLE), "address": otherwise, SERVED_AT: os.environ.get(SERVED_AT)}
    return next((parse_address(given, source) for source, given in said.items() if given), "")


def own_sources(address: str) -> str:
    """What a Content-Security-Policy calls our own: `'self'`, and the host of the story's address, if it has one.

    In a frame that is sandboxed as ours are, WebKit of the first half of 2026 takes nothing for `'self'`.
    """
    parts = urlsplit(address)
    return f"'self' {parts.scheme}://{parts.netloc}" if address else "'self'"


def publish(story: Story, address: str, *, files_at: str = "embed/") -> Story:
    """The story as published at an address; `files_at` is the way from there to the reader's files."""
    return replace(story, settings=story.settings.model_copy(update={"address": address, "files_at": files_at}))
