"""The stills: complete pictures of each chapter, made from the same scene as the map."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from PIL import Image

from geodata.catalogue import read_catalogue
from geodata.measure import distance_km
from story.scene import Drawn, build_scene
from story.still import draw_still
from story.window import HEIGHT_PX, WIDTH_PX, Window, latitude, mercator
from tests.story.markup import hostile, shape_of_xml
from tests.story.told import find_chapter, real

if TYPE_CHECKING:
    from story.model import Chapter, Story

Scene = dict[str, Drawn]
SVG = "{http://www.w3.org/2000/svg}"
CHAPTERS = real().story.chapters


def still(story: Story, slug: str, scene: Scene) -> ET.Element:
    """Draw a chapter's still and read it back."""
    return ET.fromstring(draw_still(story, find_chapter(story, slug), scene, "en"))  # noqa: S314 - our own


def texts(root: ET.Element) -> list[str]:
    """Give all words written on a still."""
    return [element.text or "" for element in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.slug)
def test_a_still_is_whole_and_needs_nothing_from_elsewhere(chapter: Chapter) -> None:
    (document,) = (v for k, v in real().files.items() if k.startswith(f"stills/{chapter.slug}."))
    root = ET.fromstring(document)  # noqa: S314 - our own
    assert (root.get("width"), root.get("height")) == (str(WIDTH_PX), str(HEIGHT_PX))
    assert root.findtext(f"{SVG}title") == chapter.texts["en"].standfirst
    for element in root.iter():
        assert element.tag in {SVG + tag for tag in ("svg", "g", "path", "circle", "rect", "text", "title", "image")}
        assert element.get("href", "data:image/webp;base64,").startswith("data:image/webp;base64,")
        assert "url(" not in str(element.attrib)


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.slug)
def test_the_land_behind_a_still_covers_all_of_it(chapter: Chapter) -> None:
    # A window beyond the widest picture would stretch the land away from the lines that lie on it.
    west, south, east, north = Window(chapter.view.bounds_wsen).bounds_wsen
    wide = read_catalogue()["relief_wide"].bounds_wsen
    assert wide is not None
    assert wide[0] <= west
    assert wide[1] <= south
    assert wide[2] >= east
    assert wide[3] >= north


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.slug)
def test_half_of_the_callouts_at_least_find_room_on_the_still(chapter: Chapter) -> None:
    (document,) = (v for k, v in real().files.items() if k.startswith(f"stills/{chapter.slug}."))
    written = texts(ET.fromstring(document))  # noqa: S314 - our own
    callouts = set(chapter.texts["en"].callouts.values())
    assert len(callouts & set(written)) >= len(callouts) / 2


def test_names_on_a_still_never_lie_on_each_other(bundle: object) -> None:
    assert bundle is real()
    for chapter in CHAPTERS:
        (document,) = (v for k, v in real().files.items() if k.startswith(f"stills/{chapter.slug}."))
        boxes = []
        for element in ET.fromstring(document).iter(f"{SVG}text"):  # noqa: S314 - our own
            left, baseline = float(element.get("x", "")), float(element.get("y", ""))
            width, size = float(element.get("textLength", "")), float(element.get("font-size", ""))
            boxes.append((left, baseline - size * 0.7, left + width, baseline))
        for index, one in enumerate(boxes):
            assert 0 <= one[0] < one[2] <= WIDTH_PX
            for other in boxes[index + 1 :]:
                apart = (
                    one[2] <= other[0] + 1 or other[2] <= one[0] + 1 or one[3] <= other[1] + 1 or other[3] <= one[1] + 1
                )
                assert apart, chapter.slug


@pytest.mark.parametrize("slug", ["opening", "the-lamp"])
def test_the_picture_of_the_land_has_the_shape_of_the_still_and_is_no_larger(
    tiny: Story, tiny_scene: Scene, slug: str
) -> None:
    (image,) = still(tiny, slug, tiny_scene).iter(f"{SVG}image")
    assert (image.get("width"), image.get("height")) == (str(WIDTH_PX), str(HEIGHT_PX))
    width, height = Image.open(
        io.BytesIO(base64.b64decode(image.get("href", "").removeprefix("data:image/webp;base64,")))
    ).size
    assert width <= WIDTH_PX
    assert width / height == pytest.approx(WIDTH_PX / HEIGHT_PX, rel=0.02)


def test_what_is_off_is_left_out_and_context_is_pale(tiny: Story, tiny_scene: Scene) -> None:
    opacities = [group.get("opacity") for group in still(tiny, "opening", tiny_scene).findall(f"{SVG}g")]
    strengths = [s for s in tiny.strengths(tiny.chapters[0]).values() if s != "off"]
    assert [opacity is None for opacity in opacities] == [strength == "full" for strength in strengths]


def test_a_mark_stands_where_the_window_puts_its_fact(tiny: Story, tiny_scene: Scene) -> None:
    window = Window(find_chapter(tiny, "the-lamp").view.bounds_wsen)
    expected = f"translate({window.x(62.4):.1f} {window.y(24.9):.1f})"
    assert any(expected in group.get("transform", "") for group in marks_of(still(tiny, "the-lamp", tiny_scene)))


def marks_of(root: ET.Element) -> list[ET.Element]:
    """Give the groups of a still that are marks."""
    return [group for group in root.iter(f"{SVG}g") if group.get("class", "").startswith("mark ")]


def test_a_vague_place_is_drawn_hollow(tiny: Story, tiny_scene: Scene) -> None:
    marks = marks_of(still(tiny, "the-lamp", tiny_scene))
    ink = tiny.settings.palette["oil"].light
    for mark in marks:
        shape = mark.find(f"{SVG}path")
        if shape is not None:
            hollow = {"district", "province", "claimed"} & set(mark.get("class", "").split())
            assert shape.get("fill") == ("#fff" if hollow else ink)
            assert shape.get("stroke") == (ink if hollow else "#fff")


def test_a_vague_place_has_its_ring_in_print_too(tiny: Story, tiny_scene: Scene) -> None:
    # The record says "drawn hollow, within a ring"; 40 km are so many pixels here.
    window = Window(find_chapter(tiny, "the-lamp").view.bounds_wsen)
    at = (round(window.x(64.2)), round(window.y(24.7)))
    rings = [
        circle
        for circle in still(tiny, "the-lamp", tiny_scene).iter(f"{SVG}circle")
        if (round(float(circle.get("cx", 0))), round(float(circle.get("cy", 0)))) == at
    ]
    assert rings, "no ring around The Heron"


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.slug)
def test_the_scale_bar_of_a_still_is_true_at_its_middle(chapter: Chapter) -> None:
    (document,) = (v for k, v in real().files.items() if k.startswith(f"stills/{chapter.slug}."))
    root = ET.fromstring(document)  # noqa: S314 - our own
    (said,) = (words for words in texts(root) if re.fullmatch(r"\d+ km", words))
    bar = next(
        path.get("d", "") for path in root.iter(f"{SVG}path") if re.fullmatch(r"M\S+ \S+v5H\S+v-5", path.get("d", ""))
    )
    left, right = (float(each) for each in re.findall(r"[MH]([\d.]+)", bar))
    west, south, east, north = Window(chapter.view.bounds_wsen).bounds_wsen
    middle = latitude((mercator(south) + mercator(north)) / 2)
    across_km = distance_km(((west + east) / 2 - 0.5, middle), ((west + east) / 2 + 0.5, middle)) * (east - west)
    assert (right - left) / WIDTH_PX * across_km == pytest.approx(float(said.removesuffix(" km")), rel=0.01)


def test_no_path_holds_a_coordinate_that_is_no_number(tiny: Story, tiny_scene: Scene) -> None:
    for chapter in tiny.chapters:
        document = draw_still(tiny, chapter, tiny_scene, "en")
        assert not re.search(r"\b(nan|inf)\b", re.sub(r"base64,[^\"]*", "", document))


@settings(max_examples=15)
@given(hostile, hostile)
def test_no_words_become_markup(tiny: Story, tiny_scene: Scene, words: str, called: str) -> None:
    chapter = find_chapter(tiny, "the-lamp")
    only = {id_: tiny_scene[id_] for id_ in ("wrecks", "barrels")}

    def drawn(standfirst: str, callout: str) -> list[tuple[str, tuple[str, ...]]]:
        update = {"standfirst": standfirst, "callouts": dict.fromkeys(chapter.texts["en"].callouts, callout)}
        text = chapter.texts["en"].model_copy(update=update)
        return shape_of_xml(draw_still(tiny, replace(chapter, texts={"en": text}), only, "en"))

    assert drawn(words, called[:3]) == drawn("Plain", "x" * len(called[:3]))


def test_a_scene_drawn_anew_gives_the_same_still(tiny: Story, tiny_scene: Scene) -> None:
    chapter = find_chapter(tiny, "two-logs")
    assert draw_still(tiny, chapter, build_scene(tiny), "en") == draw_still(tiny, chapter, tiny_scene, "en")
