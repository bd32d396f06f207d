"""The map is a function of where the reader is, not of how the reader came there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Mount
    from tests.browser.reader import Reader, Story

    Step = tuple[str, Any]

pytestmark = pytest.mark.browser

CHAPTERS = 14
SIZES_PX = [(360, 740), (740, 360), (768, 1024), (1280, 800), (1440, 900)]
KEYS = ["ArrowRight", "ArrowLeft", "j", "k", "Home", "End"]

STEPS = st.one_of(
    st.tuples(st.just("scroll"), st.floats(0, 1)),
    st.tuples(st.just("jump"), st.integers(0, CHAPTERS - 1)),
    st.tuples(st.just("anchor"), st.integers(0, CHAPTERS - 1)),
    st.tuples(st.just("press"), st.sampled_from(KEYS)),
    st.tuples(st.just("resize"), st.sampled_from(SIZES_PX)),
    st.tuples(st.just("reload"), st.none()),
    st.tuples(st.just("pause"), st.sampled_from([20, 200, 700])),
)

# The same examples every time; no shrinking, for every example moves a real page.
HOUSE = settings(
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@settings(HOUSE, max_examples=10)
@given(sequence=st.lists(STEPS, min_size=2, max_size=6))
def test_whatever_the_reader_does_the_map_shows_the_marked_chapter(
    walking_reader: Reader, sequence: list[Step]
) -> None:
    for step in sequence:
        _take(walking_reader, step)
    slug = walking_reader.wait_for_rest()
    note(f"rests on {slug}")
    walking_reader.check(slug)
    assert walking_reader.ask("inTextView", slug), f"{slug} is marked but not on the screen"


@settings(HOUSE, max_examples=4)
@given(sequence=st.lists(STEPS, min_size=2, max_size=6))
def test_the_same_holds_inside_streamlit(walking_page_reader: Reader, sequence: list[Step]) -> None:
    for step in sequence:
        _take(walking_page_reader, step)
    slug = walking_page_reader.wait_for_rest()
    walking_page_reader.check(slug)
    assert walking_page_reader.ask("inTextView", slug), f"{slug} is marked but not on the screen"


@pytest.fixture
def walking_reader(open_reader: Callable[..., Reader], embed_mount: Mount, story: Story) -> Reader:
    """Give one reader on the bare page that all sequences go on with, wherever the last one left it."""
    assert len(story.chapters) == CHAPTERS
    return open_reader(embed_mount.url, reduced_motion="no-preference")


@pytest.fixture
def walking_page_reader(open_reader: Callable[..., Reader], page_mount: Mount) -> Reader:
    """Give one reader on the Streamlit page that all sequences go on with."""
    return open_reader(page_mount.url, reduced_motion="no-preference")


def _take(reader: Reader, step: Step) -> None:
    action, value = step
    page = reader.page
    if action == "scroll":
        reader.ask("scrollToShare", value)
    elif action == "jump":
        page.evaluate("(slug) => window.TheLineBetween.goto(slug)", reader.story.slugs[value])
    elif action == "anchor":
        page.evaluate("(slug) => { location.hash = slug }", reader.story.slugs[value])
    elif action == "press":
        reader.press(value)
    elif action == "resize":
        page.set_viewport_size({"width": value[0], "height": value[1]})
    elif action == "reload":
        page.reload()
        reader.wait_until_ready()
    else:
        page.wait_for_timeout(value)
