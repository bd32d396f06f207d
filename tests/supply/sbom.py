"""The bill of materials of what is served, as CycloneDX 1.6: `python -m tests.supply.sbom FILE`.

It holds the pinned libraries of requirements.txt with version, licence, address at PyPI and what needs what, and the
datasets of geodata/catalogue.yaml with their SHA-256. The same pins give the same file, byte for byte.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from geodata.catalogue import read_catalogue
from tests.supply.licences import find_licence
from tests.supply.pins import RUN, Pin, read_pins

if TYPE_CHECKING:
    from cyclonedx.model.license import License

NAME = "the-line-between"


def write_bom() -> str:
    """The bill as JSON; PackageNotFoundError where a pinned library is not installed."""
    story = Component(name=NAME, type=ComponentType.APPLICATION, bom_ref=NAME, licenses=_licences("MIT"))
    pins = read_pins(RUN)
    bom = Bom(metadata=BomMetaData(component=story), serial_number=uuid5(NAMESPACE_URL, repr((NAME, pins))))
    parts = {pin.name: _library(pin) for pin in pins}
    data = [_dataset(name) for name in sorted(read_catalogue())]
    bom.components.update([*parts.values(), *data])
    bom.register_dependency(story, [*parts.values(), *data])
    for pin in pins:
        bom.register_dependency(parts[pin.name], [parts[name] for name in pin.needs() if name in parts])
    bom.metadata.timestamp = None  # type: ignore[assignment]  # the standard asks for none; the file stays the same
    return str(JsonV1Dot6(bom).output_as_string(indent=2))


def _library(pin: Pin) -> Component:
    purl = PackageURL("pypi", None, pin.name, pin.version)
    return Component(
        name=pin.name, version=pin.version, purl=purl, bom_ref=str(purl), licenses=_licences(find_licence(pin))
    )


def _dataset(name: str) -> Component:
    entry = read_catalogue()[name]
    return Component(
        name=name,
        type=ComponentType.DATA,
        bom_ref=f"data:{name}",
        description=entry.title,
        copyright=entry.credit,
        licenses=_licences(entry.licence),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=entry.sha256)],
    )


def _licences(said: str) -> list[License]:
    return [LicenseFactory().make_from_string(said)] if said else []


def main() -> int:
    """Write the bill to the file that is named."""
    path = Path(sys.argv[1])
    path.write_text(write_bom() + "\n", encoding="utf-8")
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
