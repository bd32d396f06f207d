"""Accents that an embed may take: named ones, or any colour, made dark or light enough to be read on both papers."""

import re

PAPERS = ("#fbf9f4", "#171614")  # the light and the dark page, as in web/reader.css
LEAST_CONTRAST = 4.8  # WCAG 2.2 AA asks for 4.5; some grounds are a shade off the paper
MIXES = 20
ACCENTS: dict[str, tuple[str, str]] = {
    "rust": ("#9c2f1f", "#ef8f7c"),
    "blue": ("#1f5a8c", "#8fbdf0"),
    "green": ("#23663f", "#86cfa0"),
    "violet": ("#6b3d8f", "#cbaaf0"),
    "grey": ("#4c463c", "#c9c1b5"),
}
_HEX = re.compile(r"#?[0-9a-f]{6}", re.ASCII | re.IGNORECASE)
_LOW, _LINEAR = 0.04045, 12.92


def read_accent(given: str) -> str:
    """The name of an accent, or six hexadecimal digits in lower case; empty for anything else."""
    if given in ACCENTS:
        return given
    return given.removeprefix("#").lower() if _HEX.fullmatch(given) else ""


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` as WCAG defines it, 0 to 1."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / _LINEAR if one <= _LOW else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours `#rrggbb` as WCAG defines it, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def guard_accent(accent: str) -> tuple[str, str]:
    """The colours of an accent on the light and on the dark page: as given, or mixed with ink until they can be read.

    `accent` as `read_accent` gives it. web/embedding.js does the same.
    """
    if accent in ACCENTS:
        return ACCENTS[accent]
    light, dark = (_mixed(f"#{accent}", ink, paper) for ink, paper in zip((0, 255), PAPERS, strict=True))
    return light, dark


def _mixed(colour: str, ink: int, paper: str) -> str:
    """The colour with as little of the ink (0 to 255, grey) as makes it legible on the paper."""
    channels = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    for step in range(MIXES + 1):
        mixed = "#" + "".join(f"{(one * (MIXES - step) + ink * step) // MIXES:02x}" for one in channels)
        if contrast(mixed, paper) >= LEAST_CONTRAST:
            return mixed
    raise ValueError(paper)  # black and white can be read on either


def accent_css() -> str:
    """Rules that give the story's root the named accents, where it says `data-accent`."""
    rules = (
        f'.story[data-accent="{name}"]{{--accent:light-dark({light},{dark})}}'
        for name, (light, dark) in ACCENTS.items()
    )
    return "".join(rules)
