"""Get a file over HTTP into a folder: in pieces, with a limit of size and time, told as it goes on."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import requests

from geodata.errors import DownloadError

LARGEST_MB: Final = 300
CONNECT_S: Final = 15.0
SILENCE_S: Final = 30.0
"""So long may a server say nothing."""

LONGEST_S: Final = 900.0
PIECE_BYTES: Final = 1 << 16
MB: Final = 1_000_000
HEADERS: Final = {"User-Agent": "the-line-between/0.1 (exact boundaries)", "Accept-Encoding": "identity"}

POINTER_START: Final = b"version https://git-lfs.github.com/spec/"
Report = Callable[[str], None]
"""Takes a line about what is going on."""


def download(
    url: str,
    target: Path,
    *,
    report: Report,
    largest_mb: float = LARGEST_MB,
    silence_s: float = SILENCE_S,
    longest_s: float = LONGEST_S,
) -> Path:
    """Write what an address gives to a file and give the file back; an incomplete one is removed.

    Only http and https. Reports every tenth of the way. Raises DownloadError when the address is no such one, the host
    cannot be reached, the answer is not 200, silent for silence_s or not over after longest_s seconds, larger than
    largest_mb, shorter than announced, a web page, or a Git LFS pointer.
    """
    if urlsplit(url).scheme not in {"http", "https"}:
        raise DownloadError(f"{url}: found no web address, expected one that starts with https://")
    try:
        with requests.get(url, headers=HEADERS, stream=True, timeout=(CONNECT_S, silence_s)) as answer:
            _check_answer(url, answer, largest_mb)
            _save(url, answer, target, report=report, largest_mb=largest_mb, longest_s=longest_s)
    except requests.Timeout as error:
        raise _failed(target, f"{url}: no answer for {silence_s:g} s; try again later or another --source") from error
    except requests.exceptions.ChunkedEncodingError as error:
        raise _failed(target, f"{url}: truncated: the connection broke off; try again: {error}") from error
    except requests.ConnectionError as error:
        raise _failed(
            target, f"{url}: the host cannot be reached, or cut the connection; is there internet?"
        ) from error
    except requests.RequestException as error:
        raise _failed(target, f"{url}: {error}") from error
    except DownloadError:
        target.unlink(missing_ok=True)
        raise
    _check_start(url, target)
    return target


def _failed(target: Path, message: str) -> DownloadError:
    target.unlink(missing_ok=True)
    return DownloadError(message)


def _check_answer(url: str, answer: requests.Response, largest_mb: float) -> None:
    if answer.status_code != requests.codes.ok:
        raise DownloadError(f"{url}: found HTTP status {answer.status_code} {answer.reason}, expected 200")
    announced = int(answer.headers.get("Content-Length") or 0)
    if announced > largest_mb * MB:
        raise DownloadError(f"{url}: found {announced / MB:.0f} MB, expected at most {largest_mb:g} MB (--largest-mb)")


def _save(
    url: str, answer: requests.Response, target: Path, *, report: Report, largest_mb: float, longest_s: float
) -> None:
    announced, got, told = int(answer.headers.get("Content-Length") or 0), 0, 0
    until = time.monotonic() + longest_s
    with target.open("wb") as out:
        for piece in answer.iter_content(PIECE_BYTES):
            out.write(piece)
            got += len(piece)
            if got > largest_mb * MB:
                raise DownloadError(f"{url}: found more than {largest_mb:g} MB, expected less (--largest-mb)")
            if time.monotonic() > until:
                raise DownloadError(f"{url}: not done after {longest_s:g} s, {got / MB:.1f} MB got; try again later")
            told = _tell(report, got, announced, told)
    if got < announced:
        raise DownloadError(f"{url}: truncated: found {got:,} bytes, expected {announced:,}; try again")


def _tell(report: Report, got: int, announced: int, told: int) -> int:
    """Report each tenth of an announced size, else every 5 MB; give the step last told."""
    step = got * 10 // announced if announced else got // (5 * MB)
    if step > told:
        report(f"  {got / MB:.1f} MB" + (f" of {announced / MB:.1f} MB" if announced else ""))
    return max(step, told)


def _check_start(url: str, target: Path) -> None:
    with target.open("rb") as file:
        start = file.read(512)
    if start.startswith(POINTER_START):
        target.unlink()
        raise DownloadError(f"{url}: found a Git LFS pointer of {len(start)} bytes, expected the file it points to")
    if start.lstrip().lower().startswith((b"<!doctype html", b"<html", b"<?xml")):
        target.unlink()
        raise DownloadError(f"{url}: found a web page, expected GeoJSON; an error page, or an address that is no file")
    if not start:
        target.unlink()
        raise DownloadError(f"{url}: found an empty file, expected GeoJSON")


def read_answer(url: str, *, timeout_s: float = SILENCE_S) -> Any:
    """Give the JSON that a service answers. Raises DownloadError when it cannot be reached or answers no JSON."""
    try:
        answer = requests.get(url, headers=HEADERS, timeout=(CONNECT_S, timeout_s))
        answer.raise_for_status()
        return answer.json()
    except requests.JSONDecodeError as error:
        raise DownloadError(f"{url}: found no JSON, expected the answer of a catalogue service") from error
    except requests.Timeout as error:
        raise DownloadError(f"{url}: no answer for {timeout_s:g} s; try again later or another --source") from error
    except requests.RequestException as error:
        raise DownloadError(f"{url}: cannot be read: {error}") from error
