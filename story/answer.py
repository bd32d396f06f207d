"""An answer over HTTP that may be kept: whole, with its validator, and out of reach of whoever passes it on."""

import hashlib
import re
from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from story.once import Once

_TAGS = re.compile(r'(?:W/)?("[^"]*")')
# What speaks of a body, which an answer without one has not.
_OF_THE_BODY = (b"content-length", b"content-type", b"content-encoding")


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body; each who is sent it gets a list of headers of his own.

    A good answer has an ETag made of its bytes, so that each of its packed forms has another. Ranges are refused by
    the standard: the whole comes instead (RFC 9110, 14.2).
    """

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes = field(repr=False)
    tag: str

    @classmethod
    def of(cls, body: bytes, headers: Mapping[str, str], status: int = HTTPStatus.OK) -> "Answer":
        """An answer with these headers, and its length and validator."""
        tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"' if status == HTTPStatus.OK else ""
        whole = {**headers, "Content-Length": str(len(body))}
        if tag:
            whole |= {"ETag": tag, "Accept-Ranges": "none"}
        raw = tuple((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in whole.items())
        return cls(status, raw, body, tag)

    @classmethod
    def unmade(cls, headers: Mapping[str, str]) -> "Answer":
        """The answer to HEAD for what is not made yet, and shall not be for it: without length and validator."""
        raw = tuple((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items())
        return cls(HTTPStatus.OK, raw, b"", "")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's three
        """Send it, or 304 to who has it already; to HEAD without its body."""
        headers, status, body = list(self.headers), self.status, self.body
        if self.tag and has_it_already(Headers(scope=scope).get("if-none-match", ""), self.tag):
            headers = [each for each in headers if each[0] not in _OF_THE_BODY]
            status, body = HTTPStatus.NOT_MODIFIED, b""
        await send({"type": "http.response.start", "status": int(status), "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def has_it_already(said: str, tag: str) -> bool:
    """Whether an If-None-Match header names this ETag, compared weakly, or any (`*`)."""
    return bool(said) and (said.strip() == "*" or tag in _TAGS.findall(said))


class AnswerCache:
    """Answers by what was asked: each made once, the latest used kept, up to so many bytes of bodies."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes, self.bytes = most_bytes, 0
        self.kept: dict[Hashable, Answer] = {}  # the latest used at the end
        self._making: Once[Answer] = Once()

    def find(self, key: Hashable) -> Answer | None:
        """The answer that is kept, if there is one."""
        answer = self.kept.pop(key, None)
        if answer is not None:
            self.kept[key] = answer
        return answer

    async def get(self, key: Hashable, make: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer that is kept, or else the one that `make` gives, once for all who ask meanwhile."""
        return self.find(key) or self.keep(key, await self._making.run(key, make))

    def keep(self, key: Hashable, answer: Answer) -> Answer:
        """Keep an answer in place of those that were not asked for longest."""
        if key not in self.kept and len(answer.body) <= self.most_bytes:
            self.kept[key] = answer
            self.bytes += len(answer.body)
            while self.bytes > self.most_bytes:
                self.bytes -= len(self.kept.pop(next(iter(self.kept))).body)
        return answer
