"""Breaks the story's files at random and reads them: `python -m tests.fuzz [--count N] [--minutes M] [--seed S]`.

Whatever the files hold, what comes is a story or a list of faults; anything else is told here, once for each place in
our code that it comes from, with what was done to the files.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from story.bundle import build_bundle
from story.cases import collect_cases
from story.evidence import Desk, render_case, render_cases, render_glance
from story.faults import StoryError
from story.judging import render_judging
from story.publishers import publisher_index
from story.read import HOME, read_story
from story.search import Search
from story.sourcing import render_sourcing
from tests.story.mutate import Broken, Files, Odd, broken_stories, read_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from story.model import Story

ROOT = Path(__file__).resolve().parents[1]
TINY = ROOT / "tests" / "tiny-story"
LONGEST_S = 300  # what is not read by then hangs, on however busy a machine
LONGEST_FAULT = 1000
ROUND = 250
REAL_EACH = 10  # every tenth round breaks the real story, which takes long to read
BUILT_EACH = 4  # of four stories that can be read one is built, which takes long too


def write_files(folder: Path, files: Files) -> None:
    """Write a story's files, and what stands in their place."""
    for name, held in files.items():
        path = folder / name
        if path.is_dir() or any(parent.is_file() for parent in path.parents):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        match held:
            case Odd(kind="folder"):
                path.mkdir()
            case Odd(kind="pipe"):
                os.mkfifo(path)
            case Odd(target=target):
                path.symlink_to(target)
            case _:
                path.write_bytes(held)


class HangError(Exception):
    """Nothing came for too long; no TimeoutError, which would pass for a file that cannot be read."""


@contextmanager
def bounded(seconds: int) -> Iterator[None]:
    """Turn a hang into an error."""

    def stop(*_: object) -> None:
        raise HangError(f"nothing came within {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def tell(files: Files, *, build: bool = True) -> str:
    """Read a story of these files and, if told to, build everything that a reader gets; give what came.

    Faults must say where they are, in words that can be printed. Whatever else is raised passes.
    """
    with tempfile.TemporaryDirectory() as home, bounded(LONGEST_S):
        folder = Path(home) / "story"
        folder.mkdir()
        write_files(folder, files)
        try:
            story = read_story(folder)
        except StoryError as error:
            _check(error, home)
            return "faults"
        if build:
            _build(story)
        return "a story"


def _build(story: Story) -> None:
    """Make the files that readers get, and the app's pages beside the reader."""
    build_bundle(story)
    cases, language = collect_cases(story), story.settings.languages[0]
    for claim in story.claims:
        desk = Desk(story, cases, Search(claim=claim.id), language)
        render_glance(desk)
        render_case(desk, "page")
        render_cases(desk)
    render_sourcing(story, publisher_index(story), language=language)
    render_judging(story, language=language)


def _check(error: StoryError, home: str) -> None:
    for fault in error.faults:
        said = str(fault)
        said.encode()
        assert fault.file, said
        assert home not in said, said
        assert len(said) <= LONGEST_FAULT, said[:200]


def _place(error: BaseException) -> str:
    """Give the kind of an error and where in our code it was raised."""
    frames = [each for each in traceback.extract_tb(error.__traceback__) if "site-packages" not in each.filename]
    ours = [each for each in frames if f"{ROOT}/" in each.filename and "/fuzz.py" not in each.filename] or frames
    return f"{type(error).__name__} in {Path(ours[-1].filename).name}:{ours[-1].lineno} ({ours[-1].name})"


class Fuzz:
    """Counts what came of mutations, and keeps the first of every kind of traceback."""

    def __init__(self) -> None:
        self.came: Counter[str] = Counter()
        self.tried = 0
        self.found: dict[str, str] = {}
        self.slowest_s, self.slowest = 0.0, ""

    def run(self, sound: Files, count: int, number: int) -> None:
        """Try some mutations of sound files; the same for the same `number`."""

        @seed(number)
        @settings(
            max_examples=count,
            deadline=None,
            database=None,
            derandomize=False,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(broken_stories(sound))
        def attempt(broken: Broken) -> None:
            self._try(broken.files, broken.told)

        attempt()

    def _try(self, files: Files, told: str) -> None:
        began = time.monotonic()
        self.tried += 1
        # For where no Python runs that could be stopped.
        faulthandler.dump_traceback_later(2 * LONGEST_S, exit=True, file=2)
        try:
            self.came[tell(files, build=self.tried % BUILT_EACH == 0)] += 1
        except Exception as error:  # noqa: BLE001 - all that is not a story or a list of faults is what we look for
            place = _place(error)
            self.came[place] += 1
            if place not in self.found:
                self.found[place] = f"{str(error)[:300]}\n  {told}"
                print(f"{place}: {self.found[place]}", flush=True)
        faulthandler.cancel_dump_traceback_later()
        took_s = time.monotonic() - began
        if took_s > self.slowest_s:
            self.slowest_s, self.slowest = took_s, told


def main(arguments: list[str]) -> int:
    """Try so many mutations, or for so long; give 1 where anything but stories and faults came of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="how many mutations, at most")
    parser.add_argument("--minutes", type=float, default=60, help="for how long, at most")
    parser.add_argument("--seed", type=int, default=0, help="another number gives other mutations")
    asked = parser.parse_args(arguments)
    fuzz, began, rounds = Fuzz(), time.monotonic(), 0
    stories: list[Any] = [read_files(TINY), read_files(HOME)]
    while fuzz.tried < asked.count and time.monotonic() - began < asked.minutes * 60:
        rounds += 1
        fuzz.run(stories[rounds % REAL_EACH == 0], min(ROUND, asked.count - fuzz.tried), asked.seed * 100_000 + rounds)
    minutes = (time.monotonic() - began) / 60
    for what, times in fuzz.came.most_common():
        print(f"{times:>7,}  {what}")
    print(f"{fuzz.tried:,} mutations in {minutes:.1f} min, seed {asked.seed}.")
    print(f"The slowest took {fuzz.slowest_s:.1f} s: {fuzz.slowest}")
    if fuzz.tried < asked.count:
        print(f"The time was over before {asked.count:,} were tried.")
    return 1 if fuzz.found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
