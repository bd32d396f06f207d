"""The reader's style sheet: Leaflet's, the palette of a story, and the files of web/ in their order."""

import base64
import hashlib
import re
from pathlib import Path

from xstatic.pkg import leaflet

from story.accents import accent_css
from story.model import Story
from story.templates import WEB
from story.viewpoint import viewpoint_css

STYLES = ("map", "reader", "evidence", "frame", "print")
REMARK = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
BESIDE = "/* beside.css stands here. */"
# Where text and map stand beside each other: (media query, which stories). A frame that is as high as its content must
# not ask for its height, or it would change for ever.
_WHERE_BESIDE = (
    (
        "(min-width: 820px) and (min-aspect-ratio: 1/1), (min-width: 560px) and (max-height: 480px)",
        "{}:not([data-layout], [data-height])",
    ),
    ("(min-width: 820px)", '{}[data-height="auto"]:not([data-layout])'),
    ("(min-width: 480px)", '{}[data-layout="side"]'),
)


def write_css(story: Story) -> str:
    """The whole style sheet of a story's reader, without its remarks."""
    own = {name: (WEB / f"{name}.css").read_text() for name in STYLES}
    own["reader"] = own["reader"].replace(BESIDE, beside_css())
    css = "\n".join([(Path(leaflet.BASE_DIR) / "leaflet.css").read_text(), palette_css(story), *own.values()])
    return REMARK.sub("", css)


def hash_source(text: str) -> str:
    """How a Content-Security-Policy names a style or a script that stands in the page itself: by its SHA-256."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def beside_css() -> str:
    """The rules of web/beside.css for each of the cases in which a story stands so, none stronger than they are."""
    rules = (WEB / "beside.css").read_text()
    return "".join(f"@media {media}{{:where({which.format('.story')}){{{rules}}}}}\n" for media, which in _WHERE_BESIDE)


def palette_css(story: Story) -> str:
    """The palette as custom properties, each colour for both themes, a class that picks one; accents; viewpoints."""
    inks = story.settings.palette.items()
    variables = "".join(f"--ink-{name}:light-dark({ink.light},{ink.dark});" for name, ink in inks)
    classes = "".join(f".story .ink-{name}{{--ink:var(--ink-{name})}}" for name, _ in inks)
    return f".story{{{variables}}}{classes}{accent_css()}{viewpoint_css(story.viewpoints)}"
