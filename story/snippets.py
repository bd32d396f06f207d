"""What others paste into their pages to show the story: a frame, or a figure that our script makes one.

Both carry words and a link that stay where no server answers; the figure keeps its picture too.
"""

from base64 import b64encode
from dataclasses import dataclass
from urllib.parse import urlencode

from story.bundle import Bundle
from story.embedding import TO, Options, write_query
from story.head import chapter_title, describe
from story.model import Chapter
from story.page import render

WIDTH = "100%"
HEIGHTS_PX = {"auto": 680, "side": 680, "stacked": 760, "map": 520, "card": 560, "present": 680}  # by layout
POSTER_PX = (800, 420)
SCRIPT = "embed.js"


@dataclass(frozen=True, slots=True)
class Shown:
    """What is pasted: the chapter whose words and picture stand for it, the query of the frame, that of the link."""

    chapter: Chapter
    query: str
    link: str

    @classmethod
    def of(cls, bundle: Bundle, options: Options) -> "Shown":
        """What options ask for."""
        slugs = {chapter.slug: chapter for chapter in bundle.story.chapters}
        first = options["chapter"] or options["chapters"].partition(TO)[0]
        chapter = slugs.get(first) or bundle.story.chapters[0]
        link = urlencode({"chapter": chapter.slug}) if chapter.number else ""
        return cls(chapter, write_query(options, bundle.parameters), link)


def poster_address(bundle: Bundle, chapter: Chapter) -> str:
    """Where a chapter's poster lies."""
    path = next(one.path for one in bundle.pictures.values() if (one.slug, one.kind) == (chapter.slug, "poster"))
    return bundle.story.settings.files_address + path


def carry(picture: bytes) -> str:
    """A WebP picture as an address that has the picture in it, for pages that shall not depend on ours."""
    return f"data:image/webp;base64,{b64encode(picture).decode()}"


def frame_code(bundle: Bundle, shown: Shown, size: tuple[int | str, int | str]) -> str:
    """One line of HTML: a frame of a width and a height, in pixels or percent, and below it words and a link."""
    return _code(bundle, shown, width=size[0], height=size[1], script="", poster="")


def script_code(bundle: Bundle, shown: Shown, height_px: int, poster: str = "") -> str:
    """One line of HTML: a figure with picture, words and link, and the script that puts the frame in their place.

    `poster` is the picture's address, where it is not our own (`carry`).
    """
    script = bundle.story.settings.files_address + SCRIPT
    return _code(bundle, shown, width=WIDTH, height=height_px, script=script, poster=poster)


def _code(bundle: Bundle, shown: Shown, *, poster: str, **values: int | str) -> str:
    settings, chapter, language = bundle.story.settings, shown.chapter, bundle.language
    return render(
        "embed-code.html",
        source=settings.files_address + (f"?{shown.query}" if shown.query else ""),
        address=settings.address + (f"?{shown.link}" if shown.link else ""),
        title=chapter_title(bundle.story, chapter, language),
        description=describe(bundle.story, chapter, language),
        alt=chapter.texts[language].standfirst,
        poster=poster or poster_address(bundle, chapter),
        poster_px=POSTER_PX,
        lang=language,
        **values,
    ).strip()
