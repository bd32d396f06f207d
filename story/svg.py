"""Builds SVG as a tree, so that every text and value in it is escaped."""

from collections.abc import Mapping
from xml.etree import ElementTree as ET

Node = ET.Element


def node(tag: str, attributes: Mapping[str, object] | None = None, *children: Node, text: str = "") -> Node:
    """An SVG element: its attributes as texts (those that are None left out), its children, its text."""
    made = ET.Element(tag, {name: str(value) for name, value in (attributes or {}).items() if value is not None})
    made.extend(children)
    made.text = text or None
    return made


def to_text(root: Node) -> str:
    """The element and all below it, written out."""
    return ET.tostring(root, encoding="unicode")
