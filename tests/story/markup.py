"""Reads HTML, XML and SVG back, to see what arbitrary text has become in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from hypothesis import strategies as st

MARKUP = "<script>alert(1)</script>"
HOSTILE = (
    MARKUP,
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "</title></style></textarea>--><b>",
    "</script><script>",
    "{{ 7 * 7 }}{% raw %}",
    "${alert(1)}`",
    "<!--",
    "]]>",
    "&lt;b&gt; &amp; &#60;",
    "javascript:alert(1)",
)

# Whatever a keyboard gives, and what an attacker would try; without control characters, which YAML refuses too.
letters = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=40)
hostile = st.one_of(
    st.sampled_from(HOSTILE),
    letters,
    st.builds("{}{}{}".format, letters, st.sampled_from(HOSTILE), letters),
).filter(str.strip)


@dataclass
class Read(HTMLParser):
    """The start tags of a page with their attributes, in order, and all of its text."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin as HTMLParser wants it."""
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.texts.append(data)

    @property
    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """The tags and the names of their attributes: what text must never change."""
        return [(tag, tuple(attributes)) for tag, attributes in self.tags]

    @property
    def text(self) -> str:
        """All text, joined."""
        return "".join(self.texts)


def read_html(page: str) -> Read:
    """Read a page or a part of one."""
    reader = Read()
    reader.feed(page)
    reader.close()
    return reader


def read_xml(document: str) -> ET.Element:
    """Read an XML document of our own; ParseError if it is not well formed."""
    return ET.fromstring(document)  # noqa: S314 - our own document


def shape_of_xml(document: str) -> list[tuple[str, tuple[str, ...]]]:
    """Give the elements of an XML document with the names of their attributes; ParseError if it is not well formed."""
    return [(element.tag, tuple(element.attrib)) for element in read_xml(document).iter()]
