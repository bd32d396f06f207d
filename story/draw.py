"""Draws a story's scene as one folium map and renders folium's own script as a function that mounts it anywhere."""

from collections.abc import Iterator
from typing import Any

import folium
from branca.element import Element, Figure
from folium.map import CustomPane
from geopandas import GeoDataFrame

from geodata.catalogue import read_catalogue
from story.drawn import DECIMALS, Drawn, Flow, Name, Placed
from story.elements import Areas, Attempt, Attempted, Flows, Marks, Names, Relief, StoryMap
from story.model import AreaLayer, Layer, LineLayer, PointLayer, RouteLayer
from story.strokes import DASHES, SCHEMATIC, STRETCH_PX, cap

FIRST_Z_INDEX = 400
WHOLE_WORLD = (-180.0, -85.0, 180.0, 85.0)


def draw_map(scene: dict[str, Drawn]) -> StoryMap:
    """A fresh folium map of the scene: a pane `layer-<id>` and a FeatureGroup for each layer, in drawing order.

    A layer whose script fails in the browser leaves the others as they are.
    """
    story_map = StoryMap()
    for index, (id_, drawn) in enumerate(scene.items()):
        pane = f"layer-{id_}"
        CustomPane(pane, z_index=FIRST_Z_INDEX + index, pointer_events=True).add_to(story_map)
        Attempt().add_to(story_map)
        group = folium.FeatureGroup(name=id_, control=False).add_to(story_map)
        for element in _elements(drawn, pane):
            element.add_to(group)
        Attempted(pane).add_to(story_map)
    return story_map


def render_script(story_map: StoryMap) -> str:
    """The map's script as folium writes it, with the same names every time, free of any link to another host."""
    for number, element in enumerate(_walk(story_map)):
        element._id = f"{number}"  # noqa: SLF001 - branca gives random names and offers no other way to set them
    figure = story_map.get_root()
    assert isinstance(figure, Figure)  # noqa: S101 - folium puts every map into one
    figure.render()
    return "\n".join(line for line in figure.script.render().splitlines() if line.strip())


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for child in element._children.values():  # noqa: SLF001 - branca has no public way to its children
        yield from _walk(child)


def _elements(drawn: Drawn, pane: str) -> Iterator[Element]:
    layer = drawn.layer
    if layer.draw == "relief":
        catalogue = read_catalogue()
        for dataset in layer.datasets:
            yield Relief(dataset, catalogue[dataset].bounds_wsen or WHOLE_WORLD, pane)
    if drawn.frame is not None and len(drawn.frame):
        if isinstance(layer, LineLayer | RouteLayer) and (isinstance(layer, RouteLayer) or layer.casing):
            yield _shape(drawn.frame, {"className": "casing", "weight": layer.width_px + 3, "fill": False}, pane)
        records = layer.records if isinstance(layer, AreaLayer) else None
        yield (
            Areas(shapes_of(drawn.frame, records), layer_style(layer), pane)
            if records
            else _shape(drawn.frame, layer_style(layer), pane)
        )
    if drawn.stretches is not None:
        width = {"weight": STRETCH_PX, "fill": False, "dashArray": DASHES[SCHEMATIC], "lineCap": cap(SCHEMATIC)}
        yield _shape(drawn.stretches, {"className": "casing", "weight": STRETCH_PX + 3, "fill": False}, pane)
        style = {"className": f"ink-{layer.ink} line", "opacity": 1} | width
        yield Areas(shapes_of(drawn.stretches, "fact"), style, pane)
    if drawn.flows:
        yield Flows([_flow(flow, layer) for flow in drawn.flows], pane)
    if drawn.marks:
        yield Marks([write_mark(mark, layer) for mark in drawn.marks], pane)
    if drawn.names:
        yield Names([_name(name) for name in drawn.names], layer.id)


def layer_style(layer: Layer) -> dict[str, Any]:
    """Leaflet path options; the colour comes from the class, so that the page's theme decides it."""
    style: dict[str, Any] = {"className": f"ink-{layer.ink}", "opacity": 1}
    if isinstance(layer, AreaLayer):
        style |= {"weight": 1.2, "fillOpacity": 1, "dashArray": DASHES[layer.stroke]}
        style["className"] += f" area fill-{layer.fill}"
    if isinstance(layer, PointLayer):
        style["className"] += " area fill-hatch vague"
    if isinstance(layer, LineLayer | RouteLayer):
        style |= {
            "weight": layer.width_px,
            "fill": False,
            "dashArray": DASHES[layer.stroke],
            "lineCap": cap(layer.stroke),
        }
        style["className"] += " line"
    return style


def _shape(frame: GeoDataFrame, style: dict[str, Any], pane: str) -> folium.GeoJson:
    """A GeoJson layer of the frame's geometry alone, coordinates rounded, in one style."""
    collection = shapes_of(frame)
    return folium.GeoJson(collection, style_function=lambda _: style, pane=pane, interactive=False, smooth_factor=0.6)


def shapes_of(frame: GeoDataFrame, records: str | None = None) -> dict[str, Any]:
    """GeoJSON of the frame's geometry, rounded; with the fact of each feature where `records` names its column."""
    facts = frame[records] if records else [None] * len(frame)
    features = [
        {
            "type": "Feature",
            "id": index,
            "properties": {"fact": fact} if fact else {},
            "geometry": _bare(shape.__geo_interface__),
        }
        for index, (shape, fact) in enumerate(zip(frame.geometry, facts, strict=True))
        if not shape.is_empty
    ]
    return {"type": "FeatureCollection", "features": features}


def _bare(geometry: dict[str, Any]) -> dict[str, Any]:
    return {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"])}


def _rounded(part: Any) -> Any:
    """Coordinates rounded to what the map can show; neighbours that then fall together become one."""
    if isinstance(part[0], float | int):
        return [round(part[0], DECIMALS), round(part[1], DECIMALS)]
    rounded = [_rounded(each) for each in part]
    return [each for index, each in enumerate(rounded) if not index or each != rounded[index - 1]]


def write_mark(mark: Placed, layer: Layer) -> dict[str, Any]:
    """A mark as the reader's script takes it; `at` is latitude, longitude."""
    return {
        "id": mark.id,
        "title": mark.title,
        "at": [round(mark.lonlat[1], 4), round(mark.lonlat[0], 4)],
        "shape": mark.shape,
        "px": mark.size_px,
        "ink": layer.ink,
        "sure": mark.certainty.signs if mark.certainty else (),
        "ring_m": round(mark.ring_km * 1000),
        "shift": list(mark.shift_px),
        "fact": mark.fact,
        "goto": mark.goto,
    }


def _flow(flow: Flow, layer: Layer) -> dict[str, Any]:
    path = [[round(lat, DECIMALS), round(lon, DECIMALS)] for lon, lat in flow.path]
    return {"title": flow.name, "path": path, "px": flow.width_px, "ink": layer.ink}


def _name(name: Name) -> list[Any]:
    lon, lat = name.lonlat
    return [name.text, round(lat, 3), round(lon, 3), name.kind, name.rank, round(name.gap_px)]
