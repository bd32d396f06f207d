"""The memory that a process holds, as the kernel counts it (Linux)."""

from __future__ import annotations

import re
from pathlib import Path

KB_PER_MB = 1024


def resident_mb(pid: int, *, children: bool = True) -> float:
    """Give the megabytes that a process holds now, with all that it has started if not without its `children`."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError as error:
        raise RuntimeError(f"Process {pid} says nothing of its memory; is it still running?") from error
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    own_mb = int(found[1]) / KB_PER_MB if found else 0.0  # none where it has just ended
    if not children:
        return own_mb
    started = {word for path in Path(f"/proc/{pid}/task").glob("*/children") for word in path.read_text().split()}
    return own_mb + sum(_mb_or_none(int(child)) for child in started)


def _mb_or_none(pid: int) -> float:
    try:
        return resident_mb(pid)
    except (RuntimeError, OSError):
        return 0.0
