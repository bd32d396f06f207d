"""What the real story says: every chapter and layer held to the rules of how we tell it."""

from __future__ import annotations

import re

import pytest

from geodata.load import load
from geodata.measure import distance_km
from story.model import AreaLayer, Chapter, ChapterLayer, CircleLayer, Layer, LineLayer, PointLayer, RouteLayer
from story.rests import drawn_facts
from story.scene import anchor_lonlat
from tests.story.told import paragraphs, real, real_scene
from tests.story.voice import loaded

STORY = real().story
CHAPTERS = STORY.chapters
RETOLD = CHAPTERS[1:13]
SLUGS = [
    "opening",
    "roots",
    "tribal-areas",
    "dollars",
    "new-violence",
    "at-home",
    "kabuls-measures",
    "restraint",
    "ceasefire",
    "the-demand",
    "civilians",
    "at-the-table",
    "choose-peace",
    "closing",
]

# Every paragraph of the retelling says whose view it is; a note of our own says that it is ours.
ATTRIBUTION = re.compile(
    r"\b(essay|author|its account|this account|its telling|its words|it says|it argues|it holds|it warns|ours)\b",
    re.IGNORECASE,
)
# Points that lie beyond the view they are drawn in, and why.
BEYOND = {
    "restraint": {
        "event-iea-drones-2026"
    },  # of four places one, Rawalpindi and Abbottabad, lies just east of the line's view
}


# Acts of one side since August 2021 that are no exchange across the line.
NO_EXCHANGES = {
    "event-border-closure-2025",  # a closure
    "event-relief-2025-12",  # lorries let through
}


def of_chapter(chapter: Chapter) -> str:
    """Give a chapter's slug, as a test's id."""
    return chapter.slug


def of_id(record: Layer) -> str:
    """Give a record's id, as a test's id."""
    return record.id


def drawn_figures(layer: Layer) -> list[tuple[str, str]]:
    """Give the fact and the name of each figure that a layer draws."""
    if isinstance(layer, PointLayer):
        return [(point.fact, point.figure) for point in layer.points if point.figure]
    if isinstance(layer, CircleLayer):
        return [(layer.fact, circle.figure) for circle in layer.circles]
    return []


def test_there_is_one_chapter_for_each_paragraph_in_its_order_and_a_screen_at_each_end() -> None:
    assert [chapter.slug for chapter in CHAPTERS] == SLUGS
    for number, chapter in enumerate(RETOLD, 1):
        assert chapter.texts["en"].kicker == f"Paragraph {number} of 12"


@pytest.mark.parametrize("chapter", CHAPTERS, ids=of_chapter)
@pytest.mark.parametrize("language", STORY.settings.languages)
def test_every_chapter_has_every_text_in_every_language(chapter: Chapter, language: str) -> None:
    text = chapter.texts[language]
    assert text.title.strip()
    assert text.kicker.strip()
    assert text.standfirst.startswith("The map")
    assert set(text.callouts) == set(chapter.view.callouts)


@pytest.mark.parametrize("chapter", RETOLD, ids=of_chapter)
@pytest.mark.parametrize("language", STORY.settings.languages)
def test_a_retelling_has_60_to_130_words(chapter: Chapter, language: str) -> None:
    assert 60 <= len(re.findall(r"[\w’'-]+", chapter.texts[language].body)) <= 130


@pytest.mark.parametrize("chapter", RETOLD, ids=of_chapter)
def test_every_paragraph_says_whose_view_it_is(chapter: Chapter) -> None:
    assert not [words for words in paragraphs(chapter) if not ATTRIBUTION.search(words)]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=of_chapter)
def test_no_chapter_uses_a_loaded_word_in_our_own_voice(chapter: Chapter) -> None:
    text = chapter.texts["en"]
    own = [
        text.title,
        text.kicker,
        text.standfirst,
        text.body,
        *text.callouts.values(),
        *(o.text for o in text.omissions),
    ]
    chart = chapter.view.chart
    own += [chart.title, chart.note, *chart.lanes, *(row.name for row in chart.rows)] if chart else []
    assert not [word for words in own for word in loaded(words)]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=of_chapter)
def test_callouts_are_short(chapter: Chapter) -> None:
    assert not [words for words in chapter.texts["en"].callouts.values() if len(words) > 60]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=of_chapter)
def test_the_marks_of_a_chapter_lie_in_its_view(chapter: Chapter) -> None:
    west, south, east, north = chapter.view.bounds_wsen
    strengths = STORY.strengths(chapter)
    marks = [
        mark
        for id_, drawn in real_scene().items()
        if strengths[id_] == "full" and isinstance(drawn.layer, PointLayer | CircleLayer | ChapterLayer)
        for mark in drawn.marks
    ]
    outside = [m for m in marks if not (west <= m.lonlat[0] <= east and south <= m.lonlat[1] <= north)]
    assert {mark.fact for mark in outside} == BEYOND.get(chapter.slug, set())
    assert len(outside) <= len(marks) / 5


@pytest.mark.parametrize("chapter", CHAPTERS, ids=of_chapter)
def test_what_a_chapter_points_at_lies_in_its_view(chapter: Chapter) -> None:

    west, south, east, north = chapter.view.bounds_wsen
    for key, callout in chapter.view.callouts.items():
        lon, lat = anchor_lonlat(callout.at, STORY.facts)
        assert west <= lon <= east, key
        assert south <= lat <= north, key


@pytest.mark.parametrize("chapter", CHAPTERS, ids=of_chapter)
def test_a_chapter_shows_something_of_its_own(chapter: Chapter) -> None:
    assert "full" in chapter.view.layers.values()


@pytest.mark.parametrize("chapter", [c for c in CHAPTERS if c.view.chart], ids=of_chapter)
def test_every_row_of_a_chart_has_its_number_or_its_day(chapter: Chapter) -> None:
    chart = chapter.view.chart
    assert chart is not None
    for row in chart.rows:
        fact = STORY.facts[row.fact]
        if chart.kind != "timeline":
            figure = fact.figure(row.figure or "", row.by)
            assert figure is not None
            assert figure.according_to.strip()
        else:
            assert row.lane in chart.lanes
            assert fact.first_day


@pytest.mark.parametrize("chapter", [c for c in CHAPTERS if c.view.chart], ids=of_chapter)
def test_a_name_in_a_timeline_gives_the_year_of_its_record(chapter: Chapter) -> None:
    chart = chapter.view.chart
    assert chart is not None
    for row in chart.rows if chart.kind == "timeline" else ():
        assert STORY.facts[row.fact].first_day[:4] in row.name, row


@pytest.mark.parametrize("chapter", [c for c in CHAPTERS if c.texts["en"].omissions], ids=of_chapter)
def test_every_omission_cites_a_fact_with_a_source(chapter: Chapter) -> None:
    for omission in chapter.texts["en"].omissions:
        assert omission.facts
        assert all(STORY.facts[fact].sources for fact in omission.facts), omission.text


def test_only_the_last_chapter_tells_what_is_left_out() -> None:
    assert [chapter.slug for chapter in CHAPTERS if chapter.texts["en"].omissions] == ["closing"]


def test_the_end_of_the_evidence_stands_on_the_first_and_the_last_screen() -> None:
    for chapter in (CHAPTERS[0], CHAPTERS[-1]):
        assert STORY.settings.evidence_until in chapter.texts["en"].body


def test_so_called_stands_in_quotation_marks_and_is_explained() -> None:
    words = " ".join(paragraphs(next(chapter for chapter in CHAPTERS if chapter.slug == "kabuls-measures")))
    assert "“so-called” Durand Line" in words
    for who in ("Pakistan", "United Kingdom", "United States", "No Afghan government"):
        assert who in words


# --- layers


@pytest.mark.parametrize("layer", STORY.layers.values(), ids=of_id)
def test_a_layer_is_drawn_with_something_in_it(layer: Layer) -> None:
    drawn = real_scene()[layer.id]
    framed = drawn.frame is not None and len(drawn.frame)
    assert layer.draw == "relief" or framed or drawn.marks or drawn.names or drawn.flows


@pytest.mark.parametrize("layer", STORY.layers.values(), ids=of_id)
def test_a_layer_is_used_and_says_what_it_is_without_taking_sides(layer: Layer) -> None:
    assert layer.always != "off" or any(layer.id in chapter.view.layers for chapter in CHAPTERS)
    assert layer.title.strip()
    assert not loaded(f"{layer.title} {layer.note}")


@pytest.mark.parametrize("layer", STORY.layers.values(), ids=of_id)
def test_every_number_that_sizes_a_mark_has_an_author(layer: Layer) -> None:
    for fact, what in drawn_figures(layer):
        figure = STORY.facts[fact].figure(what)
        assert figure is not None
        assert figure.according_to.strip()


@pytest.mark.parametrize("layer", STORY.layers.values(), ids=of_id)
def test_a_layer_shows_what_its_dataset_holds_or_what_records_say_or_is_called_schematic(layer: Layer) -> None:
    bound = drawn_facts(layer)
    assert bound <= STORY.facts.keys()
    if isinstance(layer, PointLayer | CircleLayer | RouteLayer):
        assert bound
    if isinstance(layer, RouteLayer):
        assert layer.schematic
    if isinstance(layer, AreaLayer) and layer.where:  # a choice of ours among the areas of a dataset
        assert bound
    if isinstance(layer, LineLayer):  # a line of a dataset is what it says it is, unless it stands for something else
        assert layer.schematic == bool(bound)


def test_each_crossing_has_one_position_in_the_records_and_in_the_data() -> None:
    for crossing in load("crossings").itertuples():
        fact = STORY.facts[str(crossing.fact)]
        assert fact.lon is not None
        assert fact.lat is not None
        assert distance_km((fact.lon, fact.lat), (crossing.geometry.x, crossing.geometry.y)) < 0.2, crossing.id
    drawn = {mark.fact for mark in real_scene()["crossings"].marks}
    assert drawn == set(load("crossings").fact)


def test_every_paragraph_has_a_point_on_the_closing_map_and_no_other_screen_has_one() -> None:
    assert [mark.goto for mark in real_scene()["chapter-points"].marks] == [chapter.slug for chapter in RETOLD]


def test_the_axis_of_strikes_and_replies_leaves_out_no_exchange_that_is_on_record() -> None:
    chart = next(chapter for chapter in CHAPTERS if chapter.slug == "restraint").view.chart
    assert chart is not None
    groups = {"strikes", "replies", "fire-from-afghanistan", "exchanges"}
    assert {layer for layers in chart.drawn.values() for layer in layers} == groups
    parties = {"pakistan", "the-emirate", "both"}
    since_2021 = {
        fact.id
        for fact in STORY.facts.values()
        if fact.by in parties and fact.kind in {"event", "operation"} and fact.first_day >= "2021-08-15"
    }
    assert since_2021 - {row.fact for row in chart.rows} == NO_EXCHANGES


def test_disputed_lines_have_a_style_of_their_own_and_stand_in_the_legend() -> None:
    styles = {}
    for id_ in ("durand-line", "line-of-control", "borders"):
        layer = STORY.layers[id_]
        styles[id_] = (layer.stroke, layer.legend)  # type: ignore[union-attr]  # these three are lines
    assert styles["durand-line"][1]
    assert styles["line-of-control"][1]
    assert len({stroke for stroke, _ in styles.values()}) == 3
