"""Finds nginx on this machine, or installs Debian's: `python -m tests.deploy.nginx --install`."""

from __future__ import annotations

import os
import shutil
import sys

from tests.debian import install

MISSING = (
    "NOT TESTED: nginx is not installed, so nothing of .ci/deploy was tried. On Debian: apt-get install nginx-light"
)


def find_nginx() -> str | None:
    """Give the path of nginx, also where only root's PATH has it; None where there is none."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def main() -> int:
    """Print the path of nginx; with --install, install it first if there is none."""
    if find_nginx() is None and "--install" in sys.argv[1:]:
        install("nginx-light")
    found = find_nginx()
    print(found or MISSING, file=sys.stdout if found else sys.stderr)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
