"""Text packed for the way, as gzip or Brotli: which of them a client takes, how well each is packed."""

import gzip

import brotli

PACKED_TYPES = (
    "text/",
    "application/json",
    "application/xml",
    "application/geo+json",
    "application/javascript",
    "image/svg+xml",
    "font/ttf",
)
SMALLEST_PACKED = 600
BEST, GOOD, QUICK = (10, 9), (6, 6), (4, 4)  # Brotli's and gzip's levels: a megabyte takes 1 s, 40 ms, 30 ms of a core


def best_encoding(accepted: str) -> str:
    """`br`, `gzip` or an empty string: the best that an Accept-Encoding header takes."""
    offers: dict[str, bool] = {}
    for part in accepted.lower().split(","):
        name, _, quality = part.partition(";")
        refused = "q=" in quality and not quality.partition("q=")[2].strip().strip("0.")
        offers[name.strip()] = not refused
    return next((name for name in ("br", "gzip") if offers.get(name)), "")


def is_packed(media_type: str, content: bytes) -> bool:
    """Whether content of a type gets smaller by packing, and enough to be worth it."""
    return media_type.startswith(PACKED_TYPES) and len(content) > SMALLEST_PACKED


def pack(content: bytes, encoding: str, levels: tuple[int, int] = BEST) -> bytes:
    """Content as `br` or `gzip`, or as it is where `encoding` is empty. For a thread: the best takes its time."""
    if not encoding:
        return content
    brotlis, gzips = levels
    return brotli.compress(content, quality=brotlis) if encoding == "br" else gzip.compress(content, gzips, mtime=0)
