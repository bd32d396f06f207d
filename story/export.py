"""`python -m story.export DIR`: writes the reader to a folder that opens from a disk and from any static host."""

import argparse
import sys
from pathlib import Path

from story.address import find_address, parse_address, publish
from story.bundle import build_bundle
from story.faults import StoryError
from story.pictures import find_picture
from story.read import HOME, read_story


def export(folder: Path, story_folder: Path = HOME, *, address: str = "") -> list[Path]:
    """Write the story's page and files to `folder`, made where it is missing; give the paths written.

    `address` is where the folder will be published, if that is known. Raises StoryError where the story has faults or
    the address is none; nothing is written then.
    """
    story = read_story(story_folder)
    address = parse_address(address, "--address") if address else find_address(story.settings.address)
    bundle = build_bundle(publish(story, address, files_at=""), served=False, prints=False)
    cards = {path: find_picture(bundle.story, each, bundle.language) for path, each in bundle.pictures.items()}
    files = {"index.html": bundle.page(""), **bundle.files, **cards}
    written = []
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        written.append(path)
    return written


def main(arguments: list[str]) -> int:
    """Export our story; say where, or every fault that prevents it."""
    parser = argparse.ArgumentParser(prog="python -m story.export", description=__doc__)
    parser.add_argument("folder", type=Path, help="where to write; made where it is missing")
    folder = parser.parse_args(arguments).folder
    try:
        written = export(folder)
    except StoryError as error:
        print(error, file=sys.stderr)
        return 1
    size_kb = sum(path.stat().st_size for path in written) / 1024
    print(f"{len(written)} files, {size_kb:,.0f} KB: open {folder / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
