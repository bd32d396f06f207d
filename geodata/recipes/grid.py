"""The grid that shipped coordinates lie on, so that what touches has the same vertices and files stay small."""

from typing import Final

import geopandas as gpd
import numpy as np
import shapely

GRID_DEG: Final = 2.0**-16
"""1.5e-5 degrees or 1.7 m: a power of two, so most bits of a coordinate are 0 and pack well."""


def on_grid(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """Round coordinates in degrees to the shipping grid; equal vertices stay equal, none is dropped."""
    return gpd.GeoSeries(
        shapely.transform(np.asarray(shapes), lambda lonlat: np.round(lonlat / GRID_DEG) * GRID_DEG),
        index=shapes.index,
        crs=shapes.crs,
    )
