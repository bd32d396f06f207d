"""Our own voice: the words that take a side, which may stand in quotation marks only."""

from __future__ import annotations

import re

# Words that take a side, in our own voice; what stands in quotation marks is somebody else's.
LOADED = re.compile(
    r"\b(martyr\w*|terrorists?|regimes?|jihadis?\w*|extremists?|infidels?|thugs?|barbaric|heinous|cowardly|heroic\w*|"
    r"brutal\w*|massacre\w*|slaughter\w*|puppets?|khawarij|(?<!ul-)fitna\w*|so-called)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’")


def own_voice(words: str) -> str:
    """Give words without what stands in quotation marks."""
    return QUOTED.sub(" ", words)


def loaded(words: str) -> list[str]:
    """Give the loaded words in our own voice."""
    return [found.group(0) for found in LOADED.finditer(own_voice(words))]
