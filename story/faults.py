"""Faults in a story's files: where, what was found, what was expected, the nearest valid value."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one file. `line` counts from 1; 0 means the file as a whole."""

    file: str
    line: int
    key: str
    found: str
    expected: str
    nearest: str = ""

    def __str__(self) -> str:
        """One line for a terminal: file:line, key, found, expected and, where there is one, the nearest value."""
        hint = f"; did you mean {self.nearest!r}?" if self.nearest else ""
        return f"{self.file}:{self.line}: {self.key}: found {self.found}, expected {self.expected}{hint}"


class StoryError(ValueError):
    """A story that cannot be told, with every fault of every file in `faults`."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults in the order of file and line."""
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.file, fault.line, fault.key)))
        super().__init__("\n".join(map(str, self.faults)))


def nearest(found: str, valid: Iterable[str]) -> str:
    """The valid value most like the one found, or an empty string where none is alike."""
    matches = get_close_matches(found, list(valid), n=1, cutoff=0.5)
    return matches[0] if matches else ""
