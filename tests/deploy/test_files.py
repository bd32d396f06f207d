"""The files of the guide agree with each other and with the code; what can be tried of them without root is tried."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from story.middleware import PERMISSIONS
from story.serve import FOREVER, SHORTLY
from tests.deploy import nginx
from tests.deploy.proxied import DEPLOY, NAME, read_command
from tests.running import ROOT

if TYPE_CHECKING:
    from pathlib import Path

GUIDE = (DEPLOY / "README.md").read_text(encoding="utf-8")
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
SITE = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
KNOWN = {"FROM", "ENV", "WORKDIR", "COPY", "RUN", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "CMD"}


def instructions() -> list[tuple[str, str]]:
    """Give the Dockerfile's instructions with what they are given, in order."""
    lines = [line for line in DOCKERFILE.splitlines() if line and not line.startswith("#")]
    return [(line.split(None, 1)[0], line.split(None, 1)[1]) for line in lines]


def test_the_image_knows_every_instruction_and_starts_from_the_python_that_is_tested() -> None:
    assert {name for name, _ in instructions()} <= KNOWN
    assert instructions()[0] == ("FROM", "python:3.11-slim")
    assert [name for name, _ in instructions()].count("CMD") == 1
    assert [name for name, _ in instructions()].index("USER") < [name for name, _ in instructions()].index("CMD")


def test_image_and_unit_start_the_app_alike() -> None:
    image = json.loads(dict(instructions())["CMD"])
    unit = read_command()
    assert image[0] == unit[0].rpartition("/")[2] == "python"
    assert [each.replace("0.0.0.0", "127.0.0.1") for each in image[1:]] == unit[1:]  # noqa: S104 - inside a container


def test_the_image_copies_what_is_there_and_lets_it_in() -> None:
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    copied = [rest.split()[0] for name, rest in instructions() if name == "COPY"]
    assert all((ROOT / path).exists() for path in copied)
    assert sorted(f"!{path}" for path in copied) == sorted(line for line in ignored if line.startswith("!"))
    assert {path.name for path in ROOT.glob("*.py")} | {"geodata", "story", "pages", "requirements.txt"} <= set(copied)


def test_ports_and_paths_are_the_same_everywhere() -> None:
    command = " ".join(read_command())
    assert "--server.port=8501" in command
    assert "server 127.0.0.1:8501;" in SITE
    assert "--server.baseUrlPath=story" in command
    assert "location /story/ {" in SITE
    assert "http://127.0.0.1:8501/story/_stcore/health" in dict(instructions())["HEALTHCHECK"]
    for text in (GUIDE, SITE, DOCKERFILE, command):
        assert NAME in text
    for folder in ("/srv/the-line-between/code", "/srv/the-line-between/venv", "/srv/the-line-between/copy"):
        assert folder in GUIDE


def test_nginx_sends_the_apps_own_headers_and_times() -> None:
    assert f'add_header Permissions-Policy "{PERMISSIONS}" always;' in SITE
    assert f'"{FOREVER}"' in SITE
    assert f'"{SHORTLY}"' in SITE


def test_no_place_of_nginx_loses_the_headers_that_all_pass_on() -> None:
    # nginx inherits them only where a location sets none of its own.
    for place in re.findall(r"\n    location [^{]+{\n(.*?)\n    }", SITE, re.DOTALL):
        if "proxy_set_header" in place:
            for name in ("Host $http_host", "X-Forwarded-For $remote_addr", "X-Forwarded-Proto $scheme", "Connection "):
                assert f"proxy_set_header {name}" in place


def test_what_the_guide_tells_to_type_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`?make ([a-z-]+)", GUIDE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for path in re.findall(r"`(tests/\S+?\.py)`", GUIDE):
        assert (ROOT / path).exists(), path
    for name in re.findall(r"\b(nginx\.conf|[a-z-]+\.service|Dockerfile)\b", GUIDE):
        assert (DEPLOY / name).exists(), name
    for line in GUIDE.splitlines():
        if line.startswith("    "):
            assert shlex.split(line)


def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    check = shutil.which("systemd-analyze")
    if check is None:
        pytest.skip("systemd-analyze is not installed: the unit was NOT checked by systemd")
    unit = (DEPLOY / "the-line-between.service").read_text(encoding="utf-8")
    (tmp_path / "the-line-between.service").write_text(
        unit.replace(read_command()[0], shlex.quote(shutil.which("python3") or "/bin/true")), encoding="utf-8"
    )
    done = subprocess.run(
        [check, "verify", "--man=no", str(tmp_path / "the-line-between.service")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_machine_without_nginx_is_told_that_nothing_was_tested(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(nginx, "find_nginx", lambda: None)
    monkeypatch.setattr(nginx.sys, "argv", ["nginx"])
    assert nginx.main() == 1
    assert capsys.readouterr().err.startswith("NOT TESTED")
