"""The free map of the Explore page: how its layers are grouped, whose acts a layer holds, what its charts compare.

`atlas.yaml` in a story's folder says so. A story without one has every layer under the name of how it is drawn.
"""

from typing import Literal

from pydantic import Field

from story.facts import Frozen


class Theme(Frozen):
    """A heading, and the layers under it in the order of the list."""

    title: str = Field(min_length=1)
    layers: tuple[str, ...] = Field(min_length=1)


class Series(Frozen):
    """A chart of figures whose names differ in one word, the `{}` of `figure`, beside each other by fact and counter.

    `axis` is what stands for `{}`: a year or a name. Figures of two counters are never added.
    """

    title: str = Field(min_length=1)
    note: str = ""
    figure: str = Field(pattern=r"^[^{}]*\{\}[^{}]*$")
    axis: Literal["year", "name"]
    facts: dict[str, str] = Field(min_length=1)


class Atlas(Frozen):
    """atlas.yaml: the map that a visitor first sees, and what stands around it.

    `layers` are those that are on at first; `groups` says whose acts the facts of a layer are: layer -> who; `other`
    is the title of the layer of all records that no layer draws; `series` are charts of figures.
    """

    bounds_wsen: tuple[float, float, float, float] | None = None
    layers: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()
    groups: dict[str, str] = Field(default_factory=dict)
    other: str = "Other records"
    series: tuple[Series, ...] = ()
