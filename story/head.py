"""The head of a page that opens at a chapter: its words for search engines, social cards and oEmbed, its files."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from story.model import Chapter, Story
from story.page import Files, render
from story.settings import Settings
from story.templates import ours

CARD_PX = (1200, 630)


@dataclass(frozen=True, slots=True)
class Mount:
    """Where a page stands: `base` is the way to the reader's files, `served` whether our own server sends it.

    `style` is CSS to bring along, where the page's policy allows it, instead of a file that has to be fetched first,
    and without which nothing is seen; `noscript` the same for readers without scripts.
    """

    base: str = ""
    style: str = ""
    noscript: str = ""
    served: bool = True


def chapter_address(settings: Settings, chapter: Chapter) -> str:
    """The address at which the story opens at a chapter; relative where the story has none."""
    return settings.address + (f"?{urlencode({'chapter': chapter.slug})}" if chapter.number else "")


def chapter_title(story: Story, chapter: Chapter, language: str) -> str:
    """A chapter's title with the story's behind it; the opening is the story itself."""
    title = story.settings.title
    return f"{chapter.texts[language].title} · {title}" if chapter.number else title


def describe(story: Story, chapter: Chapter, language: str) -> str:
    """One sentence on what is read and seen at a chapter."""
    return chapter.texts[language].standfirst if chapter.number else story.settings.subtitle


def article(story: Story, chapter: Chapter, files: Files, language: str) -> dict[str, Any]:
    """The chapter as schema.org's Article (JSON-LD), a part of the story where it is not the opening."""
    settings = story.settings
    publisher = {"@type": "Organization", "name": settings.author}
    whole = {"@type": "Article", "@id": settings.address, "name": settings.title, "url": settings.address}
    return {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": chapter.texts[language].title if chapter.number else settings.title,
        "description": describe(story, chapter, language),
        "image": [settings.files_address + made[chapter.slug] for made in (files.cards, files.squares) if made],
        "url": chapter_address(settings, chapter),
        "inLanguage": language,
        "datePublished": settings.published,
        "version": files.version,
        "isAccessibleForFree": True,
        "author": publisher,
        "publisher": publisher,
    } | ({"isPartOf": whole, "position": chapter.number} if chapter.number else {})


def render_head(story: Story, chapter: Chapter, files: Files, *, language: str, mount: Mount) -> str:
    """The head's tags for a page that opens at `chapter`: title, description, social card, article, files.

    What can only be said with an absolute address is left out where the story has none.
    """
    settings = story.settings
    address = chapter_address(settings, chapter)
    return render(
        "head.html",
        story=settings,
        title=chapter_title(story, chapter, language),
        description=describe(story, chapter, language),
        address=address if settings.address else "",
        picture=(settings.files_address if settings.address else mount.base) + files.cards[chapter.slug]
        if files.cards
        else "",
        picture_px=CARD_PX,
        alt=chapter.texts[language].standfirst,
        article=article(story, chapter, files, language) if settings.address else None,
        oembed=f"{settings.address}oembed?url={quote(address, safe='')}" if settings.address and mount.served else "",
        files=files,
        base=mount.base,
        style=ours(mount.style),
        noscript=ours(mount.noscript),
    )
