"""A process that draws for the server: `python -m story.drawing_process` is told a story, then pictures, by its parent.

What it reads and writes is pickled; it ends when its parent does. What goes wrong it says where the server's log is.
"""

import contextlib
import os
import pickle
import subprocess
import sys
from pathlib import Path
from threading import Timer
from typing import BinaryIO

from story.model import Story
from story.pictures import Picture, find_picture

ROOT = Path(__file__).parents[1]
NICE = 10  # a reader's page goes before a picture
LIMIT_S = 120  # a picture takes three seconds; what takes this long will not come


class LostError(RuntimeError):
    """The process ended before its picture came."""


class Drawer:
    """A process that draws the pictures of one story in one language, one after another."""

    def __init__(self, story: Story, language: str) -> None:
        """The story that is served, whatever has become of its files; the process starts with the first picture."""
        self._told = pickle.dumps((story, language))
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = False

    def draw(self, picture: Picture) -> bytes:
        """A picture, from the disk or drawn; takes seconds. LostError where the process ended over it."""
        try:
            process = self._process or self._start()
            patience = Timer(LIMIT_S, process.kill)
            patience.daemon = True
            patience.start()
            try:
                pickle.dump(picture, _open(process.stdin))
                _open(process.stdin).flush()
                content: bytes = pickle.load(_open(process.stdout))  # noqa: S301 - our own process
            finally:
                patience.cancel()
        except (OSError, ValueError, EOFError, pickle.UnpicklingError) as error:
            raise LostError from error
        return content

    def end(self) -> None:
        """End the process, whatever it does, and if it is only starting."""
        self._ended = True
        if process := self._process:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):  # of what it was told there may be a rest
                    _open(pipe).close()

    def _start(self) -> subprocess.Popen[bytes]:
        ways = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        process = self._process = subprocess.Popen(
            [sys.executable, "-m", "story.drawing_process"],
            env={**os.environ, "PYTHONPATH": ways},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # the keys that end the server are not for it
        )
        if self._ended:
            self.end()
        _open(process.stdin).write(self._told)  # which takes until the process has loaded what it draws with
        return process


def _open(pipe: object) -> BinaryIO:
    return pipe  # type: ignore[return-value] # Popen was asked for it


def main() -> None:
    """Draw until nobody asks any more."""
    os.nice(NICE)
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints goes to the log
    try:
        story, language = pickle.load(source)  # noqa: S301 - our own parent
        while True:
            pickle.dump(find_picture(story, pickle.load(source), language), sink)  # noqa: S301 - our own parent
            sink.flush()
    except (EOFError, BrokenPipeError):
        return


if __name__ == "__main__":
    main()
