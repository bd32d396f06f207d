"""Marks that lie one over another: a press opens the one that is meant, or a list from which each opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.evidence import PHONE, panel_of
from tests.browser.hosting import STILL, framed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Mount, OpenPage
    from tests.browser.hosting import Hosts
    from tests.browser.reader import Reader, Story

    OpenReader = Callable[..., Reader]

pytestmark = pytest.mark.browser

# Presses the middle of every mark of a chapter, one by one; gives how many there are, and those to which nothing led.
PRESS_ALL = """async (chapter) => {
    const map = document.querySelector("[data-map]");
    const panel = document.querySelector("[data-record-panel]");
    const until = async (done) => {
        for (let frame = 0; !done(); frame += 1) {
            if (frame > 900) throw new Error(`waited in vain: ${done}`);
            await new Promise(requestAnimationFrame);
        }
    };
    const marks = [...document.querySelectorAll(".strength-full .mark:is([data-fact], [data-goto])")];
    const unreached = [];
    for (const mark of marks) {
        const { left, top, width, height } = mark.getBoundingClientRect();
        const [clientX, clientY] = [left + width / 2, top + height / 2];
        const hit = document.elementFromPoint(clientX, clientY);
        const pointerType = "mouse"; // two quick taps would zoom
        const press = { bubbles: true, cancelable: true, detail: 1, clientX, clientY, pointerType };
        hit.dispatchEvent(new PointerEvent("click", press));
        const { fact, goto } = mark.dataset;
        if (fact) {
            await until(() => !panel.hidden);
            const named = panel.querySelector(`.pile [data-fact="${fact}"]`);
            if (!named && location.hash !== `#record-${fact}`) unreached.push(fact);
        } else if (panel.hidden ? hit.closest(".mark") !== mark : !panel.querySelector(`.pile [data-goto="${goto}"]`)) {
            unreached.push(goto);
        }
        if (panel.hidden) TheLineBetween.goto(chapter);
        else panel.querySelector("[data-close]").click();
        await until(() => map.dataset.settled === "true" && JSON.parse(map.dataset.state).chapter === chapter);
    }
    return [marks.length, unreached];
}"""
BOXES = "(all) => all.map((one) => one.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height))"
# The middle of a mark that lies under another, and its record.
PILED = """() => {
    const middle = (mark) => {
        const { left, top, width, height } = mark.getBoundingClientRect();
        return { x: left + width / 2, y: top + height / 2 };
    };
    const marks = [...document.querySelectorAll(".strength-full .mark[data-fact]")];
    const under = marks.find((mark) => {
        const { x, y } = middle(mark);
        const hit = document.elementFromPoint(x, y).closest(".mark");
        return hit && hit.dataset.fact !== mark.dataset.fact;
    });
    return { ...middle(under), fact: under.dataset.fact };
}"""


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["desktop", "phone"])
def test_a_press_on_any_mark_opens_it_or_a_list_that_names_it(
    open_reader: OpenReader, embed_mount: Mount, story: Story, size: tuple[int, int]
) -> None:
    reader = open_reader(embed_mount.url, *size, reduced_motion="reduce")
    pressed, unreached = 0, {}
    for slug in story.slugs:
        reader.goto(slug)
        count, missed = reader.view.evaluate(PRESS_ALL, slug)
        pressed += count
        if missed:
            unreached[slug] = missed
    assert unreached == {}
    assert pressed > 100


@pytest.mark.parametrize("mount", ["page", "embed", "export"], indirect=True)
def test_a_tap_opens_the_list_keys_go_through_it_and_escape_gives_the_focus_back(
    open_reader: OpenReader, mount: Mount
) -> None:
    reader = open_reader(mount.url, reduced_motion="reduce", **PHONE)
    reader.goto("restraint")
    pile = reader.view.evaluate(PILED)
    reader.page.touchscreen.tap(pile["x"], pile["y"])
    panel = panel_of(reader)
    panel.locator(".pile").wait_for()
    assert panel.get_by_role("heading", name="Several marks lie here").evaluate(
        "(one) => one === document.activeElement"
    )
    items = panel.locator(".pile button")
    assert min(items.evaluate_all(BOXES)) >= 24
    names = items.all_inner_texts()
    assert len(names) == len(set(names)) >= 2
    reader.view.locator(f'.pile [data-fact="{pile["fact"]}"]').focus()
    reader.press("Enter")
    panel.locator(".sources").wait_for(state="attached")
    assert reader.page.url.endswith(f"#record-{pile['fact']}")
    panel.get_by_role("button", name="Back to the marks here").press("Enter")
    assert panel.locator(".pile button").all_inner_texts() == names
    reader.press("Escape")
    panel.wait_for(state="hidden")
    assert reader.view.evaluate("() => document.activeElement.matches('.mark')")


def test_in_a_frame_too(open_page: OpenPage, hosts: Hosts, story: Story) -> None:
    page = open_page(hosts.at("sandboxed", "chapter=restraint", width=600, height=420), 900, 700, **STILL)
    reader = framed(page, story)
    pile = reader.view.evaluate(PILED)
    box = page.locator("iframe").bounding_box()
    assert box
    page.mouse.click(box["x"] + pile["x"], box["y"] + pile["y"])
    reader.view.locator(f'.pile [data-fact="{pile["fact"]}"]').click()
    panel_of(reader).locator(".sources").wait_for(state="attached")
    assert panel_of(reader).locator(".pile").count() == 0
