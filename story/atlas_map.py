"""The free map as folium elements for streamlit-folium, and the files that its frame loads from our own server.

The frame mounts the reader's own map (map.js), so both look alike. What it shall show comes as a folium FeatureGroup
that holds one small element: which layers, which records. So a change costs a few hundred bytes and no new map.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from story.atlas_layers import OTHER, with_other
from story.draw import layer_style, shapes_of, write_mark
from story.drawn import Drawn
from story.elements import as_json
from story.model import CircleLayer, PointLayer, Story
from story.page import map_credit, short_credit
from story.scene import build_scene
from story.templates import WEB

SCRIPTS = ("core", "marks", "flows", "names", "scale", "board", "atlas")
FROM_FRAME = "../../embed/"  # the way from a component's frame to our files, below any prefix of the server


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that was pressed: `at` latitude, longitude; `ring` latitudes, longitudes of a circle around it."""

    at: tuple[float, float]
    ring: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What the free map shall show: opacity in per cent by layer, records by number, the chosen one, a spot.

    `borders` is the viewpoint on borders, empty for the first.
    """

    layers: Mapping[str, int]
    records: tuple[int, ...]
    chosen: int = -1
    spot: Spot | None = None
    borders: str = ""


class AtlasMap(folium.Map):
    """The reader's map in streamlit-folium's frame: its script mounts it, its files come from our own server."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = TheLineBetween.atlas({{ this.get_name()|tojson }}, TheLineBetween.records);
        {% endmacro %}
        """
    )

    def __init__(self, scripts: tuple[str, ...], styles: tuple[str, ...]) -> None:
        """`scripts` and `styles`: paths of files below the reader's address, in the order of loading."""
        super().__init__(tiles=None)
        self.default_js, self.default_css = (
            [(path, FROM_FRAME + path) for path in paths] for paths in (scripts, styles)
        )


class Wanted(MacroElement):
    """Tells the map what to show; lives in the feature group that streamlit-folium exchanges."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            TheLineBetween.board({{ this.wish }}).addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, wish: Wish) -> None:
        """`wish`: what the map shall show."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Wanted"
        self.wish = as_json(asdict(wish))


def draw_wish(wish: Wish) -> folium.FeatureGroup:
    """A fresh feature group that makes the map show what is wanted."""
    group = folium.FeatureGroup(name="wanted", control=False)
    Wanted(wish).add_to(group)
    return group


def atlas_script() -> str:
    """The free map's own script: the reader's marks and names, and the board that switches them, in one scope."""
    parts = [(WEB / f"{name}.js").read_text() for name in SCRIPTS]
    return '(function () {\n"use strict";\n' + "\n".join(parts) + "\n})();\n"


def records_script(story: Story, scene: Mapping[str, Drawn], words: Mapping[str, Any]) -> str:
    """What the free map knows of the records: their order, which layers filters touch, marks of all other records.

    `hatches`: by layer the facts whose place is known to each of its hatched provinces, in the order of the map.
    """
    drawn = build_scene(with_other(story))[OTHER]
    frames = {id_: each.frame for id_, each in scene.items() if isinstance(each.layer, PointLayer)} | {
        OTHER: drawn.frame
    }
    told = {
        "story": story.settings.id,
        "title": words["explore"]["map"],
        "records": list(story.facts),
        "filtered": [OTHER, *(id_ for id_, each in story.layers.items() if isinstance(each, PointLayer | CircleLayer))],
        "hatches": {id_: list(frame["facts"]) for id_, frame in frames.items() if frame is not None},
        "bounds_wsen": story.atlas.bounds_wsen or story.chapters[0].view.bounds_wsen,
        "other": {
            "id": OTHER,
            "rows": [write_mark(mark, drawn.layer) for mark in drawn.marks],
            "areas": write_areas(drawn),
            "style": layer_style(drawn.layer),
        },
        "credit": [short_credit(story, words), map_credit(story)],
        "words": {key: words[key] for key in ("zoom_in", "zoom_out")},
    }
    return f"TheLineBetween.records = {as_json(told)};\n"


def write_areas(drawn: Drawn) -> dict[str, Any]:
    """The hatched provinces of a layer of points as GeoJSON, at the detail of the map."""
    return shapes_of(drawn.frame) if drawn.frame is not None else {"type": "FeatureCollection", "features": []}
