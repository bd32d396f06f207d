"""Finds nginx on this machine, or installs Debian's: `python -m tests.deploy.nginx --install`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

MISSING = (
    "NOT TESTED: nginx is not installed, so nothing of .ci/deploy was tried. On Debian: apt-get install nginx-light"
)


def find_nginx() -> str | None:
    """Give the path of nginx, also where only root's PATH has it; None where there is none."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def install_nginx() -> None:
    """Install Debian's, where apt-get is at hand and allowed."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        # Debian starts what it installs, unless this says no.
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
        for command in (["update"], ["install", "--yes", "--no-install-recommends", "nginx-light"]):
            subprocess.run(["apt-get", *command], env=quiet, check=False, stdout=sys.stderr)  # noqa: S607 - apt's own place


def main() -> int:
    """Print the path of nginx; with --install, install it first if there is none."""
    if find_nginx() is None and "--install" in sys.argv[1:]:
        install_nginx()
    found = find_nginx()
    print(found or MISSING, file=sys.stdout if found else sys.stderr)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
