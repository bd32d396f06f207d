"""The settings of a story: what it is called, its palette, what it retells, where it is published."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from story.facts import Frozen

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def _in_calendar(day: str) -> str:
    date.fromisoformat(day)
    return day


Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_in_calendar)]


class Ink(Frozen):
    """One colour of the palette: hexadecimal, for the light and for the dark page."""

    light: str = Field(pattern=r"^#[0-9a-f]{6}$")
    dark: str = Field(pattern=r"^#[0-9a-f]{6}$")


class Essay(Frozen):
    """What a story retells: its title or what it is, its author or that none is named, when it was written."""

    title: str = Field(min_length=1)
    author: str = Field(min_length=1)
    written: str
    genre: str


class Joined(Frozen):
    """Provinces that have been one from a day on (an ISO date), by their ids."""

    ids: tuple[str, ...] = Field(min_length=2)
    since: Day


class Provinces(Frozen):
    """The areas that are hatched for what is known to its province only: polygons of a dataset, ids in `column`."""

    dataset: str
    column: str
    joined: tuple[Joined, ...] = ()


class Settings(Frozen):
    """story.yaml: what the story is called, which languages it speaks, its palette, where its evidence ends.

    `essay` is somebody else's text that the story retells, if it does; `line` is the layer from which the distances
    of places are told, if there is one. Without `provinces` a wide ring stands for what is known to its province only.
    `address` is where it is published, usually a setting of the server or the export (story/address.py); `files_at`
    the way from there to the reader's files.
    """

    id: str = Field(pattern=SLUG)
    title: str
    subtitle: str
    author: str
    address: str = Field(default="", pattern=r"^(https?://\S+/)?$")
    files_at: str = Field(default="embed/", pattern=r"^([a-z]+/)?$")
    languages: tuple[Annotated[str, Field(pattern=SLUG, max_length=12)], ...] = Field(min_length=1)
    published: Day
    evidence_until: str
    palette: dict[str, Ink]
    essay: Essay | None = None
    line: str | None = None
    provinces: Provinces | None = None

    @property
    def files_address(self) -> str:
        """The address below which the reader's files lie; relative where the story has no address."""
        return self.address + self.files_at
