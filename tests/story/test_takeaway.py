"""What is taken along from the free map: every format is read back whole, with licence and citation inside."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
from geopandas.testing import assert_geoseries_equal
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.catalogue import read_catalogue
from story.opendata import Feature
from story.query import list_records
from story.takeaway import (
    FORMS,
    can_be_taken,
    take_layer,
    take_records,
    write_csv,
    write_geojson,
    write_geopackage,
    write_geoparquet,
)
from tests.story import told

if TYPE_CHECKING:
    from pathlib import Path

    from story.takeaway import Takeaway

STORY = told.real().story
RECORDS = list_records(STORY)
ALL = take_records(STORY, "v1", RECORDS)
TAKEN = [ALL, *(take_layer(STORY, "v1", layer) for layer in STORY.layers.values() if can_be_taken(layer))]
IDS = [each.name for each in TAKEN]


def assert_about(found: dict[str, str], taken: Takeaway) -> None:
    """Hold what a file says of itself against what it was told to say."""
    about = taken.about
    assert found["licence"] == about.licence
    assert found["citation"] == about.citation
    assert about.version in found["citation"]
    assert found["credit"] == about.credit


@pytest.mark.parametrize("taken", TAKEN, ids=IDS)
def test_geojson_comes_back_with_licence_and_citation(taken: Takeaway) -> None:
    content = write_geojson(taken)
    assert_about(json.loads(content), taken)
    back = gpd.read_file(BytesIO(content))
    assert len(back) == len(taken.frame)
    same = gpd.GeoSeries(back.geometry).set_crs(4326, allow_override=True)
    assert_geoseries_equal(same, taken.frame.geometry, check_less_precise=True)


@pytest.mark.parametrize("taken", TAKEN, ids=IDS)
def test_geopackage_comes_back_with_licence_and_citation(taken: Takeaway, tmp_path: Path) -> None:
    content = tmp_path / "taken.gpkg"
    content.write_bytes(write_geopackage(taken))
    info = pyogrio.read_info(content, layer=0)
    assert_about(info["layer_metadata"], taken)
    assert_about(info["dataset_metadata"], taken)
    back = gpd.read_file(content)
    assert back.crs.to_epsg() == 4326
    assert len(back) == len(taken.frame)
    assert set(back.columns) == set(taken.frame.columns)
    for one, other in zip(back.geometry, taken.frame.geometry, strict=True):
        assert (one is None and other is None) or one.equals(other)


@pytest.mark.parametrize("taken", TAKEN, ids=IDS)
def test_csv_comes_back_with_licence_and_citation_in_every_row(taken: Takeaway) -> None:
    back = pd.read_csv(BytesIO(write_csv(taken)), dtype=str, keep_default_na=False)
    assert len(back) == len(taken.frame)
    for row in back.to_dict("records"):
        assert_about({**row, "version": taken.about.version}, taken)
    shapes = gpd.GeoSeries.from_wkt(back["geometry"].replace("", None), crs=4326)
    assert list(shapes.isna()) == list(taken.frame.geometry.isna())


def test_no_cell_of_a_table_is_a_formula_to_a_spreadsheet() -> None:
    back = pd.read_csv(BytesIO(write_csv(ALL)), dtype=str, keep_default_na=False)
    assert not [cell for column in back for cell in back[column] if cell[:1] in {"=", "+", "@", "\t"}]


@pytest.mark.parametrize("taken", TAKEN, ids=IDS)
def test_geoparquet_comes_back_with_licence_and_citation(taken: Takeaway) -> None:
    content = write_geoparquet(taken)
    kept = {key.decode(): value for key, value in pq.read_schema(BytesIO(content)).metadata.items()}
    assert_about({key: value.decode() for key, value in kept.items()}, taken)
    assert json.loads(kept["geo"])["primary_column"] == "geometry"
    back = gpd.read_parquet(BytesIO(content))
    assert list(back.columns) == list(taken.frame.columns)
    assert_geoseries_equal(back.geometry, taken.frame.geometry)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(RECORDS), max_size=12, unique_by=lambda record: record.number))
def test_any_choice_of_records_can_be_taken_in_every_form(chosen: list[object]) -> None:
    taken = take_records(STORY, "v1", chosen)
    features = json.loads(write_geojson(taken))["features"]
    facts = [Feature.model_validate(each).fact() for each in features]
    assert facts == [record.fact for record in chosen]
    assert f"{len(chosen)} of {len(RECORDS)}" in taken.about.citation
    for form in FORMS.values():
        assert form.write(taken)


def test_a_layer_has_its_own_datasets_licence_and_rows() -> None:
    taken = take_layer(STORY, "v1", STORY.layers["tribal-areas"])
    assert len(taken.frame) == 1
    assert taken.about.licence == read_catalogue()["admin1"].licence
    approximate = take_layer(STORY, "v1", STORY.layers["agencies"])
    assert "Approximate" in approximate.about.note


@pytest.mark.parametrize("id_", ["relief", "strikes", "trade-roads"])
def test_what_draws_no_dataset_of_shapes_is_refused(id_: str) -> None:
    layer = STORY.layers[id_]
    assert not can_be_taken(layer)
    with pytest.raises(ValueError, match=f"{id_}: .*expected"):
        take_layer(STORY, "v1", layer)
