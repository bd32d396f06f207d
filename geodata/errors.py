"""What can go wrong with geodata: one base, a ValueError, and the cases a caller may want to tell apart."""

from collections.abc import Iterable
from difflib import get_close_matches


class GeodataError(ValueError):
    """Base of every error this package raises on purpose."""


class CatalogueError(GeodataError):
    """The catalogue is wrong; the message lists every fault: file, key, found, expected."""


class UnknownDatasetError(GeodataError, KeyError):
    """No dataset has this id; the message names the nearest valid one."""

    def __init__(self, dataset_id: str, known_ids: Iterable[str]) -> None:
        known = sorted(known_ids)
        near = get_close_matches(dataset_id, known, n=1, cutoff=0.0)
        nearest = f"; the nearest is {near[0]!r}" if near else ""
        super().__init__(f"no dataset {dataset_id!r} in the catalogue{nearest}; valid ids: {', '.join(known)}")

    def __str__(self) -> str:
        return str(self.args[0])


class WrongKindError(GeodataError):
    """A picture was asked for as a table of shapes, or the other way round."""


class DownloadError(GeodataError):
    """A download failed: unreachable, too slow, too large, cut off, refused; the message says which, and what next."""


class RefusedError(GeodataError):
    """Downloaded boundaries are not what they should be; the message lists every check that failed."""
