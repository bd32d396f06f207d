"""A chapter's text: from Markdown to clean HTML, and the words in it that carry a claim."""

import html
import re

import nh3
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(["smartquotes", "replacements"])


def render_prose(text: str) -> str:
    """Markdown as HTML without any raw HTML of its own, cleaned again afterwards."""
    return nh3.clean(_MARKDOWN.render(text))


def split_at(anchor: str, prose: str) -> tuple[str, str, str] | None:
    """The HTML before, in and after the one place where the words of an anchor stand; None unless there is just one.

    Words may be apart by any white space, but by no markup.
    """
    pattern = r"\s+".join(re.escape(html.escape(word, quote=False)) for word in anchor.split())
    found = list(re.finditer(pattern, prose))
    if len(found) != 1:
        return None
    start, end = found[0].span()
    return prose[:start], prose[start:end], prose[end:]
