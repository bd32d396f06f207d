"""Opens a page of the app as a visitor does, through its frame, and reads the sheets on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from streamlit.testing.v1 import AppTest

if TYPE_CHECKING:
    from typing import Any

FRAME = Path(__file__).resolve().parents[2] / "pages" / "frame.py"


def open_page(name: str, **asked: Any) -> AppTest:
    """Run a page by its file's name, with the query that its address has."""
    page = AppTest.from_file(str(FRAME), default_timeout=60).run()
    page.switch_page(name)
    for key, value in asked.items():
        page.query_params[key] = value
    return page.run()


def sheets(page: AppTest) -> list[dict[str, Any]]:
    """Give what each sheet of the page was told to show: html, said, lead."""
    told = [json.loads(each.proto.json) for each in page.get("bidi_component")]
    return [each for each in told if "html" in each]


def shown(page: AppTest) -> str:
    """Give the HTML of all sheets of a page."""
    return "".join(sheet["html"] for sheet in sheets(page))
