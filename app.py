"""The front door: starts Streamlit, serves the reader at /embed/, and puts the essay into the first page sent.

Start it with `streamlit run app.py`. The pages themselves are in `pages/`, beginning with `pages/frame.py`.
`FRAME_ANCESTORS` in the environment says who may frame the story (a CSP source list; everybody, if it is not set).
"""

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

from story.bundle import find_bundle
from story.faults import StoryError
from story.serve import Compressed, EssayFirst, Reader, Safe

FRAME = Path(__file__).parent / "pages" / "frame.py"
FRAME_ANCESTORS = os.environ.get("FRAME_ANCESTORS", "")
READER = Reader(find_bundle, frame_ancestors=FRAME_ANCESTORS)


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
    yield


app = st.App(
    FRAME,
    lifespan=warm,
    routes=[Route("/embed", READER), Mount("/embed", READER)],
    middleware=[
        Middleware(Safe, frame_ancestors=FRAME_ANCESTORS),
        Middleware(Compressed),
        Middleware(EssayFirst, find_bundle=find_bundle),
    ],
)
