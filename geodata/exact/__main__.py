"""The command: fetch, check, replace, and say each step; what was there stays until all checks have passed."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from geodata.catalogue import read_catalogue
from geodata.errors import DownloadError, GeodataError, RefusedError
from geodata.exact.content import read_districts
from geodata.exact.download import LARGEST_MB, SILENCE_S, download
from geodata.exact.fit import Findings, check_and_fit
from geodata.exact.install import install, remove
from geodata.exact.names import DATASET, choose_tribal
from geodata.exact.publishers import PUBLISHERS, Publication, given


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and give its exit code: 0 replaced (or removed, or told), 1 not replaced."""
    options = _parser().parse_args(arguments)
    if options.status:
        return _status()
    if options.remove:
        _say("Removed; the shipped approximation stands again." if remove() else "There was nothing to remove.")
        return 0
    for name in _order(options):
        try:
            _replace(name, options)
        except GeodataError as error:
            _say(f"Not replaced: {error}")
        else:
            return 0
    _say("The districts are as they were; nothing has changed.")
    return 1


def _order(options: argparse.Namespace) -> list[str]:
    if options.url or options.file:
        return ["given"]
    return [options.source] if options.source else list(PUBLISHERS)


def _replace(name: str, options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(prefix="districts-") as folder:
        publication, path = _fetch(name, options, Path(folder))
        _say(f"Reading {path.name} ({path.stat().st_size / 1e6:.1f} MB) ...")
        chosen, missing = choose_tribal(read_districts(path))
        _say("Checking overlap, areas and validity, laying the districts on our lines ...")
        districts, findings = check_and_fit(chosen, missing)
        written = install(districts, findings, publication, sha256(path.read_bytes()).hexdigest())
    _say_findings(findings)
    _say(f"Replaced: {written}\nRestart the story to see it; python -m geodata.exact --remove takes it back.")


def _fetch(name: str, options: argparse.Namespace, folder: Path) -> tuple[Publication, Path]:
    if options.file:
        if not options.file.is_file():
            raise RefusedError(f"{options.file}: found no file, expected GeoJSON of districts")
        return given(options.file.name), options.file
    publication = given(options.url) if options.url else _ask(name)
    target = folder / "districts.geojson"
    limits = {"report": _say, "largest_mb": options.largest_mb, "silence_s": options.timeout}
    _say(f"Fetching {publication.url} ...")
    try:
        return publication, download(publication.url, target, **limits)
    except DownloadError as error:
        if publication.other_url is None or "pointer" not in str(error):
            raise
        _say(f"{error}\nFetching {publication.other_url} ...")
        return publication, download(publication.other_url, target, **limits)


def _ask(name: str) -> Publication:
    _say(f"Asking {name} where the file lies ...")
    return PUBLISHERS[name]()


def _say_findings(findings: Findings) -> None:
    _say(f"Overlap with F.A.T.A. {findings.overlap:.1%}; outer edge {findings.line_off_km:.2f} km off our line.")
    for name, (found, published) in findings.areas_km2.items():
        _say(f"  {name}: {found:,.0f} km2, published {published:,.0f}")
    if findings.kept_schematic:
        _say(f"Not in the file, kept as approximate: {', '.join(findings.kept_schematic)}")


def _status() -> int:
    dataset = read_catalogue()[DATASET]
    state = (
        f"approximate, within about {dataset.accuracy_km:g} km" if dataset.approximate else "from published boundaries"
    )
    _say(f"{dataset.title}: {state}\n{dataset.credit}\n{dataset.path}")
    return 0


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m geodata.exact",
        description="Fetch exact boundaries of the tribal districts and replace the approximate ones when they pass.",
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--source", choices=sorted(PUBLISHERS), help="ask only this publisher (default: all, in turn)")
    where.add_argument("--url", help="address of a GeoJSON file, or of a zip with one")
    where.add_argument("--file", type=Path, help="a file that you have already")
    where.add_argument("--remove", action="store_true", help="take the exact boundaries away again")
    where.add_argument("--status", action="store_true", help="say which boundaries are in force")
    parser.add_argument("--timeout", type=float, default=SILENCE_S, help="seconds that a server may be silent")
    parser.add_argument("--largest-mb", type=float, default=LARGEST_MB, help="largest download in MB")
    return parser


if __name__ == "__main__":
    sys.exit(main())
