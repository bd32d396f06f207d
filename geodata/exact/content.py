"""Read a file of districts: GeoJSON, plain or in a zip, in degrees, each a named polygon."""

import json
import zipfile
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from geodata.errors import RefusedError

NAME_KEYS: Final = ("adm2_name", "ADM2_EN", "adm2_en", "shapeName", "ADM2_NAME", "NAME_2", "name")
"""Where publishers keep the English name of a district, the surest first."""

DEGREES: Final = ("CRS84", "EPSG::4326", "EPSG:4326", "WGS84")
FURTHEST: Final = (180.0, 90.0)
LARGEST_MEMBER_BYTES: Final = 600_000_000
SAME_AREA: Final = 1e-3
"""A broken outline may be mended if that changes the area by no more than this share."""


def read_districts(path: Path) -> gpd.GeoDataFrame:
    """Give name and polygon of each district of a file, in EPSG:4326 (longitude, latitude).

    Raises RefusedError when the file is no GeoJSON (truncated, other JSON, a zip without one), says another reference
    system than WGS84 degrees or has coordinates that are none, or when a district lacks a name or an area.
    """
    content = _parse(path)
    _check_crs(path, content)
    features = content.get("features")
    if content.get("type") != "FeatureCollection" or not isinstance(features, list) or not features:
        raise RefusedError(f"{path.name}: found {content.get('type')!r}, expected a FeatureCollection with districts")
    key = _name_key(path, features)
    rows = [_row(path, number, feature, key) for number, feature in enumerate(features)]
    frame = gpd.GeoDataFrame([row for row in rows if row], geometry="geometry", crs=4326)
    _check_degrees(path, frame)
    return frame


def _parse(path: Path) -> dict[str, Any]:
    text = _unzip(path) if zipfile.is_zipfile(path) else path.read_bytes()
    try:
        content = json.loads(text)
    except UnicodeDecodeError as error:
        raise RefusedError(f"{path.name}: found bytes that are no text, expected GeoJSON") from error
    except json.JSONDecodeError as error:
        cut = error.pos >= len(error.doc.rstrip()) - 1 or "Unterminated" in error.msg
        how = "JSON that breaks off (truncated; fetch it again)" if cut else "no JSON"
        raise RefusedError(f"{path.name}: line {error.lineno}: found {how}, expected GeoJSON: {error.msg}") from error
    if not isinstance(content, dict):
        raise RefusedError(f"{path.name}: found a JSON {type(content).__name__}, expected a GeoJSON object")
    return content


def _unzip(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        inside = [member for member in archive.infolist() if member.filename.lower().endswith((".geojson", ".json"))]
        second = [
            member for member in inside if any(s in member.filename.lower() for s in ("admin2", "adm2", "admbnda"))
        ]
        if not second:
            listed = ", ".join(archive.namelist()) or "nothing"
            raise RefusedError(f"{path.name}: found {listed}, expected a member like pak_admin2.geojson")
        if second[0].file_size > LARGEST_MEMBER_BYTES:
            raise RefusedError(f"{path.name}: {second[0].filename}: found {second[0].file_size:,} bytes, expected less")
        try:
            return archive.read(second[0])
        except (zipfile.BadZipFile, EOFError) as error:
            raise RefusedError(f"{path.name}: {second[0].filename}: damaged: {error}; fetch it again") from error


def _check_crs(path: Path, content: dict[str, Any]) -> None:
    """GeoJSON of today is in degrees (RFC 7946); the older kind may name another system."""
    crs = content.get("crs")
    if crs is None:
        return
    name = str(crs.get("properties", {}).get("name", crs)) if isinstance(crs, dict) else str(crs)
    if not any(name.upper().endswith(known.upper()) for known in DEGREES):
        raise RefusedError(f"{path.name}: crs: found {name}, expected EPSG:4326 (degrees); convert it first")


def _name_key(path: Path, features: list[Any]) -> str:
    first = features[0].get("properties") if isinstance(features[0], dict) else None
    keys = list(first) if isinstance(first, dict) else []
    for key in NAME_KEYS:
        if key in keys:
            return key
    raise RefusedError(
        f"{path.name}: features[0].properties: found {', '.join(keys) or 'nothing'}, expected a name: "
        f"one of {', '.join(NAME_KEYS)}"
    )


def _row(path: Path, number: int, feature: Any, key: str) -> dict[str, Any] | None:
    """Give name and polygon; a feature without any geometry is left out, as some lists have such."""
    where = f"{path.name}: features[{number}]"
    properties = feature.get("properties") if isinstance(feature, dict) else None
    name = properties.get(key) if isinstance(properties, dict) else None
    if not isinstance(name, str) or not name.strip():
        raise RefusedError(f"{where}.properties.{key}: found {name!r}, expected the name of a district")
    if feature.get("geometry") is None:
        return None
    try:
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
    except (shapely.GEOSException, TypeError, ValueError) as error:
        raise RefusedError(f"{where}.geometry ({name}): found no shape: {error}") from error
    return {"name": name.strip(), "geometry": _mended(where, name, shape)}


def _mended(where: str, name: str, shape: Any) -> Any:
    if shape.geom_type not in {"Polygon", "MultiPolygon"} or shape.is_empty:
        raise RefusedError(f"{where}.geometry ({name}): found {shape.geom_type}, expected a polygon")
    if shape.is_valid:
        return shape
    parts = shapely.get_parts(shapely.make_valid(shape))
    mended = shapely.union_all([part for part in parts if part.geom_type in {"Polygon", "MultiPolygon"}])
    if mended.area == 0 or abs(mended.area - shape.area) > SAME_AREA * mended.area:
        why = shapely.is_valid_reason(shape)
        raise RefusedError(f"{where}.geometry ({name}): found a broken outline ({why}) that cannot be mended")
    return mended


def _check_degrees(path: Path, frame: gpd.GeoDataFrame) -> None:
    points = np.abs(shapely.get_coordinates(np.asarray(frame.geometry)))
    if not np.isfinite(points).all() or (points > FURTHEST).any():
        west, south, east, north = (round(float(edge)) for edge in frame.total_bounds)
        raise RefusedError(
            f"{path.name}: found coordinates {west}, {south} to {east}, {north}, expected degrees of "
            "longitude and latitude; it is in another reference system"
        )
