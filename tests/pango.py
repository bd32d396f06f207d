"""Finds Pango on this machine, which lays out our paper, or installs Debian's: `python -m tests.pango --install`."""

from __future__ import annotations

import sys
from ctypes.util import find_library

from tests.debian import install

LIBRARY = "pangoft2-1.0"


def main() -> int:
    """Print the library's name; with --install, install it first if there is none."""
    if find_library(LIBRARY) is None and "--install" in sys.argv[1:]:
        install("libpangoft2-1.0-0")
    found = find_library(LIBRARY)
    print(found or "Found no Pango. Install it: libpangoft2-1.0-0 on Debian, pango elsewhere.", file=sys.stderr)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
