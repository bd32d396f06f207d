"""Viewpoints on borders: how one side or another would draw and name the same lines, as data and as CSS."""

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from story.facts import Frozen
from story.settings import SLUG
from story.strokes import DASHES, Stroke, cap


class LineStyle(Frozen):
    """How a viewpoint draws and names one line: what the legend says of it, its ink of the palette, its stroke."""

    title: str = Field(min_length=1)
    note: str = ""
    ink: str
    stroke: Stroke
    width_px: float = Field(gt=0)


class Viewpoint(Frozen):
    """One way to draw borders. `note` says what it means and who holds it, `facts` are the records of that.

    `lines`: layer -> its style here; other layers look as in layers.yaml. `names`: a name on the map -> the one that
    stands here instead.
    """

    id: str = Field(pattern=SLUG)
    title: str = Field(min_length=1)
    note: str = Field(min_length=1)
    facts: tuple[str, ...] = ()
    lines: dict[str, LineStyle] = Field(default_factory=dict)
    names: dict[str, str] = Field(default_factory=dict)


def viewpoint_css(viewpoints: Iterable[Viewpoint]) -> str:
    """Rules that draw every viewpoint's lines where the story's root says `data-borders`, and hide what is not its own.

    On paper the stills show the first viewpoint, and so does their legend.
    """
    views = tuple(viewpoints)
    rules = [_line_css(view.id, layer, style) for view in views for layer, style in view.lines.items()]
    for view in views:
        hide = f'[data-borders-only]:not([data-borders-only~="{view.id}"]){{display:none}}'
        rules.append(f'.story[data-borders="{view.id}"] {hide}')
    if views:
        own = f'[data-borders-only~="{views[0].id}"]'
        rules.append(f"@media print{{.story .key [data-borders-only]:not({own}){{display:none!important}}")
        rules.append(f".story .key {own}{{display:flex!important}}}}")
    return "".join(rules)


def _line_css(view: str, layer: str, style: LineStyle) -> str:
    path = f'.story[data-borders="{view}"] .leaflet-layer-{layer}-pane .line'
    drawn = {
        "stroke": f"var(--ink-{style.ink})",
        "stroke-width": f"{style.width_px:g}px",
        "stroke-dasharray": DASHES[style.stroke] or "none",
        "stroke-linecap": cap(style.stroke),
    }
    return f"{path}{{{';'.join(f'{key}:{value}' for key, value in drawn.items())}}}"


def plan_viewpoints(viewpoints: Iterable[Viewpoint], titles: dict[str, str]) -> list[dict[str, Any]]:
    """What the reader's script knows of each viewpoint: its id, and the names that stand on the map instead of others.

    `titles`: layer -> the name of its line in layers.yaml.
    """
    return [
        {"id": view.id, "names": view.names | {titles[layer]: style.title for layer, style in view.lines.items()}}
        for view in viewpoints
    ]
