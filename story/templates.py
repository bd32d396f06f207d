"""The HTML templates in `web/`: all text that they are given is escaped."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

WEB = Path(__file__).parent / "web"
TEMPLATES = Environment(
    loader=FileSystemLoader(WEB),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)


def ours(html: str) -> Markup:
    """HTML that our own templates have made and escaped, as a part of another template."""
    return Markup(html)  # noqa: S704 - only ever given what a template of ours, nh3 or ElementTree has escaped
