"""Asks for known vulnerabilities of what is pinned: `python -m tests.supply.audit`.

Exit codes: 0 where the service knows none, 1 where it knows one, 3 where it gave no answer: then nothing is audited.
"""

from __future__ import annotations

import json
import subprocess
import sys

from tests.supply.pins import DEV, ROOT, RUN

CLEAN, VULNERABLE, NOT_AUDITED = 0, 1, 3
SERVICE = "osv"  # https://osv.dev, which has PyPI's own advisories too
OPTIONS = ("--no-deps", "--disable-pip", "--format=json", "--progress-spinner=off", f"-s{SERVICE}")


def judge(code: int, answer: str, complaint: str) -> tuple[int, str]:
    """What pip-audit's exit code, output and errors come to: our exit code, and a text for a person."""
    try:
        asked = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        asked = None
    if code not in {CLEAN, VULNERABLE} or not asked or any("vulns" not in one for one in asked):
        last = (complaint.strip().splitlines() or ["it said nothing"])[-1]
        return NOT_AUDITED, f"Not audited: service out of reach, {SERVICE} gave no answer. pip-audit says: {last}"
    known = [f"{one['name']} {one['version']}: {each['id']}" for one in asked for each in one["vulns"]]
    if known:
        return VULNERABLE, "\n".join(("Known vulnerabilities:", *known))
    return CLEAN, f"{len(asked)} libraries audited, no vulnerability known to {SERVICE}."


def main() -> int:
    """Audit both lists of requirements, and say what came of it."""
    lists = [f"--requirement={ROOT / name}" for name in (RUN, DEV)]
    asked = subprocess.run(
        [sys.executable, "-m", "pip_audit", *OPTIONS, *lists], capture_output=True, text=True, check=False
    )
    code, said = judge(asked.returncode, asked.stdout, asked.stderr)
    print(said, file=sys.stderr if code else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main())
