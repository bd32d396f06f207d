"""Finds a Chromium on this machine, or installs one: `python -m tests.browser.chromium --install`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.debian import install

# The one without windows opens a page in a third of the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Quiet, and able to start as root in a container.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find_chromium() -> str | None:
    """Give the path of a Chromium: the one CHROMIUM names, one on the PATH, Playwright's own, or None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    for name in NAMES:
        if found := shutil.which(name):
            return found
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return str(own) if own.exists() else None


def install_chromium() -> None:
    """Install one: Debian's where apt-get is at hand and allowed, else Playwright's."""
    for package in ("chromium-headless-shell", "chromium"):
        with suppress(subprocess.CalledProcessError):  # a system that does not know the package
            if install(package):
                return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True, stdout=sys.stderr)


def main() -> int:
    """Print the path of a Chromium; with --install, install one first if there is none."""
    found = find_chromium()
    if found is None and "--install" in sys.argv[1:]:
        install_chromium()
        found = find_chromium()
    if found is None:
        print("Found no Chromium. Install one, or set CHROMIUM to the path of one.", file=sys.stderr)
        return 1
    print(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
