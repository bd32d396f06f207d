"""What rests on a fact: the claims that it is evidence of, and the chapters that draw or cite it."""

from collections.abc import Iterator
from dataclasses import dataclass

from geodata.load import load
from story.facts import Claim
from story.model import AreaLayer, Chapter, CircleLayer, Layer, PointLayer, RouteLayer, Story


@dataclass(frozen=True, slots=True)
class Rests:
    """The claims and chapters that rest on one fact, in the order of the story."""

    claims: tuple[Claim, ...]
    chapters: tuple[Chapter, ...]


def rests_on(story: Story, fact: str) -> Rests:
    """The claims that have `fact` as evidence, and the chapters that show, chart or cite it."""
    claims = tuple(claim for claim in story.claims if fact in {item.fact for item in claim.evidence})
    return Rests(claims, tuple(chapter for chapter in story.chapters if fact in chapter_facts(story, chapter)))


def chapter_facts(story: Story, chapter: Chapter) -> set[str]:
    """The ids of the facts that a chapter draws at full strength, charts, or cites beside its text."""
    strengths = story.strengths(chapter)
    drawn = {fact for id_, layer in story.layers.items() if strengths[id_] == "full" for fact in drawn_facts(layer)}
    claims = [claim for claim in story.claims if claim.chapter == chapter.slug]
    return drawn | {item.fact for claim in claims for item in claim.evidence} | set(_cited(chapter))


def drawn_facts(layer: Layer) -> set[str]:
    """The ids of the facts that a layer draws or rests on."""
    drawn = set(layer.facts)
    if isinstance(layer, PointLayer):
        drawn |= {point.fact for point in layer.points}
    if isinstance(layer, CircleLayer):
        drawn |= {layer.fact, *(circle.at for circle in layer.circles)}
    if isinstance(layer, RouteLayer):
        drawn |= {fact for route in layer.routes for fact in route.facts}
    if isinstance(layer, AreaLayer) and layer.records:
        drawn |= area_facts(layer)
    return drawn


def area_facts(layer: AreaLayer) -> set[str]:
    """The ids of the facts that an area layer's polygons lead to."""
    frame = load(layer.dataset)
    for column, allowed in layer.where.items():
        frame = frame[frame[column].astype(str).isin(allowed)]
    return set(frame[layer.records].dropna()) if layer.records else set()


def _cited(chapter: Chapter) -> Iterator[str]:
    if chapter.view.chart:
        yield from (row.fact for row in chapter.view.chart.rows)
    for text in chapter.texts.values():
        yield from (fact for item in text.omissions for fact in item.facts)


def cited_facts(story: Story) -> set[str]:
    """The ids of all facts that the map draws or the page cites."""
    drawn = {fact for layer in story.layers.values() for fact in drawn_facts(layer)}
    evidence = {item.fact for claim in story.claims for item in claim.evidence}
    held = {fact for view in story.viewpoints for fact in view.facts}
    return drawn | evidence | held | {fact for chapter in story.chapters for fact in _cited(chapter)}
