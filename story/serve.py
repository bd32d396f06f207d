"""Serves the story over HTTP: the bare page and its files below /embed/, from memory, and answers to oEmbed."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from urllib.parse import parse_qs

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from story import oembed
from story.address import own_sources
from story.answer import Answer, AnswerCache
from story.bundle import Bundle
from story.drawing_pool import BusyError, DrawingPool, draw_for
from story.drawing_process import LostError
from story.embedding import PRESENT, read_options, write_query
from story.faults import StoryError
from story.once import Once, in_thread
from story.packing import BEST, QUICK, best_encoding, is_packed, pack
from story.pictures import PRINTS, find_kept
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
PAGE = "/index.html"  # the bare page by the name that it has in a folder, where the pages beside it look for it
FOREVER = "public, max-age=31536000, immutable"
SHORTLY = "public, max-age=300"
METHODS = ("GET", "HEAD")
# Kept are all files, every chapter's page and the cards, each in its three forms; and of the pages that are asked for
# in other ways, of which there are more than memory, the latest.
READY_BYTES, VARIANT_BYTES = 96_000_000, 16_000_000
# What is public may be read and shown by any site, also one that isolates itself from others.
OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
PLAIN = {"Cache-Control": "no-store", "Content-Type": "text/plain; charset=utf-8"}
LOST = Answer.of(b"Not found", PLAIN | OPEN, HTTPStatus.NOT_FOUND)  # a frame without an origin may see it too
BUSY = Answer.of(
    b"Others have asked for pictures that are not drawn yet. Please ask again in a moment.",
    PLAIN | {"Retry-After": "15"},  # seconds: what waits then is drawn
    HTTPStatus.SERVICE_UNAVAILABLE,
)


def content_policy(frame_ancestors: str, address: str, style: str) -> str:
    """The Content-Security-Policy of the bare page: its own files and its one `style`, framed by whom we allow.

    `address` is the story's, or empty; `style` names the style by its hash. Without a list anybody may frame it: no
    directive then, for even `*` shuts out a page on a disk.
    """
    own = own_sources(address)
    return (
        f"default-src 'none'; script-src {own}; style-src {own} {style}; img-src {own} data:; connect-src {own}; "
        "base-uri 'none'; form-action 'none'" + (f"; frame-ancestors {frame_ancestors}" if frame_ancestors else "")
    )


class BundleFinder:
    """Finds the bundle without keeping the event loop waiting: reading the story takes seconds, once."""

    def __init__(self, find_bundle: Callable[[], Bundle]) -> None:
        """`find_bundle` gives the bundle, or raises StoryError."""
        self.find_bundle = find_bundle
        self._found: Bundle | None = None
        self._reading: Once[Bundle] = Once()

    async def __call__(self) -> Bundle:
        """The bundle; where the story has faults StoryError, until it has none."""
        if self._found is None:
            self._found = await self._reading.run("bundle", partial(in_thread, self.find_bundle))
        return self._found


class Reader:
    """The ASGI application below /embed/: the bare page and a story's files, from memory."""

    def __init__(
        self,
        find_bundle: Callable[[], Bundle],
        *,
        frame_ancestors: str,
        at: str = "/embed",
        pool: DrawingPool | None = None,
    ) -> None:
        """`find_bundle` gives the bundle, cached; `frame_ancestors`: who may frame the page, as in a CSP.

        `at` is the path at which this is mounted; `pool` draws pictures.
        """
        self.pool = pool or DrawingPool()
        self.find_bundle, self.at = BundleFinder(find_bundle), at
        self.frame_ancestors = frame_ancestors
        self.ready, self.variants = AnswerCache(READY_BYTES), AnswerCache(VARIANT_BYTES)

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
        name = "" if path == PAGE else path.removeprefix("/")
        try:
            bundle = await self.find_bundle()
            if name:
                answer = await self._file(bundle, name, encoding) or await self._picture(bundle, name, scope, receive)
            else:
                answer = await self._page(bundle, scope["query_string"].decode("latin-1"), encoding)
        except StoryError as error:
            answer = _untold(error)
        await answer(scope, receive, send)

    async def _picture(self, bundle: Bundle, name: str, scope: Scope, receive: Receive) -> Answer:
        """The answer for a picture, drawn if need be, but not for HEAD; or that there is none of this name."""
        picture = bundle.pictures.get(name)
        if picture is None:
            return LOST
        if kept := self.ready.find(name):
            return kept
        headers = OPEN | {"Content-Type": MEDIA_TYPES[name.rpartition(".")[2]]}
        headers |= {"Cache-Control": FOREVER if name.count(".") > 1 else f"{SHORTLY}, no-transform"}
        content = await to_thread.run_sync(find_kept, bundle.story, picture)
        if content is None and scope["method"] == "HEAD":
            return Answer.unmade(headers)
        try:
            content = content or await draw_for(self.pool, bundle, picture, receive)
        except (BusyError, LostError):
            return BUSY
        if content is None:  # the client has gone
            return BUSY
        answer = Answer.of(content, headers)
        # Prints are asked for seldom and weigh a megabyte: the disk keeps them.
        return answer if picture.kind in PRINTS else self.ready.keep(name, answer)

    async def _file(self, bundle: Bundle, name: str, encoding: str) -> Answer | None:
        """The ready answer for a file. Only what exists is kept."""
        content = bundle.files.get(name) or bundle.atlas.files.get(name)
        if content is None:
            return None
        make = partial(self._answer, bundle, content, name, FOREVER if name.count(".") > 1 else SHORTLY, encoding)
        return await self.ready.get((name, encoding), partial(in_thread, make))

    async def _page(self, bundle: Bundle, query: str, encoding: str) -> Answer:
        """The answer for the page as a query asks for it. Every chapter's is kept, of all others the latest."""
        options = read_options(query, bundle.parameters) if query else {}
        if options.get("layout") == PRESENT and (stage := await self._file(bundle, STAGE, encoding)):
            return stage
        asked = write_query(options, bundle.parameters) if options else ""
        slug = options.get("chapter", "")
        if asked == write_query({"chapter": slug}, bundle.parameters):
            kept, levels = self.ready, BEST
        else:
            kept, levels = self.variants, QUICK

        def make() -> Answer:
            content = bundle.page_with(options) if kept is self.variants else bundle.page(slug)
            return self._answer(bundle, content, PAGE, SHORTLY, encoding, levels=levels)

        return await kept.get((asked, PAGE, encoding), partial(in_thread, make))

    def _answer(
        self, bundle: Bundle, content: bytes, name: str, cached: str, encoding: str, *, levels: tuple[int, int] = BEST
    ) -> Answer:
        """An answer with all its headers, packed."""
        media_type = MEDIA_TYPES[name.rpartition(".")[2]]
        headers = {"Content-Type": media_type, "Cache-Control": cached, "Vary": "Accept-Encoding"} | OPEN
        if media_type.startswith("text/html"):
            address = bundle.story.settings.address
            headers["Content-Security-Policy"] = content_policy(self.frame_ancestors, address, bundle.style_source)
        if encoding and is_packed(media_type, content):
            content = pack(content, encoding, levels)
            headers["Content-Encoding"] = encoding
        return Answer.of(content, headers)


def _untold(error: StoryError) -> Answer:
    faults = f"{len(error.faults)} fault{'s' if len(error.faults) > 1 else ''}"
    told = f"This story cannot be told yet: {faults} in its files."
    return Answer.of(told.encode(), PLAIN, HTTPStatus.SERVICE_UNAVAILABLE)


class Oembed:
    """The endpoint of oEmbed: answers for our own addresses, with 404 for any other and 501 for unknown formats."""

    def __init__(self, find_bundle: Callable[[], Bundle]) -> None:
        """`find_bundle` gives the bundle, cached."""
        self.find_bundle = BundleFinder(find_bundle)

    async def answer(self, request: Request) -> Answer | Response:
        """Answer one request; nothing of it but known ids and whole numbers comes back."""
        asked = request.query_params
        form = asked.get("format", "json")
        if form not in oembed.MEDIA_TYPES:
            return Response("Not implemented: format is json or xml", 501, {"Cache-Control": "no-store"}, "text/plain")
        try:
            bundle = await self.find_bundle()
        except StoryError as error:
            return _untold(error)
        target = oembed.find_target(asked.get("url", ""), bundle)
        if target is None:
            return LOST
        told = oembed.answer(bundle, target, (asked.get("maxwidth"), asked.get("maxheight")))
        # Not packed: there are as many answers as sizes to ask for, and a packed one is only worth it if kept.
        headers = OPEN | {"Cache-Control": f"{SHORTLY}, no-transform", "Content-Type": oembed.MEDIA_TYPES[form]}
        return Answer.of(oembed.write(told, form), headers)


def asked_chapter(scope: Scope) -> str:
    """The first `chapter` of the query, whatever it is; the caller holds it against the known ones."""
    asked: bytes = scope["query_string"]
    return parse_qs(asked.decode("latin-1")).get("chapter", [""])[0]
