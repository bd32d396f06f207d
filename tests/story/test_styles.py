"""The style sheets: nothing that a reader needs is dropped by an engine that does not know it yet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from story.templates import WEB
from tests.running import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from story.bundle import Bundle

SHEETS = sorted([*WEB.glob("*.css"), *(ROOT / "pages" / "parts").glob("*.css")])
REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)

each_sheet = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)


def blocks(sheet: Path) -> list[list[tuple[str, str]]]:
    """Give the declarations of each block, in their order, as pairs of property and value."""
    written = re.split(r"[{}]", REMARK.sub("", sheet.read_text()))
    found = [[part.partition(":") for part in block.split(";")] for block in written]
    return [[(name.strip(), value.strip()) for name, colon, value in block if colon] for block in found]


@each_sheet
def test_webkit_draws_lines_under_words_and_lets_them_be_chosen_whole(sheet: Path) -> None:
    for block in blocks(sheet):
        for name, value in block:
            lines = value.removesuffix("!important").split()
            assert name != "text-decoration" or len(lines) == 1, f"WebKit drops all of {value!r}: use longhands"
            assert name != "user-select" or ("-webkit-user-select", value) in block


@each_sheet
def test_a_single_column_has_a_width_or_webkit_makes_none(sheet: Path) -> None:
    assert not [block for block in blocks(sheet) if {("column-count", "1"), ("columns", "1")} & set(block)]


@each_sheet
def test_what_an_engine_may_not_know_has_what_all_know_before_it(sheet: Path) -> None:
    for block in blocks(sheet):
        for at, (name, value) in enumerate(block):
            if re.search(r"\d[sdl]vh", value):
                plain = re.sub(r"(\d)[sdl]vh", r"\1vh", value)
                assert (name, plain) in block[:at], f"{name}: {value} has no height in vh before it"
            if name == "content" and value.endswith(' / ""'):
                assert (name, value.removesuffix(' / ""')) in block[:at], f"{value} is nothing where it is not known"


@pytest.mark.parametrize("path", ["index.html", "present.html"])
def test_a_phone_may_zoom_and_gives_its_whole_screen(path: str, bundle: Bundle) -> None:
    page = bundle.files["present.html"].decode() if path == "present.html" else bundle.page("").decode()
    [said] = re.findall(r'<meta name="viewport" content="([^"]*)">', page)
    assert "viewport-fit=cover" in said
    assert "scal" not in said.replace("initial-scale=1", "")


def test_no_script_relies_on_what_safari_lacks() -> None:
    for script in WEB.glob("*.js"):
        code = script.read_text()
        assert "requestIdleCallback(" not in code, script.name
        assert code.count("requestIdleCallback") == code.count("window.requestIdleCallback || "), script.name
