"""Installs Debian packages where a test needs them, and may."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


def install(*packages: str) -> bool:
    """Install them, if apt-get is at hand and we are root; say whether that was tried. Raises if it failed."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    # Debian starts the services that it installs, unless this says no.
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        # What it prints goes to the error stream: the output of who asks is one path.
        subprocess.run(["apt-get", *command], env=quiet, check=True, stdin=subprocess.DEVNULL, stdout=sys.stderr)  # noqa: S607 - apt's own place
    return True
