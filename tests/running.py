"""Starts what a person starts: the app under Streamlit, and the export to a folder."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"
START_LIMIT_S = 90
EXPORT_LIMIT_S = 120
STOP_LIMIT_S = 10


class StartError(RuntimeError):
    """The server or the export did not come up; the message holds all that it printed."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running app: its address without a final slash, its process id, and the seconds it took to answer."""

    url: str
    pid: int
    start_s: float


@contextmanager
def run_server(
    *, published: bool = False, ends: bool = False, broken: bool = False, root: Path = ROOT
) -> Iterator[Server]:
    """Serve the app on a free port until the block ends; StartError with its output if it dies first.

    Where it is `published`, the story says that its address is this very one. Where it `ends`, the block may end it.
    A `broken` story is not waited for. `root`: the folder of app.py.
    """
    port = free_port()
    address = {"STORY_ADDRESS": f"http://{HOST}:{port}/"} if published else {}
    command = ["-m", "streamlit", "run", "app.py", f"--server.port={port}", f"--server.address={HOST}"]
    quiet = ["--server.headless=true", "--server.fileWatcherType=none"]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, *command, *quiet],
            cwd=root,
            env=_environment() | {"PYTHONPATH": str(root)} | address,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_healthy(port, process, ["/_stcore/health"] if broken else ["/_stcore/health", "/embed/"])
            start_s = time.monotonic() - began
            yield Server(url=f"http://{HOST}:{port}", pid=process.pid, start_s=start_s)
            if not ends:
                _assert_alive(process, "while in use")
        except StartError as error:
            output.seek(0)
            raise StartError(f"{error} It printed:\n{output.read()}") from error
        finally:
            stop(process)


def export_story(folder: Path) -> Path:
    """Write the story to the folder with the real command, without cards and prints, which take a minute to draw."""
    done = subprocess.run(
        [sys.executable, "-m", "story.export", "--pictures=none", str(folder)],
        cwd=ROOT,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=EXPORT_LIMIT_S,
        check=False,
    )
    if done.returncode != 0:
        raise StartError(f"The export failed (exit code {done.returncode}):\n{done.stdout}{done.stderr}")
    return folder


def _wait_until_healthy(port: int, process: subprocess.Popen[bytes], paths: list[str]) -> None:
    deadline = time.monotonic() + START_LIMIT_S
    while time.monotonic() < deadline:
        _assert_alive(process, "before it answered")
        if all(answers(port, path) for path in paths):
            return
        time.sleep(0.1)
    raise StartError(f"The server did not answer on {' and '.join(paths)} within {START_LIMIT_S} s.")


def _assert_alive(process: subprocess.Popen[bytes], when: str) -> None:
    if process.poll() is not None:
        raise StartError(f"The server died (exit code {process.returncode}) {when}.")


def answers(port: int, path: str) -> bool:
    """Tell whether something on this machine answers well on a port and path."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process: by asking first."""
    process.terminate()
    try:
        process.wait(STOP_LIMIT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(STOP_LIMIT_S)


def free_port() -> int:
    """Give a port of this machine that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        port: int = listener.getsockname()[1]
        return port


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
