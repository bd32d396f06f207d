"""Gathers all pictures of a story for an export: from the disk, or drawn in as many processes as there are cores."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

from story.bundle import Bundle
from story.model import Story
from story.pictures import Picture, find_kept, find_picture
from story.read import read_story

Tell = Callable[[str], None]


def gather_pictures(bundle: Bundle, folder: Path, *, processes: int, tell: Tell) -> dict[str, bytes]:
    """Every picture of a bundle by its path; `folder` holds the story's files, for the processes that draw.

    `tell` is given a line for each picture that had to be drawn, which takes a second or more.
    """
    kept = {path: find_kept(bundle.story, each) for path, each in bundle.pictures.items()}
    missing = [bundle.pictures[path] for path, content in kept.items() if content is None]
    drawn = _draw_in_turn if processes == 1 or len(missing) <= 1 else _draw_at_once
    for number, (picture, content) in enumerate(drawn(bundle, folder, missing, processes), 1):
        kept[picture.path] = content
        tell(f"picture {number} of {len(missing)}: {picture.path}")
    return {path: content for path, content in kept.items() if content is not None}


def _draw_in_turn(bundle: Bundle, _: Path, missing: list[Picture], __: int) -> Iterator[tuple[Picture, bytes]]:
    for picture in missing:
        yield picture, find_picture(bundle.story, picture, bundle.language)


def _draw_at_once(
    bundle: Bundle, folder: Path, missing: list[Picture], processes: int
) -> Iterator[tuple[Picture, bytes]]:
    # Spawned: a fork would copy the locks of whatever threads run here.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        coming = {pool.submit(_draw_there, folder, each, bundle.language): each for each in missing}
        for done in as_completed(coming):
            yield coming[done], done.result()


def _draw_there(folder: Path, picture: Picture, language: str) -> bytes:
    return find_picture(_told(folder), picture, language)


@lru_cache(maxsize=1)
def _told(folder: Path) -> Story:
    """The story, read once in each process; where it is published is in no picture."""
    return read_story(folder)
