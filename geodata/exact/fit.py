"""Check the shapes of tribal districts and lay them on our lines, so that the map stays one coverage."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.catalogue import CATALOGUE_FILE, read_catalogue
from geodata.errors import RefusedError
from geodata.exact.names import DATASET
from geodata.generalise import generalise
from geodata.load import load
from geodata.measure import area_km2
from geodata.recipes.grid import on_grid
from geodata.recipes.recut import cut_areas, joined

TOLERANCE_M: Final = 100.0
"""Detail kept: that of the Durand Line as shipped."""

PLANE: Final = "+proj=aea +lat_1=26 +lat_2=35 +lat_0=30 +lon_0=69 +datum=WGS84"
NEAR_LINE_M: Final = 5_000.0

LEAST_OVERLAP: Final = 0.9
"""Least share that the districts and F.A.T.A. have in common, of what either covers (intersection over union)."""

AREA_SHARE: Final = 0.25
"""Most that an agency's area may differ from the published one, which differ among themselves."""

MOST_CHANGED: Final = 0.06
"""Most that laying an agency on our lines may change its area."""

MOST_DOUBLE: Final = 0.01
"""Most of all area that may belong to two districts."""


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What was measured: overlap with F.A.T.A. (intersection over union), areas in km2 by name (found, published).

    line_off_km is the mean distance of the file's outer edge from our Durand Line; kept_schematic are the frontier
    regions that the file lacks, whose approximate shapes were kept.
    """

    overlap: float
    areas_km2: dict[str, tuple[float, float]]
    line_off_km: float
    kept_schematic: tuple[str, ...]


def check_and_fit(chosen: gpd.GeoDataFrame, missing: Sequence[str]) -> tuple[gpd.GeoDataFrame, Findings]:
    """Give the districts laid on our lines, with the columns of tribal_districts, and what was measured.

    chosen: rows of tribal_districts with the shapes of a file, EPSG:4326; missing: names of frontier regions that the
    file lacks, which keep the part of their approximate shape that no agency takes. Raises RefusedError with every
    check that failed.
    """
    shipped = gpd.GeoDataFrame(gpd.read_parquet(read_catalogue(CATALOGUE_FILE)[DATASET].path))
    fata = load("admin1").set_index("code").geometry["PK-TA"]
    findings = Findings(
        overlap=_overlap(chosen, fata if not missing else _rest(shipped, missing, fata)),
        areas_km2={row.name: (area_km2(row.geometry), float(row.published_km2)) for row in chosen.itertuples()},
        line_off_km=_line_off_km(chosen),
        kept_schematic=tuple(missing),
    )
    faults = [*_faults(chosen, findings)]
    if faults:
        raise RefusedError("\n".join(faults))
    fitted = _lay(chosen, shipped[shipped["name"].isin(missing)], fata)
    _check_changes(chosen, fitted)
    return fitted.loc[:, list(shipped.columns)], findings


def _overlap(chosen: gpd.GeoDataFrame, whole: Any) -> float:
    ours = shapely.union_all(np.asarray(chosen.geometry))
    return area_km2(shapely.intersection(ours, whole)) / max(area_km2(shapely.union(ours, whole)), 1e-9)


def _rest(shipped: gpd.GeoDataFrame, missing: Sequence[str], fata: Any) -> Any:
    """Give F.A.T.A. without the frontier regions that the file lacks, as far as the approximation knows them."""
    lacking = shapely.union_all(np.asarray(shipped[shipped["name"].isin(missing)].geometry))
    return shapely.difference(fata, lacking)


def _faults(chosen: gpd.GeoDataFrame, findings: Findings) -> list[str]:
    faults = []
    if findings.overlap < LEAST_OVERLAP:
        swapped = _overlap_if_swapped(chosen) >= LEAST_OVERLAP / 2
        hint = "; latitude and longitude seem to be exchanged" if swapped else ""
        faults.append(
            f"overlap with F.A.T.A.: found {findings.overlap:.0%} (intersection over union), expected at least "
            f"{LEAST_OVERLAP:.0%}{hint}"
        )
    for row in chosen.itertuples():
        found, published = findings.areas_km2[row.name]
        if row.kind == "agency" and abs(found / published - 1) > AREA_SHARE:
            faults.append(f"{row.name}: found {found:,.0f} km2, expected {published:,.0f} +-{AREA_SHARE:.0%}")
    whole = sum(found for found, _ in findings.areas_km2.values())
    double = whole - area_km2(shapely.union_all(np.asarray(chosen.geometry)))
    if double > MOST_DOUBLE * whole:
        faults.append(f"districts overlap by {double:,.0f} km2, expected less than {MOST_DOUBLE:.0%} of the area")
    return faults


def _overlap_if_swapped(chosen: gpd.GeoDataFrame) -> float:
    turned = chosen.set_geometry(
        shapely.transform(np.asarray(chosen.geometry), lambda lonlat: lonlat[:, ::-1]), crs=4326
    )
    return _overlap(turned, load("admin1").set_index("code").geometry["PK-TA"])


def _line_off_km(chosen: gpd.GeoDataFrame) -> float:
    outline = shapely.union_all(np.asarray(chosen.to_crs(PLANE).geometry)).boundary
    line = load("durand_line").to_crs(PLANE).geometry.iloc[0]
    points = shapely.points(shapely.get_coordinates(shapely.segmentize(outline, 500.0)))
    off_m = shapely.distance(points, line)
    near = off_m[off_m < NEAR_LINE_M]
    return float(near.mean()) / 1000 if near.size else float("inf")


def _lay(chosen: gpd.GeoDataFrame, kept: gpd.GeoDataFrame, fata: Any) -> gpd.GeoDataFrame:
    """Make one coverage of the file's shapes and the kept ones, at our detail, that fills F.A.T.A. exactly."""
    taken = shapely.union_all(np.asarray(chosen.geometry))
    spared = kept.set_geometry(shapely.difference(np.asarray(kept.geometry), taken), crs=4326)
    districts = pd.concat([chosen.assign(schematic=False), spared[~spared.is_empty]])
    districts = gpd.GeoDataFrame(districts, geometry="geometry", crs=4326).sort_index()
    districts["geometry"] = on_grid(districts.geometry)
    simple = generalise(joined(districts), TOLERANCE_M)
    simple["geometry"] = on_grid(simple.geometry)
    fitted = cut_areas(simple, fata)
    fitted["drawn_km2"] = [round(area_km2(shape)) for shape in fitted.geometry]
    return fitted.reset_index(drop=True)


def _check_changes(chosen: gpd.GeoDataFrame, fitted: gpd.GeoDataFrame) -> None:
    after = fitted.set_index("name").geometry
    faults = [] if shapely.coverage_is_valid(np.asarray(after)) else ["the districts do not meet without gaps"]
    for row in chosen.itertuples():
        if row.name not in after.index:
            faults.append(f"{row.name}: nothing is left of it inside F.A.T.A.")
        elif row.kind == "agency":
            before_km2, after_km2 = area_km2(row.geometry), area_km2(after[row.name])
            if abs(after_km2 / before_km2 - 1) > MOST_CHANGED:
                faults.append(
                    f"{row.name}: found {before_km2:,.0f} km2 and {after_km2:,.0f} on our lines, "
                    f"expected a change of at most {MOST_CHANGED:.0%}"
                )
    if faults:
        raise RefusedError("\n".join(faults))
