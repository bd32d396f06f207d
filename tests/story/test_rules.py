"""Rules between the parts of a story: what must fit together, and what a verdict must rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from story.bundle import build_bundle
from story.faults import StoryError
from story.read import read_story
from tests.story.faulty import change, untaught

if TYPE_CHECKING:
    from pathlib import Path

LAMP = "chapters/01-the-lamp"
LOGS = "chapters/02-two-logs"


@pytest.mark.parametrize("anchor", ["the oil ran away", "It says"], ids=["nowhere", "other case of nothing"])
def test_the_anchor_of_a_claim_must_stand_in_its_chapter(tiny_copy: Path, anchor: str) -> None:
    if anchor == "It says":
        change(tiny_copy, f"{LAMP}/en.md", "It says so twice.", "the oil ran out.")
        return
    (fault,) = change(tiny_copy, "claims.yaml", "anchor: the oil ran out", f"anchor: {anchor}")
    assert (fault.file, fault.line, fault.key) == ("claims.yaml", 4, "0.anchor")


def test_a_callout_without_words_and_words_without_a_callout_are_told(tiny_copy: Path) -> None:
    faults = change(tiny_copy, f"{LAMP}/en.md", "  reef:", "  reeef:")
    assert {(fault.key, fault.nearest) for fault in faults} == {("callouts.reef", ""), ("callouts.reeef", "reef")}


def test_a_point_must_be_a_fact_with_a_place(tiny_copy: Path) -> None:
    (fault,) = change(tiny_copy, "layers.yaml", "- {fact: keepers-meeting}", "- {fact: oil-shipment}")
    assert fault.expected == "a fact with a place"


def test_a_circle_must_stand_at_a_fact_with_a_place(tiny_copy: Path) -> None:
    (fault,) = change(tiny_copy, "layers.yaml", "- {at: north-store,", "- {at: oil-shipment,")
    assert fault.expected.endswith("a fact with a place")


def test_a_callout_must_point_at_a_place(tiny_copy: Path) -> None:
    # A fact without a place is no place to point at: drawing it would stop with a KeyError.
    (fault,) = change(tiny_copy, f"{LAMP}/view.yaml", "reef: {at: wreck-of-marigold}", "reef: {at: barrel-census}")
    assert "place" in fault.expected


def test_a_row_of_a_timeline_must_stand_in_one_of_its_lanes(tiny_copy: Path) -> None:
    (fault,) = change(tiny_copy, f"{LOGS}/view.yaml", "lane: Talks", "lane: Tlaks")
    assert fault.nearest == "Talks"


AXIS = "  lanes: [Wrecks, Talks]\n"
BOUND = "  lanes: [Wrecks, Talks]\n  drawn: {Wrecks: [wrecks]}\n"


def test_a_record_that_the_map_draws_must_stand_on_the_axis_bound_to_its_layer(tiny_copy: Path) -> None:
    (fault,) = change(tiny_copy, f"{LOGS}/view.yaml", AXIS, BOUND)  # the layer draws the meeting too, in another lane
    assert fault.key == "chart.rows of 'Wrecks'"
    assert fault.expected == "a row for keepers-meeting, which the map draws"


def test_a_row_of_a_lane_bound_to_a_layer_must_be_drawn_there(tiny_copy: Path) -> None:
    rows = [
        "",
        "- {fact: barrel-census, name: No wreck, lane: Wrecks}",
        "- {fact: keepers-meeting, name: M, lane: Wrecks}",
    ]
    faults = change(tiny_copy, f"{LOGS}/view.yaml", AXIS + "  rows:", BOUND + "  rows:" + "\n    ".join(rows))
    assert {fault.key for fault in faults} == {"chart.rows.0.fact"}
    assert "the id of a record that wrecks draws" in {fault.expected for fault in faults}


def test_a_lane_may_only_be_bound_to_a_layer_of_points(tiny_copy: Path) -> None:
    (fault,) = change(tiny_copy, f"{LOGS}/view.yaml", AXIS, BOUND.replace("[wrecks]", "[shore]"))
    assert "a layer that draws points" in fault.expected


def test_a_seat_must_be_one_of_the_places_that_the_view_names(tiny_copy: Path) -> None:
    (fault,) = change(tiny_copy, f"{LAMP}/view.yaml", "seat: Pasni", "seat: Turbat")
    assert fault.key == "seat"


def test_a_route_rests_on_a_record(tiny_copy: Path) -> None:
    (fault,) = change(tiny_copy, "layers.yaml", ", facts: [oil-shipment]}", "}")
    assert fault.key.endswith("facts")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("dataset: coast, casing: true", "dataset: coast, facts: [oil-shipment]"),
        ("stroke: dashed}", "stroke: schematic}"),
    ],
    ids=["stands for a record and looks surveyed", "looks schematic and stands for nothing"],
)
def test_a_line_looks_schematic_where_it_stands_for_a_record_and_nowhere_else(
    tiny_copy: Path, right: str, wrong: str
) -> None:
    faults = change(tiny_copy, "layers.yaml", right, wrong)
    assert any(
        "'facts', and no other, has the stroke 'schematic'" in f"{fault.found} {fault.expected}" for fault in faults
    )


def test_a_stretch_needs_a_line_of_the_story(tiny_copy: Path) -> None:
    right, wrong = "- {fact: keepers-meeting}", "- {fact: keepers-meeting, along: [PK-SD, PK-BA]}"
    (fault,) = change(tiny_copy, "layers.yaml", right, wrong)
    assert fault.expected == "a story whose story.yaml names a line and provinces"


def test_the_ends_of_a_stretch_are_provinces_on_the_line(tiny_copy: Path) -> None:
    border = "- {id: frontier, title: Frontier, ink: rock, draw: line, dataset: durand_line, always: full}\n"
    layers = tiny_copy / "layers.yaml"
    layers.write_text(layers.read_text() + border)
    settings = tiny_copy / "story.yaml"
    settings.write_text(settings.read_text().replace("provinces:", "line: frontier\nprovinces:"))
    right, wrong = "- {fact: keepers-meeting}", "- {fact: keepers-meeting, along: [PK-BA, PK-SD]}"
    (fault,) = change(tiny_copy, "layers.yaml", right, wrong)
    assert "'PK-SD'" in fault.found
    assert "a province on the line, by its code" in fault.expected


def test_a_bar_needs_a_figure(tiny_copy: Path) -> None:
    faults = change(tiny_copy, f"{LAMP}/view.yaml", "figure: barrels in the north, name: North", "name: North")
    assert faults[0].file == f"{LAMP}/view.yaml"


@pytest.mark.parametrize(
    ("right", "wrong", "meant"),
    [
        ("where: {rank: ['1']}", "where: {rnak: ['1']}", "rank"),
        ("labels: name", "labels: nmae", "name"),
        ("where: {code: [PK-SD, PK-BA]}", "where: {code: [PK-SX, PK-BA]}", "PK-SD"),
        ("where: {iso3: [PAK, OMN, IRN]}", "where: {iso3: [PAK, OMNN, IRN]}", "OMN"),
    ],
    ids=["column", "label column", "code", "country"],
)
def test_a_column_or_value_that_the_dataset_lacks_is_told(tiny_copy: Path, right: str, wrong: str, meant: str) -> None:
    faults = change(tiny_copy, "layers.yaml", right, wrong)
    assert any(fault.file == "layers.yaml" and fault.nearest == meant for fault in faults)


def test_a_picture_cannot_be_drawn_as_lines(tiny_copy: Path) -> None:
    faults = change(tiny_copy, "layers.yaml", "draw: line, dataset: coast", "draw: line, dataset: relief_core")
    assert faults[0].file == "layers.yaml"


def test_a_story_without_relief_is_told_before_it_is_built(tiny_copy: Path) -> None:
    path = tiny_copy / "layers.yaml"
    kept = [line for line in path.read_text(encoding="utf-8").splitlines() if "id: seabed" not in line]
    path.write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(StoryError):
        build_bundle(read_story(tiny_copy))


def test_slugs_that_end_alike_are_kept_apart(tiny_copy: Path) -> None:
    # "lamp" is the end of "the-lamp": faults of the one must not be told of the other.
    untaught(tiny_copy)
    (tiny_copy / LOGS).rename(tiny_copy / "chapters" / "02-lamp")
    claims = tiny_copy / "claims.yaml"
    for path in (claims, tiny_copy / "essay.yaml"):
        path.write_text(
            path.read_text(encoding="utf-8").replace("chapter: two-logs", "chapter: lamp"), encoding="utf-8"
        )
    faults = change(tiny_copy, "chapters/02-lamp/view.yaml", "seat: Gwadar", "seat: Gwador")
    assert {(fault.file, fault.nearest) for fault in faults} == {("chapters/02-lamp/view.yaml", "Gwadar")}
