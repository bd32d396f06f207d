"""`python -m story.check [FOLDER]`: tells every fault of a story's files, or that there is none."""

import sys
from pathlib import Path

from story.faults import StoryError
from story.read import HOME, read_story


def main(arguments: list[str]) -> int:
    """Check the story in the folder named, or our own; print what is wrong; give 1 where anything is."""
    folder = Path(arguments[0]) if arguments else HOME
    try:
        story = read_story(folder)
    except StoryError as error:
        print(error)
        print(f"{len(error.faults)} faults in {folder.name}")
        return 1
    print(
        f"{folder.name}: {len(story.chapters)} chapters, {len(story.layers)} layers, {len(story.facts)} facts, "
        f"{len(story.claims)} claims, no fault"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
