"""Starts what `.ci/deploy/` describes: the app by the unit's command from the image's files, behind nginx."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.deploy.nginx import MISSING, find_nginx
from tests.running import HOST, ROOT, StartError, answers, free_port, stop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DEPLOY = ROOT / ".ci" / "deploy"
NAME = "story.example"
LIMIT_S = 60
MAIN = """
{user}
daemon off;
pid {home}/nginx.pid;
error_log {home}/error.log;
worker_processes 1;
events {{ worker_connections 2048; }}
http {{
    access_log off;
    client_body_temp_path {home}/body;
    proxy_temp_path {home}/proxy;
    fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi;
    scgi_temp_path {home}/scgi;
    include {home}/site.conf;
}}
"""


@dataclass(frozen=True, kw_only=True)
class Proxied:
    """A running pair: nginx's address without a path, the app's own, its process, the folder of what it has drawn."""

    url: str
    app_url: str
    app: subprocess.Popen[bytes]
    drawn: Path


def read_command() -> list[str]:
    """Give the command with which the unit of systemd starts the app."""
    unit = (DEPLOY / "the-line-between.service").read_text(encoding="utf-8")
    found = re.search(r"^ExecStart=(.+)$", unit, re.MULTILINE)
    assert found
    return shlex.split(found[1])


def copy_as_image(folder: Path) -> None:
    """Lay out in a folder what the Dockerfile copies into the image, and nothing else."""
    folder.mkdir()
    for line in (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines():
        if line.startswith("COPY "):
            source, target = line.split()[1:]
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, folder / target, ignore=shutil.ignore_patterns("__pycache__", "local"))
            else:
                shutil.copy(ROOT / source, folder / target)


def pack_copy(copy: Path) -> None:
    """Pack the files of a copy beside themselves, by the command that the guide gives."""
    guide = (DEPLOY / "README.md").read_text(encoding="utf-8")
    (command,) = (line.strip() for line in guide.splitlines() if line.startswith("    find /srv/the-line-between/copy"))
    subprocess.run(shlex.split(command.replace("/srv/the-line-between/copy", str(copy))), check=True)


def write_site(home: Path, ports: tuple[int, int], copy: Path, *, limits: bool) -> None:
    """Write nginx's configuration, with ports (its own, the app's) and folders of the test in it."""
    port, app_port = ports
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for theirs, ours in {
        "listen 80;": f"listen {HOST}:{port};",
        "127.0.0.1:8501": f"{HOST}:{app_port}",
        "/var/cache/nginx/the-line-between": f"{home}/cache",
        "/srv/the-line-between/copy/": f"{copy}/",
    }.items():
        assert site.count(theirs) == 1, theirs
        site = site.replace(theirs, ours)
    if not limits:
        site = re.sub(r"^ *limit_(req|conn) .*\n", "", site, flags=re.MULTILINE)
    (home / "site.conf").write_text(site, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    (home / "nginx.conf").write_text(MAIN.format(home=home, user=user), encoding="utf-8")


@contextmanager
def run_app(home: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Start the app by the unit's command, without a home to write to, from the files of the image."""
    copy_as_image(home / "image")
    command = [sys.executable, *read_command()[1:]]
    command = [each.replace(":8501", f":{port}").replace("port=8501", f"port={port}") for each in command]
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "PYTHONPATH": ".", "PYTHONUNBUFFERED": "1"}
    environment |= {"STORY_ADDRESS": f"https://{NAME}/story/", "CACHE_DIRECTORY": str(home / "drawn")}
    with (home / "app.log").open("wb") as log:
        app = subprocess.Popen(
            command, cwd=home / "image", env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait(port, "/story/embed/", app, home / "app.log")
            yield app
        finally:
            stop(app)


@contextmanager
def run_nginx(home: Path, ports: tuple[int, int], copy: Path, *, limits: bool) -> Iterator[str]:
    """Start nginx in front of the app; give its address. `ports`: its own, the app's."""
    nginx = find_nginx()
    if nginx is None:
        raise StartError(MISSING)
    write_site(home, ports, copy, limits=limits)
    with (home / "nginx.log").open("wb") as log:
        process = subprocess.Popen(
            [nginx, "-p", str(home), "-c", str(home / "nginx.conf")], stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait(ports[0], "/copy/index.html", process, home / "nginx.log")
            yield f"http://{HOST}:{ports[0]}"
        finally:
            stop(process)


@contextmanager
def run_proxied(home: Path, copy: Path, *, limits: bool = True) -> Iterator[Proxied]:
    """Start the app and nginx in front of it, with their files below `home`; `copy` is an exported folder.

    Without `limits` one address may ask for anything, for the bench.
    """
    app_port, port = free_port(), free_port()
    with run_app(home, app_port) as app, run_nginx(home, (port, app_port), copy, limits=limits) as url:
        yield Proxied(url=url, app_url=f"http://{HOST}:{app_port}", app=app, drawn=home / "drawn")


def _wait(port: int, path: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + LIMIT_S
    while not answers(port, path):
        if process.poll() is not None or time.monotonic() > deadline:
            raise StartError(f"No answer on {path}. It printed:\n{log.read_text(encoding='utf-8')}")
        time.sleep(0.1)
