"""What a chapter is about is on the map and never under the text, the legend or a control."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.stage import COVERED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.browser.conftest import Mount
    from tests.browser.reader import Reader, Story

    OpenReader = Callable[..., Reader]
    Box = Mapping[str, float]

pytestmark = pytest.mark.browser

SCREENS_PX = [(360, 740), (768, 1024), (1440, 900), (1920, 1080)]
# Rounding to whole pixels, at the map's edge and at the edge of a card.
TOLERANCE_PX = 3
# The claims whose sign, or the full stop behind it, does not stand on the line of their last word.
TORN = r"""() => [...document.querySelectorAll(".text .claimed")].filter((claim) => {
    const sign = claim.querySelector(".sign");
    const around = document.createTreeWalker(claim.closest("p, li"), NodeFilter.SHOW_TEXT);
    const letters = { before: null, behind: null };
    while (around.nextNode()) {
        const node = around.currentNode;
        const behind = sign.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING;
        if (node.parentElement.closest(".note-number")) continue;
        const at = behind ? node.data.search(/[^\u2060]/) : node.data.search(/\S\u2060*$/);
        if (at < 0 || (behind && letters.behind)) continue;
        letters[behind ? "behind" : "before"] = [node, at];
    }
    const leftOf = ([node, at]) => {
        const letter = document.createRange();
        letter.setStart(node, at);
        letter.setEnd(node, at + 1);
        return letter.getBoundingClientRect().left;
    };
    const { left } = sign.getBoundingClientRect();
    const { before, behind } = letters;
    const apart = behind && /\S/.test(behind[0].data[behind[1]]) && leftOf(behind) < left;
    return left < leftOf(before) || apart;
}).map((claim) => claim.id)"""


@pytest.mark.parametrize(("width", "height"), SCREENS_PX, ids=str)
def test_the_subject_is_never_covered(
    open_reader: OpenReader, embed_mount: Mount, story: Story, width: int, height: int
) -> None:
    reader = open_reader(embed_mount.url, width, height, reduced_motion="reduce")
    assert not list(_covered(reader, story.slugs))


@pytest.mark.parametrize(("width", "height"), [SCREENS_PX[0], SCREENS_PX[2]], ids=str)
def test_the_subject_is_never_covered_inside_streamlit(
    open_reader: OpenReader, page_mount: Mount, story: Story, width: int, height: int
) -> None:
    reader = open_reader(page_mount.url, width, height, reduced_motion="reduce")
    assert not list(_covered(reader, story.slugs[::2]))


def test_nothing_is_wider_than_the_screen(open_reader: OpenReader, mount: Mount) -> None:
    reader = open_reader(mount.url)
    for width in (280, 360, 768, 1440):
        reader.page.set_viewport_size({"width": width, "height": 740})
        reader.wait_for_rest()
        wide = reader.view.evaluate("() => document.scrollingElement.scrollWidth")
        assert wide <= width


@pytest.mark.parametrize(("width", "height"), [(390, 844), (844, 390), (1024, 768), (1280, 720)], ids=str)
def test_nothing_over_the_map_covers_another(
    open_reader: OpenReader, embed_mount: Mount, story: Story, width: int, height: int
) -> None:
    reader = open_reader(embed_mount.url, width, height, reduced_motion="reduce")
    reader.view.evaluate("() => (document.querySelector('[data-legend]').open = true)")
    for slug in story.slugs:
        reader.goto(slug)
        assert (slug, reader.view.evaluate(COVERED)) == (slug, [])


def test_no_sign_and_no_full_stop_begins_a_line(open_reader: OpenReader, embed_mount: Mount) -> None:
    reader = open_reader(embed_mount.url, reduced_motion="reduce")
    for width in range(300, 520, 7):
        reader.page.set_viewport_size({"width": width, "height": 800})
        assert (width, reader.view.evaluate(TORN)) == (width, [])


def _covered(reader: Reader, slugs: list[str]) -> list[str]:
    faults = []
    for slug in slugs:
        reader.goto(slug)
        found = reader.ask("subject", list(reader.story.chapter(slug).bounds_wsen))
        if not _holds(found["map"], found["subject"]):
            faults.append(f"{slug}: {found['subject']} is not inside the map {found['map']}")
        covers = [one for one in found["obstacles"] if _overlap(one, found["subject"])]
        faults += [f"{slug}: {found['subject']} is under {cover}" for cover in covers]
    return faults


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer["left"] <= inner["left"] + TOLERANCE_PX
        and outer["top"] <= inner["top"] + TOLERANCE_PX
        and outer["right"] >= inner["right"] - TOLERANCE_PX
        and outer["bottom"] >= inner["bottom"] - TOLERANCE_PX
    )


def _overlap(first: Box, second: Box) -> bool:
    width = min(first["right"], second["right"]) - max(first["left"], second["left"])
    height = min(first["bottom"], second["bottom"]) - max(first["top"], second["top"])
    return width > TOLERANCE_PX and height > TOLERANCE_PX
