"""Made-up files of districts, and a small server on this machine that gives them in every good and bad way."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely

from geodata.catalogue import CATALOGUE_FILE, read_catalogue
from geodata.exact.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Handler = BaseHTTPRequestHandler
POINTER = (
    b"version https://git-lfs.github.com/spec/v1\n"
    b"oid sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef\nsize 48120\n"
)
"""What geoBoundaries may answer instead of a file."""

PUBLISHERS_NAMES = {
    "South Waziristan": "South Waziristan Agency",
    "FR Dera Ismail Khan": "FR D.I. Khan",
    "FR Lakki Marwat": "F.R. Lakki Marwat",
}
"""Our name -> the spelling of the made-up file."""


def published(*, shift_deg: float = 0.002, leave_out: tuple[str, ...] = (), key: str = "adm2_name") -> dict[str, Any]:
    """Make GeoJSON as a publisher would: the shipped districts a little off, other spellings, one neighbour more."""
    rows = gpd.read_parquet(read_catalogue(CATALOGUE_FILE)["tribal_districts"].path)
    rows["geometry"] = shapely.simplify(rows.geometry.to_numpy(), 0.002).tolist()
    rows["geometry"] = rows.geometry.translate(shift_deg, shift_deg)
    features = [
        feature(PUBLISHERS_NAMES.get(row.name, row.name), row.geometry, key)
        for row in rows.itertuples()
        if row.name not in leave_out
    ]
    neighbour = feature("Peshawar", shapely.box(71.5, 33.9, 71.8, 34.2), key)
    return {"type": "FeatureCollection", "features": [neighbour, *features]}


def feature(name: str, shape: Any, key: str = "adm2_name") -> dict[str, Any]:
    return {"type": "Feature", "properties": {key: name}, "geometry": json.loads(shapely.to_geojson(shape))}


def written(content: dict[str, Any]) -> bytes:
    """Give the bytes of a file."""
    return json.dumps(content).encode()


def fetch(content: bytes, folder: Path, name: str = "districts.geojson") -> int:
    """Run the command on a file with this content; give its exit code."""
    path = folder / name
    path.write_bytes(content)
    return main(["--file", str(path)])


def changed(content: dict[str, Any], change: Callable[[Any], Any]) -> dict[str, Any]:
    """Give a copy with every shape changed."""
    features = [
        {**one, "geometry": json.loads(shapely.to_geojson(change(shapely.from_geojson(json.dumps(one["geometry"])))))}
        for one in content["features"]
    ]
    return {**content, "features": features}


@contextmanager
def served(ways: dict[str, bytes | Callable[[Handler], None]]) -> Iterator[str]:
    """Serve path -> bytes, or path -> what to do with the request, on a free port; give the address of the server."""

    class Answer(Handler):
        def do_GET(self) -> None:  # noqa: N802 - the name that the library calls
            way = ways.get(self.path.split("?")[0])
            if callable(way):
                way(self)
            elif way is None:
                self.send_error(404)
            else:
                self.send_response(200)
                self.send_header("Content-Length", str(len(way)))
                self.end_headers()
                self.wfile.write(way)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def cut_off(content: bytes) -> Callable[[Handler], None]:
    """Announce all of a file, send half of it and hang up."""

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content[: len(content) // 2])

    return answer


def silent(seconds: float) -> Callable[[Handler], None]:
    """Say nothing for a while."""

    def answer(handler: Handler) -> None:
        time.sleep(seconds)
        handler.close_connection = True

    return answer


def endless(handler: Handler) -> None:
    """Send without an end and without saying how much it will be."""
    handler.send_response(200)
    handler.end_headers()
    piece = b"x" * 100_000
    try:
        while True:
            handler.wfile.write(piece)
    except OSError:
        handler.close_connection = True


GOOD = written(published())
"""A file that passes every check."""
