"""Draws a story's scene as one folium map and renders folium's own script as a function that mounts it anywhere."""

from collections.abc import Iterator
from typing import Any

import folium
from branca.element import Element, Figure
from folium.map import CustomPane
from geopandas import GeoDataFrame

from geodata.catalogue import read_catalogue
from story.elements import Marks, Names, Relief, StoryMap
from story.model import AreaLayer, Layer, LineLayer, RouteLayer
from story.scene import DECIMALS, Drawn, Name, Placed

FIRST_Z_INDEX = 400
WHOLE_WORLD = (-180.0, -85.0, 180.0, 85.0)
DASHES = {"solid": None, "dashed": "6 5", "dotted": "1 5", "dash-dot": "9 4 2 4"}


def draw_map(scene: dict[str, Drawn]) -> StoryMap:
    """A fresh folium map of the scene: a pane `layer-<id>` and a FeatureGroup for each layer, in drawing order."""
    story_map = StoryMap()
    for index, (id_, drawn) in enumerate(scene.items()):
        pane = f"layer-{id_}"
        CustomPane(pane, z_index=FIRST_Z_INDEX + index, pointer_events=True).add_to(story_map)
        group = folium.FeatureGroup(name=id_, control=False).add_to(story_map)
        for element in _elements(drawn, pane):
            element.add_to(group)
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
        if isinstance(layer, LineLayer) and layer.casing:
            yield _shape(drawn.frame, {"className": "casing", "weight": layer.width_px + 3, "fill": False}, pane)
        yield _shape(drawn.frame, _style(layer), pane)
    if drawn.marks:
        yield Marks([_mark(mark, layer) for mark in drawn.marks], pane)
    if drawn.names:
        yield Names([_name(name) for name in drawn.names], layer.id)


def _style(layer: Layer) -> dict[str, Any]:
    """Leaflet path options; the colour comes from the class, so that the page's theme decides it."""
    style: dict[str, Any] = {"className": f"ink-{layer.ink}", "opacity": 1}
    if isinstance(layer, AreaLayer):
        style |= {"weight": 1.2, "fillOpacity": 1, "dashArray": DASHES[layer.stroke]}
        style["className"] += f" area fill-{layer.fill}"
    if isinstance(layer, LineLayer | RouteLayer):
        style |= {
            "weight": layer.width_px,
            "fill": False,
            "dashArray": DASHES[layer.stroke],
            "lineCap": "round",
        }
        style["className"] += " line"
    return style


def _shape(frame: GeoDataFrame, style: dict[str, Any], pane: str) -> folium.GeoJson:
    """A GeoJson layer of the frame's geometry alone, coordinates rounded, in one style."""
    features = [
        {"type": "Feature", "id": index, "properties": {}, "geometry": _bare(shape.__geo_interface__)}
        for index, shape in enumerate(frame.geometry)
        if not shape.is_empty
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return folium.GeoJson(collection, style_function=lambda _: style, pane=pane, interactive=False, smooth_factor=0.6)


def _bare(geometry: dict[str, Any]) -> dict[str, Any]:
    return {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"])}


def _rounded(part: Any) -> Any:
    """Coordinates rounded to what the map can show; neighbours that then fall together become one."""
    if isinstance(part[0], float | int):
        return [round(part[0], DECIMALS), round(part[1], DECIMALS)]
    rounded = [_rounded(each) for each in part]
    return [each for index, each in enumerate(rounded) if not index or each != rounded[index - 1]]


def _mark(mark: Placed, layer: Layer) -> dict[str, Any]:
    return {
        "id": mark.id,
        "title": mark.title,
        "at": [round(mark.lonlat[1], 4), round(mark.lonlat[0], 4)],
        "shape": mark.shape,
        "px": mark.size_px,
        "ink": layer.ink,
        "precision": mark.precision or "exact",
        "ring_m": round(mark.ring_km * 1000),
        "turn": round(mark.turn_deg),
        "shift": list(mark.shift_px),
        "fact": mark.fact,
        "goto": mark.goto,
    }


def _name(name: Name) -> list[Any]:
    lon, lat = name.lonlat
    return [name.text, round(lat, 3), round(lon, 3), name.kind, name.rank, round(name.gap_px)]
