"""Our own folium elements, where folium has none: a map without a host, the relief, the marks, the names.

Their scripts only call functions of the reader (story/web/), where the work is done.
"""

import json
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template


def as_json(value: Any) -> str:
    """Compact JSON that is safe inside a script and inside a template.

    No NaN, no `</` that could end the element, and nothing that Jinja would take for its own: branca renders what
    an element's template has given once more. Raises ValueError for a number that JSON does not have.
    """
    written = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).replace("</", "<\\/")
    for code in ("{{", "{%", "{#"):
        written = written.replace(code, f"{{\\u{ord(code[1]):04x}")
    return written


class StoryMap(folium.Map):
    """A folium map that mounts into `element` (a variable of the function around its script) and links to nothing."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = storyMap = L.map(element, {
                center: {{ this.location|tojson }},
                ...{{ this.options|tojavascript }}
            });
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        """Without tiles, links and controls; every zoom level in between is allowed, so that bounds fit exactly."""
        super().__init__(
            location=(31, 69),
            zoom_start=5,
            tiles=None,
            zoom_control=False,
            zoom_snap=0,
            zoom_delta=0.75,
            min_zoom=2,
            max_zoom=11,
            attribution_control=False,
            scroll_wheel_zoom=False,
            track_resize=False,
            keyboard_pan_delta=60,
            world_copy_jump=False,
            max_bounds_viscosity=0.6,
        )
        self.default_js = []
        self.default_css = []


class Attempt(MacroElement):
    """Opens what may fail without the rest of the map: the layers that follow, up to their `Attempted`."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            try {
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        """Nothing is asked for."""
        super().__init__()  # type: ignore[no-untyped-call]


class Attempted(MacroElement):
    """Closes an `Attempt`; the reader says what failed, `part`."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            } catch (error) { TheLineBetween.fail({{ this.part }}, error); }
        {% endmacro %}
        """
    )

    def __init__(self, part: str) -> None:
        """`part` of the map."""
        super().__init__()  # type: ignore[no-untyped-call]
        self.part = as_json(part)


class Relief(MacroElement):
    """A picture of the land in Web Mercator between `bounds_wsen`; the reader knows where its file lies."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            TheLineBetween.relief({{ this.dataset }}, {{ this.bounds }}, {{ this.pane }}, base)
                .addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, dataset: str, bounds_wsen: tuple[float, float, float, float], pane: str) -> None:
        """`bounds_wsen` in degrees; `pane` is the pane that it is drawn in."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Relief"
        west, south, east, north = bounds_wsen
        self.dataset, self.pane = as_json(dataset), as_json(pane)
        self.bounds = as_json([[south, west], [north, east]])


class Marks(MacroElement):
    """Marks of one layer: SVG shapes with a name for those who do not see them, and rings where the place is vague."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            TheLineBetween.marks({{ this.marks }}, {{ this.pane }})
                .addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, marks: list[dict[str, Any]], pane: str) -> None:
        """`marks` as `story.draw` writes them, positions as latitude, longitude."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Marks"
        self.marks, self.pane = as_json(marks), as_json(pane)


class Flows(MacroElement):
    """Moves of one layer from place to place, as tapered arrows."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            TheLineBetween.flows({{ this.flows }}, {{ this.pane }})
                .addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, flows: list[dict[str, Any]], pane: str) -> None:
        """`flows` as `story.draw` writes them, paths as latitude, longitude."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Flows"
        self.flows, self.pane = as_json(flows), as_json(pane)


class Areas(MacroElement):
    """Polygons of one layer that lead to a record each when they are pressed."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            TheLineBetween.areas({{ this.collection }}, {{ this.style }}, {{ this.pane }})
                .addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, collection: dict[str, Any], style: dict[str, Any], pane: str) -> None:
        """`collection`: GeoJSON whose features have a fact as `fact`; `style`: Leaflet's path options."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Areas"
        self.collection, self.style, self.pane = as_json(collection), as_json(style), as_json(pane)


class Names(MacroElement):
    """Names of one layer, which the reader writes where there is room."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            names[{{ this.layer }}] = {{ this.names }};
        {% endmacro %}
        """
    )

    def __init__(self, names: list[list[Any]], layer: str) -> None:
        """`names`: rows of text, latitude, longitude, kind, rank, gap in pixels."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Names"
        self.names, self.layer = as_json(names), as_json(layer)
