"""Cut outlines, province borders and neighbours into one coverage.

Every border is drawn once and shared by both sides. All shapes are in EPSG:4326 on the shipping grid; noding
snaps to that grid, so what touches has the same vertices.
"""

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.generalise import interior_borders
from geodata.measure import area_km2
from geodata.recipes.grid import GRID_DEG

OVERSHOOT: float = 1.0005
"""How far past the outline a province border is drawn, as a factor, so that the two surely cross."""

LARGEST_SLIT_KM2: float = 25.0
"""A hole between areas up to this size is a fault of the drawing."""


def cut_provinces(provinces: gpd.GeoDataFrame, outline: BaseGeometry) -> gpd.GeoDataFrame:
    """Give the provinces of one country, re-cut so that together they fill its outline exactly.

    Only borders between provinces are kept of the old shapes. An end that stays short of the new outline is
    led to it by the shortest way; one that runs past it is cut off. Each face goes to the province that
    covers most of it.
    """
    inner = shapely.union_all(np.asarray(interior_borders(provinces).geometry))
    faces = _faces([outline.boundary, inner, *_bridges(inner, outline)])
    faces = faces[shapely.contains(outline, shapely.point_on_surface(faces))]
    owners = [_covers_most(face, provinces.geometry) for face in faces]
    return _dissolve(provinces, dict(zip(range(len(faces)), owners, strict=True)), faces)


def cut_areas(areas: gpd.GeoDataFrame, outline: BaseGeometry) -> gpd.GeoDataFrame:
    """Give areas that fill an outline roughly (a drawing), cut and extended to fill it exactly.

    What no area covers goes to the one with the longest common border; borders between areas are led to the
    outline.
    """
    inner = shapely.union_all(np.asarray(interior_borders(areas).geometry))
    faces = _faces([outline.boundary, *shapely.boundary(np.asarray(areas.geometry)), *_bridges(inner, outline)])
    faces = faces[shapely.contains(outline, shapely.point_on_surface(faces))]
    owned = _owners(shapely.point_on_surface(faces), areas.geometry)
    _adopt([face for face in range(len(faces)) if face not in owned], faces, owned)
    return _dissolve(areas, owned, faces)


def joined(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give areas that nearly meet as a coverage: what lies in two goes to one, what lies between to a neighbour.

    For drawings whose neighbours do not share their vertices. A hole between the areas is filled only where it is
    small; shapes must be on the shipping grid.
    """
    faces = _faces(list(shapely.boundary(np.asarray(areas.geometry))))
    owned = _owners(shapely.point_on_surface(faces), areas.geometry)
    slits = [face for face in range(len(faces)) if face not in owned and area_km2(faces[face]) < LARGEST_SLIT_KM2]
    _adopt(slits, faces, owned)
    return _dissolve(areas, owned, faces)


def cut_countries(
    land: gpd.GeoDataFrame, provinces: gpd.GeoDataFrame, key: str = "iso3"
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Give (provinces without their sea, the other countries fitted around them) as one coverage.

    Land of the old shapes that the provinces give up goes to the neighbour with the longest common border.
    """
    faces = _faces([*shapely.boundary(np.asarray(provinces.geometry)), *shapely.boundary(np.asarray(land.geometry))])
    points = shapely.point_on_surface(faces)
    old = _owners(points, land.geometry)
    new = _owners(points, provinces.geometry)
    replaced = set(land.index[land[key].isin(provinces["country"].unique())])
    owned_new = {face: new[face] for face in new if face in old}
    owned_old = {face: old[face] for face in old if face not in new and old[face] not in replaced}
    orphans = [face for face in old if face not in new and old[face] in replaced]
    _adopt(orphans, faces, owned_old)
    rest = land.drop(index=list(replaced))
    return _dissolve(provinces, owned_new, faces), _dissolve(rest, owned_old, faces)


def _faces(lines: list[BaseGeometry]) -> np.ndarray:
    noded = shapely.union_all(np.array(lines), grid_size=GRID_DEG)
    return np.asarray(shapely.get_parts(shapely.polygonize([noded])))


def _bridges(inner: BaseGeometry, outline: BaseGeometry) -> list[BaseGeometry]:
    """Lead each loose end that lies inside the outline to the nearest place on it, and a little further."""
    ends = shapely.get_parts(shapely.line_merge(inner).boundary)
    loose = [end for end in ends if shapely.contains(outline, end)]
    reach = shapely.shortest_line(np.array(loose), outline.boundary)
    return [_longer(line) for line in reach if line.length > 0]


def _longer(line: BaseGeometry) -> BaseGeometry:
    start, end = shapely.get_coordinates(line)
    return shapely.LineString([start, start + (end - start) * OVERSHOOT])


def _covers_most(face: BaseGeometry, shapes: gpd.GeoSeries) -> object:
    common = shapely.area(shapely.intersection(np.asarray(shapes), face))
    if common.max() > 0:
        return shapes.index[int(common.argmax())]
    return shapes.index[int(shapely.distance(np.asarray(shapes), face).argmin())]


def _owners(points: np.ndarray, shapes: gpd.GeoSeries) -> dict[int, object]:
    """Give face number -> index of the shape its inner point lies in; faces in no shape are left out."""
    face, shape = shapely.STRtree(np.asarray(shapes)).query(points, predicate="within")
    return {int(f): shapes.index[int(s)] for f, s in zip(face, shape, strict=True)}


def _adopt(orphans: list[int], faces: np.ndarray, owned: dict[int, object]) -> None:
    """Give each orphan face to the owner with the longest common border; repeat until no more find one."""
    tree = shapely.STRtree(faces)
    waiting = list(orphans)
    while waiting:
        found = {face: owner for face in waiting if (owner := _longest_neighbour(face, faces, tree, owned)) is not None}
        if not found:
            return
        owned.update(found)
        waiting = [face for face in waiting if face not in found]


def _longest_neighbour(face: int, faces: np.ndarray, tree: shapely.STRtree, owned: Mapping[int, object]) -> object:
    lengths: dict[object, float] = {}
    for other in tree.query(faces[face], predicate="intersects"):
        if int(other) in owned:
            common = shapely.intersection(faces[face].boundary, faces[other].boundary).length
            lengths[owned[int(other)]] = lengths.get(owned[int(other)], 0.0) + common
    best = max(lengths, key=lambda owner: lengths[owner], default=None)
    return best if best is not None and lengths[best] > 0 else None


def _dissolve(frame: gpd.GeoDataFrame, owners: Mapping[int, object], faces: np.ndarray) -> gpd.GeoDataFrame:
    groups: dict[object, list[BaseGeometry]] = {}
    for face, owner in owners.items():
        groups.setdefault(owner, []).append(faces[face])
    kept = frame.loc[[index for index in frame.index if index in groups]]
    return kept.set_geometry([shapely.coverage_union_all(groups[index]) for index in kept.index], crs=frame.crs)
