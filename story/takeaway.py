"""What the free map shows, to take along: records or a layer's own data, with licence, credit and citation inside."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

import geopandas as gpd
import pyarrow.parquet as pq
from shapely.geometry import MultiPoint, Point

from geodata.catalogue import read_catalogue
from geodata.load import load
from story.citation import as_plain, cite_dataset, cite_records
from story.model import AreaLayer, Layer, LineLayer, NameLayer, Story
from story.opendata import NOTE, Feature
from story.query import Record

LICENCE = "CC-BY-4.0"  # of the records as we compiled and worded them; what they quote belongs to those who said it
TABLE = "records"


@dataclass(frozen=True, slots=True)
class About:
    """What every file says of itself, each in words; `licence` is an SPDX identifier."""

    title: str
    licence: str
    credit: str
    citation: str
    version: str
    address: str
    note: str


@dataclass(frozen=True, slots=True)
class Takeaway:
    """Rows to take along, EPSG:4326, with what the file says of them; `features` is a richer form for GeoJSON."""

    name: str
    about: About
    frame: gpd.GeoDataFrame
    features: tuple[dict[str, Any], ...] = ()


def take_records(story: Story, version: str, records: Iterable[Record]) -> Takeaway:
    """The records given, a row each; those without a place have no geometry.

    `figures`, `sources` and `places` are JSON: the tables of the other formats know no lists.
    """
    kept = tuple(records)
    features = [Feature.of(record.fact, [claim.id for claim in record.claims]) for record in kept]
    rows = [{"id": each.id, **_flat(each.properties)} for each in features]
    shapes = [_shape(each) for each in features]
    columns = ["id", *sorted({name for row in rows for name in row} - {"id"})]
    frame = gpd.GeoDataFrame(rows, columns=columns, geometry=shapes, crs="EPSG:4326")
    about = about_records(story, version, len(kept))
    told = tuple(each.model_dump(mode="json") for each in features)
    return Takeaway(f"{story.settings.id}-{TABLE}", about, frame, told)


def about_records(story: Story, version: str, count: int) -> About:
    """What a file of so many records says of itself."""
    settings = story.settings
    return About(
        title=f"{settings.title}: {count} records",
        licence=LICENCE,
        credit=settings.author,
        citation=as_plain(cite_records(story, version, count)),
        version=version,
        address=settings.address,
        note=f"Evidence to {settings.evidence_until}. {NOTE} 'coord_precision' says how exactly a place is known: "
        "draw no pin for a district or a province.",
    )


def take_layer(story: Story, version: str, layer: Layer) -> Takeaway:
    """The rows of the dataset that a layer draws, in full detail, under the dataset's own licence.

    Raises ValueError for a layer that draws no dataset of shapes.
    """
    layer = _drawn_from_shapes(layer)
    frame = load(layer.dataset)
    for column, allowed in layer.where.items():
        frame = frame[frame[column].astype(str).isin(allowed)]
    about = about_layer(story, version, layer)
    return Takeaway(f"{story.settings.id}-{layer.id}", about, frame.reset_index(drop=True))


def about_layer(story: Story, version: str, layer: Layer) -> About:
    """What a file of a layer's dataset says of itself. Raises ValueError for a layer that draws no shapes."""
    layer = _drawn_from_shapes(layer)
    dataset = read_catalogue()[layer.dataset]
    near = f"{'Approximate, within' if dataset.approximate else 'Within'} about {dataset.accuracy_km:g} km."
    return About(
        title=f"{layer.title} ({dataset.title})",
        licence=dataset.licence,
        credit=dataset.credit,
        citation=as_plain(cite_dataset(story, dataset, version)),
        version=version,
        address=story.settings.address,
        note=" ".join([layer.note, near, *dataset.faults]).strip(),
    )


def can_be_taken(layer: Layer) -> bool:
    """Whether a layer draws a dataset of shapes; schematic ways and pictures of the land are none."""
    return isinstance(layer, LineLayer | AreaLayer | NameLayer)


def _drawn_from_shapes(layer: Layer) -> LineLayer | AreaLayer | NameLayer:
    if isinstance(layer, LineLayer | AreaLayer | NameLayer):
        return layer
    raise ValueError(f"{layer.id}: found a layer of {layer.draw}, expected one that draws a dataset of shapes")


def _flat(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value if value is None or isinstance(value, str | float | int) else json.dumps(value, ensure_ascii=False)
        for name, value in properties.items()
    }


def _shape(feature: Feature) -> Point | MultiPoint | None:
    if feature.geometry is None:
        return None
    coordinates = feature.geometry.coordinates
    return MultiPoint(coordinates) if feature.geometry.type == "MultiPoint" else Point(coordinates)


def write_geojson(taken: Takeaway) -> bytes:
    """RFC 7946: WGS84, longitude first; what the file says of itself stands in members beside `features`."""
    features = taken.features or tuple(taken.frame.iterfeatures(na="null", drop_id=True))
    whole = {"type": "FeatureCollection", **asdict(taken.about), "features": features}
    return json.dumps(whole, ensure_ascii=False, default=str).encode()


def write_geopackage(taken: Takeaway) -> bytes:
    """One table; what the file says of itself stands in the metadata of the file and of the table."""
    about = asdict(taken.about)
    file = BytesIO()
    taken.frame.to_file(
        file,
        layer=taken.name.replace("-", "_"),
        driver="GPKG",
        engine="pyogrio",
        dataset_metadata=about,
        layer_metadata=about,
        layer_options={"DESCRIPTION": f"{about['title']}. {about['licence']}. {about['citation']}"},
    )
    return file.getvalue()


def write_csv(taken: Takeaway) -> bytes:
    """UTF-8 with its mark, geometry as well-known text (longitude first), licence and citation in every row."""
    frame = taken.frame.drop(columns="geometry")
    about = taken.about
    said = {"licence": about.licence, "credit": about.credit, "citation": about.citation}
    text: str = frame.assign(geometry=taken.frame.geometry.to_wkt(), **said).to_csv(index=False)
    return text.encode("utf-8-sig")


def write_geoparquet(taken: Takeaway) -> bytes:
    """GeoParquet; what the file says of itself stands in the key-value metadata of its schema."""
    plain = BytesIO()
    taken.frame.to_parquet(plain, index=False)
    table = pq.read_table(plain)
    about = {name.encode(): value.encode() for name, value in asdict(taken.about).items()}
    file = BytesIO()
    pq.write_table(table.replace_schema_metadata({**(table.schema.metadata or {}), **about}), file, compression="zstd")
    return file.getvalue()


@dataclass(frozen=True, slots=True)
class Form:
    """A file format: the ending of its files, its media type, and what writes it."""

    ending: str
    media_type: str
    write: Callable[[Takeaway], bytes]


FORMS = {
    "GeoJSON": Form("geojson", "application/geo+json", write_geojson),
    "GeoPackage": Form("gpkg", "application/geopackage+sqlite3", write_geopackage),
    "CSV": Form("csv", "text/csv", write_csv),
    "GeoParquet": Form("parquet", "application/vnd.apache.parquet", write_geoparquet),
}
