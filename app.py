"""The front door: starts Streamlit, serves the reader at /embed/, and puts the essay into the first page sent.

Start it with `streamlit run app.py`. The pages themselves are in `pages/`, beginning with `pages/frame.py`.
In the environment, `STORY_ADDRESS` says where the story is published (`https://example.org/story/`) and
`FRAME_ANCESTORS` who may frame it (a CSP source list; everybody, if it is not set).
"""

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

from story.address import SERVED_AT
from story.bundle import find_bundle
from story.drawing_pool import find_pool
from story.faults import StoryError
from story.middleware import Bounded, HeadLikeGet, OwnRoutes, Safe
from story.process import end_soon, hold_many_connections
from story.remade import EssayFirst, PackedFiles
from story.serve import Oembed, Reader
from story.sessions import OwnSessions, hosts_of, machine_names


def configured_address(option: Any = st.get_option) -> str:
    """The address that Streamlit's own settings give this server; no request has a say in it."""
    scheme = "https" if option("server.sslCertFile") else "http"
    path = f"{option('server.baseUrlPath').strip('/')}/".lstrip("/")
    return f"{scheme}://{option('browser.serverAddress')}:{option('browser.serverPort')}/{path}"


def allowed_hosts(option: Any = st.get_option) -> frozenset[str] | None:
    """The hosts that are this site: the machine's own, and all that settings name; None where everybody may ask."""
    if not option("server.enableCORS"):
        return None
    told = [configured_address(option), *option("server.corsAllowedOrigins"), *(option("server.allowedHosts") or ())]
    with suppress(StoryError):
        told.append(find_bundle().story.settings.address)
    return machine_names() | hosts_of(told)


FRAME = Path(__file__).parent / "pages" / "frame.py"
FRAME_ANCESTORS = os.environ.get("FRAME_ANCESTORS", "")
HOME = f"/{st.get_option('server.baseUrlPath').strip('/')}".rstrip("/")
READER = Reader(find_bundle, frame_ancestors=FRAME_ANCESTORS, at=f"{HOME}/embed", pool=find_pool())
os.environ[SERVED_AT] = configured_address()


@asynccontextmanager
async def warm(_: Any) -> AsyncIterator[None]:
    """Read and draw the story before the first reader comes; a story with faults is told by the page instead."""
    try:
        find_bundle()
    except StoryError as error:
        print(error)
    # Streamlit collects all garbage after every run of a script: what stays for good need not be looked at again.
    gc.collect()
    gc.freeze()
    hold_many_connections()
    end_soon(find_pool().end)
    yield
    find_pool().end()


ROUTES = [
    Route(f"{HOME}/embed", READER),
    Mount(f"{HOME}/embed", READER),
    *(Route(f"{HOME}/{name}", READER) for name in ("claims.json", "robots.txt", "sitemap.xml")),
    Route(f"{HOME}/oembed", Oembed(find_bundle).answer),
]
app = st.App(
    FRAME,
    lifespan=warm,
    middleware=[
        Middleware(OwnSessions, find_hosts=allowed_hosts),
        Middleware(Safe, frame_ancestors=FRAME_ANCESTORS),
        Middleware(Bounded),
        Middleware(OwnRoutes, routes=ROUTES),
        Middleware(HeadLikeGet),
        Middleware(PackedFiles, home=HOME),
        Middleware(EssayFirst, find_bundle=find_bundle, home=HOME),
    ],
)
