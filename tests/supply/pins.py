"""What is installed: the pinned libraries of a list, with what their own metadata say."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
RUN, DEV = "requirements.txt", "requirements-dev.txt"


@dataclass(frozen=True, slots=True)
class Pin:
    """One pinned library: its name as PyPI spells it in addresses, its version."""

    name: str
    version: str

    @property
    def installed(self) -> Distribution:
        """What is installed under this name; PackageNotFoundError where nothing is."""
        return distribution(self.name)

    def needs(self) -> list[str]:
        """The names of the libraries that this one asks for on this machine, without its extras."""
        asked = [Requirement(line) for line in self.installed.requires or ()]
        return sorted({canonicalize_name(one.name) for one in asked if _holds(one)})


def read_pins(name: str) -> list[Pin]:
    """The libraries that a list of requirements pins for this system, by name."""
    lines = [line.partition("#")[0].strip() for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]
    asked = [Requirement(line) for line in lines if line]
    pins = [Pin(canonicalize_name(one.name), next(iter(one.specifier)).version) for one in asked if _holds(one)]
    return sorted(pins, key=lambda pin: pin.name)


def _holds(asked: Requirement) -> bool:
    return asked.marker is None or asked.marker.evaluate({"extra": ""})
