"""`python -m story.export DIR`: writes the story to a folder that opens from a disk and from any static host."""

import argparse
import contextlib
import json
import os
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from story.address import find_address, parse_address, publish
from story.bundle import Bundle, build_bundle
from story.faults import StoryError
from story.gallery import Tell, gather_pictures
from story.model import Story
from story.pictures import ALL, CARDS, Kind
from story.read import HOME, read_story
from story.single import write_single
from story.site import MANIFEST, WORKER, write_manifest, write_web_manifest, write_worker
from story.templates import WEB

PICTURES: dict[str, frozenset[Kind]] = {"all": ALL, "cards": CARDS, "none": frozenset()}
OLDEST = (1980, 1, 1, 0, 0, 0)  # the first day that a ZIP knows: the same file whenever it is written
UNIX, READABLE = 3, 0o100644 << 16
PACKED_ALREADY = (".png", ".webp")


def say(line: str) -> None:
    """Tell progress where it does not mix with what a command answers."""
    print(line, file=sys.stderr, flush=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What to export: which `pictures` (a name in PICTURES), published at which `address`, if that is known.

    `processes` is how many draw at once, `tell` what is given a line for each long step.
    """

    pictures: str = "all"
    address: str = ""
    processes: int = 1
    tell: Tell = say


def collect(story_folder: Path, wish: Wish) -> tuple[Bundle, dict[str, bytes]]:
    """The story in a bundle, and every file of its folder by path, checksums last.

    Raises StoryError where the story has faults or the address is none.
    """
    story = published(story_folder, wish.address)
    bundle = build_bundle(story, served=False, kinds=PICTURES[wish.pictures])
    files = {"index.html": bundle.page(""), **bundle.files, "icon.svg": (WEB / "icon.svg").read_bytes()}
    files["story.webmanifest"] = write_web_manifest(bundle.story.settings, bundle.language, "icon.svg")
    files[WORKER] = write_worker(bundle.story.settings, files)
    files |= gather_pictures(bundle, story_folder, processes=wish.processes, tell=wish.tell)
    files[MANIFEST] = write_manifest(bundle.story, bundle.version, files)
    return bundle, files


def published(story_folder: Path, address: str) -> Story:
    """The story as it stands at an address, or where the settings say; raises StoryError for faults of either."""
    story = read_story(story_folder)
    found = parse_address(address, "--address") if address else find_address(story.settings.address)
    return publish(story, found, files_at="")


def export_single(folder: Path, story_folder: Path = HOME, wish: Wish | None = None) -> list[Path]:
    """Write the story as one HTML file, named by its id, to `folder`; else as `export`."""
    story = published(story_folder, (wish or Wish()).address)
    content, _ = write_single(story)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{story.settings.id}.html"
    path.write_bytes(content)
    return [path]


def export(folder: Path, story_folder: Path = HOME, wish: Wish | None = None) -> list[Path]:
    """Write the story's page and files to `folder`, made where it is missing; give the paths written.

    What an earlier export of the same story has left there, and this one does not have, is removed. Raises StoryError
    as `collect` does; nothing is written then.
    """
    bundle, files = collect(story_folder, wish or Wish())
    for stale in _written_before(folder, bundle.story.settings.id) - set(files):
        (folder / stale).unlink(missing_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return [folder / name for name in files]


def _written_before(folder: Path, story_id: str) -> set[str]:
    """The files that the manifest of an earlier export of this story names; none that lies outside the folder."""
    with contextlib.suppress(OSError, ValueError, LookupError, TypeError):
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if told["story"] == story_id:
            home = folder.resolve()
            return {name for name in told["files"] if (home / name).resolve().is_relative_to(home)}
    return set()


def pack(paths: list[Path], folder: Path, archive: Path) -> None:
    """Write files of `folder` to a ZIP that is the same every time, in a folder of the archive's name."""
    with zipfile.ZipFile(archive, "w") as packed:
        for path in sorted(paths):
            entry = zipfile.ZipInfo(f"{archive.stem}/{path.relative_to(folder).as_posix()}", OLDEST)
            entry.create_system, entry.external_attr = UNIX, READABLE
            entry.compress_type = zipfile.ZIP_STORED if path.suffix in PACKED_ALREADY else zipfile.ZIP_DEFLATED
            packed.writestr(entry, path.read_bytes(), compresslevel=9)


def read_arguments(arguments: list[str]) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m story.export", description=__doc__)
    parser.add_argument("folder", type=Path, help="where to write; made where it is missing")
    parser.add_argument("--single-file", action="store_true", help="write one HTML file with everything in it instead")
    parser.add_argument("--zip", action="store_true", help="also pack it, as FOLDER.zip beside the folder")
    parser.add_argument("--address", default="", help="where it will be published, in the place of STORY_ADDRESS")
    parser.add_argument("--pictures", choices=PICTURES, default="all", help="social cards and maps for print: all")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Export our story; say where, or every fault that prevents it."""
    asked = read_arguments(arguments)
    wish = Wish(pictures=asked.pictures, address=asked.address, processes=os.cpu_count() or 1)
    try:
        written = (export_single if asked.single_file else export)(asked.folder, wish=wish)
    except StoryError as error:
        print(error, file=sys.stderr)
        return 1
    if asked.zip:
        archive = asked.folder.with_name(f"{asked.folder.resolve().name}.zip")
        pack(written, asked.folder, archive)
        say(f"packed as {archive}")
    size_kb = sum(path.stat().st_size for path in written) / 1024
    print(f"{len(written)} files, {size_kb:,.0f} KB: open {written[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
