"""Answers of Streamlit's made anew: its files packed, the essay in its first page; each once, beside the event loop."""

import asyncio
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable
from functools import partial
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from story.answer import Answer, AnswerCache
from story.bundle import Bundle
from story.faults import StoryError
from story.once import in_thread
from story.packing import BEST, GOOD, best_encoding, is_packed, pack
from story.serve import METHODS, BundleFinder, asked_chapter

STREAMLIT_FILES = re.compile(
    r"<link\s[^>]*rel=\"(?:modulepreload|preload)\"[^>]*>|<script type=\"module\"[^>]*></script>"
)
MOST_BYTES = 48_000_000  # Streamlit's files are 9 MB packed, in each of two ways
# What the answer that we make says itself, or what no longer holds for it.
_NOT_KEPT = {"content-length", "content-encoding", "etag", "last-modified", "accept-ranges", "vary", "date"}
# What makes an answer depend on what the client has already, or shows only a part of it.
_CONDITIONS = (b"accept-encoding", b"range", b"if-")


class Remade(ABC):
    """Middleware that makes some answers anew and keeps them, by address and by the ETag of what they are made from."""

    def __init__(self, app: ASGIApp, *, home: str = "") -> None:
        """`home` is the path of the app, without a slash at the end."""
        self.app, self.home = app, home
        self.answers = AnswerCache(MOST_BYTES)

    @abstractmethod
    def wants(self, path: str, scope: Scope) -> bool:
        """Whether the answer to a request for `path` may be made anew."""

    @abstractmethod
    async def plan(self, scope: Scope) -> tuple[Hashable, Callable[[bytes, dict[str, str]], Answer]] | None:
        """What besides the address makes answers differ, and what makes one from a body and its headers.

        None where the answer is to stay as it is.
        """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on but what `wants` names."""
        wanted = scope["type"] == "http" and scope["method"] in METHODS and self.wants(scope["path"], scope)
        planned = await self.plan(scope) if wanted else None
        if planned is None:
            await self.app(scope, receive, send)
            return
        differs, make = planned
        status, headers, _ = await fetch(self.app, scope, "HEAD")
        if status != HTTPStatus.OK or "etag" not in headers:
            await self.app(scope, receive, send)
            return
        key = (scope["path"], headers["etag"], differs)
        await (await self.answers.get(key, partial(self._make, scope, make)))(scope, receive, send)

    async def _make(self, scope: Scope, make: Callable[[bytes, dict[str, str]], Answer]) -> Answer:
        _, headers, body = await fetch(self.app, scope, "GET")
        return await in_thread(partial(make, body, headers))


async def fetch(app: ASGIApp, scope: Scope, method: str) -> tuple[int, dict[str, str], bytes]:
    """The whole answer of an application, unpacked: status, headers that speak of it, body."""
    told = [each for each in scope["headers"] if not each[0].startswith(_CONDITIONS)]
    inbox: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]
    sent: list[Message] = []

    async def receive() -> Message:
        return inbox.pop() if inbox else await asyncio.Future()  # a client that says no more, and stays

    async def send(message: Message) -> None:
        sent.append(message)

    await app({**scope, "method": method, "headers": told}, receive, send)
    start, *parts = sent
    return start["status"], dict(Headers(raw=start["headers"])), b"".join(part.get("body", b"") for part in parts)


def _kept(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in _NOT_KEPT}


class PackedFiles(Remade):
    """Middleware: packs the files of Streamlit's pages, which Streamlit leaves as they are."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Make what `wants` names anew; say of the other files that they come in several forms."""

        async def send_told(message: Message) -> None:
            if message["type"] == "http.response.start" and "vary" not in Headers(raw=message["headers"]):
                message = {**message, "headers": [*message["headers"], (b"vary", b"Accept-Encoding")]}
            await send(message)

        ours = scope["type"] == "http" and scope["path"].startswith(f"{self.home}/static/")
        await super().__call__(scope, receive, send_told if ours else send)

    def wants(self, path: str, scope: Scope) -> bool:
        """Whole files, for who takes them packed."""
        headers = Headers(scope=scope)
        packed = best_encoding(headers.get("accept-encoding", ""))
        return bool(packed) and path.startswith(f"{self.home}/static/") and "range" not in headers

    async def plan(self, scope: Scope) -> tuple[Hashable, Callable[[bytes, dict[str, str]], Answer]] | None:
        """Packed as the client takes it."""
        encoding = best_encoding(Headers(scope=scope).get("accept-encoding", ""))
        return encoding, partial(_packed, encoding, GOOD)


def _packed(encoding: str, levels: tuple[int, int], body: bytes, headers: dict[str, str]) -> Answer:
    told = _kept(headers) | {"vary": "Accept-Encoding"}
    if not encoding or not is_packed(headers.get("content-type", ""), body):
        return Answer.of(body, told)
    return Answer.of(pack(body, encoding, levels), told | {"content-encoding": encoding})


class EssayFirst(Remade):
    """Middleware: puts the essay and its card into the page that Streamlit sends for `/`, before any script."""

    def __init__(self, app: ASGIApp, *, find_bundle: Callable[[], Bundle], home: str = "") -> None:
        """`find_bundle` gives the bundle, cached; `home` is the path of the app, without a slash at the end."""
        super().__init__(app, home=home)
        self.find_bundle = BundleFinder(find_bundle)

    def wants(self, path: str, scope: Scope) -> bool:  # noqa: ARG002 - the path tells
        """Only the first page, at the address of the story."""
        return path in {self.home, f"{self.home}/"}

    async def plan(self, scope: Scope) -> tuple[Hashable, Callable[[bytes, dict[str, str]], Answer]] | None:
        """With the chapter that is asked for; a story with faults is told by the page itself."""
        try:
            bundle = await self.find_bundle()
        except StoryError:
            return None
        slug, encoding = asked_chapter(scope), best_encoding(Headers(scope=scope).get("accept-encoding", ""))
        slug = slug if slug in bundle.heads else bundle.story.chapters[0].slug
        return (slug, encoding), partial(_with_essay, bundle, slug, encoding)


def _with_essay(bundle: Bundle, slug: str, encoding: str, body: bytes, headers: dict[str, str]) -> Answer:
    if not headers.get("content-type", "").startswith("text/html"):
        return Answer.of(body, _kept(headers))
    return _packed(encoding, BEST, first_page(body, bundle, slug), headers)


def first_page(body: bytes, bundle: Bundle, slug: str) -> bytes:
    """Streamlit's page `body` with our head instead of its title, and the essay before the end of its body."""
    page = body.decode()
    page = page.replace('<html lang="en">', '<html lang="en" dir="ltr">', 1)
    page = page.replace('<div id="root">', '<div id="root" inert>', 1)  # until the component takes the story in
    page = page.replace("<title>Streamlit</title>", bundle.shell_heads[slug], 1)
    # Streamlit's own files wait until the essay has come.
    later = STREAMLIT_FILES.findall(page)
    page = STREAMLIT_FILES.sub("", page)
    essay, rest = bundle.shell_body, "\n".join(later)
    return page.replace("</body>", f'<main id="essay-first">{essay}</main>\n{rest}\n</body>', 1).encode()
