"""Which pictures of a story go out, under which names, and where a drawn one is kept.

Drawing takes matplotlib and about a second, so nothing is drawn before somebody asks. The name of a card carries a hash
of all that it is drawn from, so that a page can name a card which does not exist yet; once drawn it is kept on the disk
of the machine for the next process, and drawn again only when the story, the map or this code has changed.
"""

import contextlib
import hashlib
import os
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Literal

from story.model import Story

Kind = Literal["card", "square", "poster", "print", "vector"]
KEPT_IN = "STORY_CACHE"
PRINTS: frozenset[Kind] = frozenset({"print", "vector"})
CARDS: frozenset[Kind] = frozenset({"card", "square", "poster"})
ALL = CARDS | PRINTS
_HERE = Path(__file__).parent
_CODE = ("cards", "keys", "lettering", "plate", "prints", "flows", "land", "legend", "strokes", "window")
_DRAWING = Lock()  # one at a time: matplotlib asks for it, and readers want the processor too


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of a chapter: `path` below the reader's address, `key` a hash of what it is drawn from."""

    slug: str
    kind: Kind
    path: str
    key: str

    @property
    def keep_name(self) -> str:
        """The name of the file that it is kept in."""
        return f"{self.slug}-{self.kind}.{self.key}.{self.path.rpartition('.')[2]}"


def plan_pictures(story: Story, language: str, drawn_from: str, *, kinds: frozenset[Kind] = ALL) -> dict[str, Picture]:
    """Every picture of a story in a language by its path, of these kinds.

    `drawn_from` is all that the map and the words hold.
    """
    key = hashlib.sha256(f"{_made_by()}{language}{drawn_from}".encode()).hexdigest()[:10]
    suffix = "" if language == story.settings.languages[0] else f"-{language}"
    found = []
    for chapter in story.chapters:
        name = f"{chapter.slug}{suffix}"
        found += [
            Picture(chapter.slug, "card", f"cards/{name}.{key}.png", key),
            Picture(chapter.slug, "square", f"cards/{name}-square.{key}.png", key),
            Picture(chapter.slug, "poster", f"cards/{name}.webp", key),  # no hash: other pages name it for years
            Picture(chapter.slug, "print", f"pictures/{name}.png", key),
            Picture(chapter.slug, "vector", f"pictures/{name}.svg", key),
        ]
    return {picture.path: picture for picture in found if picture.kind in kinds}


@lru_cache(maxsize=1)
def _made_by() -> str:
    """The code that draws, and what it draws with."""
    libraries = [f"{name} {version(name)}" for name in ("matplotlib", "pillow", "geopandas", "shapely")]
    return "".join([*libraries, *((_HERE / f"{name}.py").read_text() for name in _CODE)])


def find_picture(story: Story, picture: Picture, language: str) -> bytes:
    """A picture from the disk, or drawn and then kept there. Takes seconds where it has to be drawn."""
    with _DRAWING:
        content = find_kept(story, picture)
        if content is None:
            content = _draw(story, picture, language)
            if folder := _folder(story):
                _keep(folder / picture.keep_name, content)
        return content


def find_kept(story: Story, picture: Picture) -> bytes | None:
    """A picture from the disk; None where it has not been drawn yet."""
    folder = _folder(story)
    with contextlib.suppress(OSError):  # not there, or another process has just replaced it
        return (folder / picture.keep_name).read_bytes() or None if folder else None
    return None


def _draw(story: Story, picture: Picture, language: str) -> bytes:
    # Only now: matplotlib would add a second to every start.
    scene = import_module("story.scene").build_scene(story)
    chapter = next(chapter for chapter in story.chapters if chapter.slug == picture.slug)
    drawn: bytes
    match picture.kind:
        case "card" | "square":
            square = picture.kind == "square"
            drawn = import_module("story.cards").draw_card(story, chapter, scene, language, square=square)
        case "poster":
            drawn = import_module("story.cards").draw_poster(story, chapter, scene, language)
        case "print":
            drawn = import_module("story.prints").draw_print(story, chapter, scene, language)
        case "vector":
            drawn = import_module("story.prints").draw_vector(story, chapter, scene, language)
    return drawn


def _folder(story: Story) -> Path | None:
    """Where the story's pictures are kept, made where it is missing; None on a machine that lets us keep nothing."""
    given = os.environ.get(KEPT_IN) or os.environ.get("CACHE_DIRECTORY")  # systemd says the latter
    try:
        home = Path(given) if given else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        folder = (home if given else home / "the-line-between") / story.settings.id
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return folder


def _keep(path: Path, content: bytes) -> None:
    """Write a picture in one step, then remove those of the same name that were drawn from something else."""
    with contextlib.suppress(OSError):  # a full disk, or one that lets us write nothing: it is drawn again
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            written = Path(file.name)
            try:
                file.write(content)
                file.flush()
            except OSError:
                written.unlink()
                raise
        written.replace(path)
        name, _, ending = path.name.split(".")
        for other in path.parent.glob(f"{name}.*.{ending}"):
            if other != path:
                other.unlink(missing_ok=True)
