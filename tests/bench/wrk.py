"""The load that wrk puts on one address: answers a second, how long the slow ones take, how many were not good."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass

CONNECTIONS, SECONDS = 32, 8
UNITS_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True, kw_only=True)
class Load:
    """What wrk found: good and bad answers alike a second, the 99th percentile in milliseconds, the bad ones."""

    per_second: float
    slow_ms: float
    errors: int


def find_wrk() -> str | None:
    """Give the path of wrk; None where it is not installed (Debian has it)."""
    return shutil.which("wrk")


def measure_load(wrk: str, url: str) -> Load:
    """Ask for an address over kept connections for some seconds, packed as browsers want it."""
    command = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "-H", "Accept-Encoding: br, gzip", url]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=SECONDS + 60)
    return read_load(done.stdout)


def read_load(printed: str) -> Load:
    """Read what wrk prints; ValueError where it says nothing of a rate."""
    rate = re.search(r"Requests/sec:\s+([\d.]+)", printed)
    slow = re.search(r"99%\s+([\d.]+)(us|ms|s)", printed)
    if rate is None or slow is None:
        raise ValueError(f"wrk told no rate:\n{printed}")
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", printed)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", printed)
    errors = int(bad[1]) if bad else 0
    errors += sum(map(int, broken.groups())) if broken else 0
    return Load(per_second=float(rate[1]), slow_ms=float(slow[1]) * UNITS_MS[slow[2]], errors=errors)
