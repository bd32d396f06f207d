"""The reader's part in a page: the page that was asked for, and nothing else, is gone to."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from pages.parts import reader

PARTS = Path(reader.__file__).parent


@pytest.mark.parametrize(
    ("sent", "asked"),
    [
        ("sources", ("sources", "")),
        ("sources#", ("sources", "")),
        ("sources#at-home", ("sources", "at-home")),
        ("sources#At home", ("sources", "")),
        ("sources#<script>", ("sources", "")),
        ("#at-home", None),
        (None, None),
        ("", None),
        ("../app", None),
        ("https://evil.example", None),
        ("Sources", None),
    ],
)
def test_only_a_page_that_is_offered_can_be_asked_for(
    monkeypatch: pytest.MonkeyPatch, sent: str | None, asked: tuple[str, str] | None
) -> None:
    monkeypatch.setattr(reader, "_READER", lambda **_: SimpleNamespace(page=sent))
    assert reader.show_reader({"sources": "Sources"}) == asked


def test_the_component_is_told_where_the_story_is_and_which_pages_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[dict[str, object]] = []

    def mount(**options: object) -> SimpleNamespace:
        told.append(options)
        return SimpleNamespace(page=None)

    monkeypatch.setattr(reader, "_READER", mount)
    reader.show_reader({"sources": "Sources"})
    assert told[0]["data"] == {"address": "embed/", "pages": [{"address": "sources", "title": "Sources"}]}
    assert told[0]["key"] == "reader"


@pytest.mark.parametrize("name", ["reader.js", "reader.css"])
def test_the_part_names_no_other_host_and_writes_no_html(name: str) -> None:
    text = (PARTS / name).read_text(encoding="utf-8")
    assert "//" not in text.replace("// ", "")
    assert "innerHTML" not in text
    assert "eval(" not in text
