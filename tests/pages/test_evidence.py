"""The evidence page: what its address asks is what it shows, and a choice goes into the address."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from story.bundle import find_bundle
from story.cases import collect_cases
from story.search import MOST_LETTERS, Search, keep_cases
from tests.pages.opened import open_page, sheets, shown
from tests.story.markup import HOSTILE, read_html

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

STORY = find_bundle().story
CASES = collect_cases(STORY)
PARTS = Path(__file__).resolve().parents[2] / "pages" / "parts"
PLAIN = read_html(shown(open_page("evidence.py")))


def asked(page: AppTest) -> dict[str, str]:
    """Give what the page's address asks."""
    return {name: value if isinstance(value, str) else value[0] for name, value in page.query_params.items()}


def test_all_claims_stand_there_at_first_and_their_number_is_said() -> None:
    page = open_page("evidence.py")
    assert not page.exception
    assert sheets(page)[-1]["said"] == f"All {len(CASES)} claims"
    for claim in STORY.claims:
        assert f'id="claim-{claim.id}"' in shown(page)


def test_an_address_with_filters_opens_the_page_with_them() -> None:
    page = open_page("evidence.py", verdict="contested", order="newest", words="drone")
    assert not page.exception
    assert page.selectbox(key="ask-verdict").value == "contested"
    assert page.selectbox(key="ask-order").value == "newest"
    assert page.text_input(key="ask-words").value == "drone"
    count = len(keep_cases(Search(verdict="contested", words="drone"), CASES))
    assert sheets(page)[-1]["said"] == f"{count} of {len(CASES)} claims"


def test_a_choice_goes_into_the_address_and_narrows_the_list() -> None:
    page = open_page("evidence.py", side="both")
    page.selectbox(key="ask-verdict").select("contradicted").run()
    assert not page.exception
    assert asked(page) == {"verdict": "contradicted", "side": "both"}
    kept = keep_cases(Search(verdict="contradicted", side="both"), CASES)
    assert sheets(page)[-1]["said"] == f"{len(kept)} of {len(CASES)} claims"
    page.selectbox(key="ask-verdict").select("").run()
    page.selectbox(key="ask-side").select("").run()
    assert asked(page) == {}


def test_typed_words_narrow_the_list() -> None:
    page = open_page("evidence.py")
    page.text_input(key="ask-words").set_value("  Durand ").run()
    assert asked(page) == {"words": "Durand"}
    assert len(keep_cases(Search(words="Durand"), CASES)) < len(CASES)


@pytest.mark.parametrize("value", [*HOSTILE, "x" * 50_000, "\u202e٢", "../../etc/passwd"])
def test_no_address_breaks_the_page_or_gets_into_it(value: str) -> None:
    names = [field.name for field in fields(Search) if field.name != "words"]
    page = open_page("evidence.py", **{name: [value, value] for name in [*names, "from"]})
    assert not page.exception
    assert not page.error
    assert sheets(page)[-1]["said"] == f"All {len(CASES)} claims"
    assert read_html(shown(page)).shape == PLAIN.shape
    page.query_params["words"] = [value, value]
    page.run()
    assert not page.exception
    assert len(page.text_input(key="ask-words").value) <= MOST_LETTERS
    assert {tag for tag, _ in read_html(shown(page)).tags} <= {tag for tag, _ in PLAIN.tags}


@pytest.mark.parametrize("claim", STORY.claims, ids=lambda claim: claim.id)
def test_a_claim_has_a_page_of_its_own(claim: object) -> None:
    page = open_page("evidence.py", claim=claim.id)
    assert not page.exception
    (sheet,) = [each for each in sheets(page) if each["lead"]]
    assert sheet["lead"] == "h1"
    assert claim.verdict in sheet["html"]
    assert not page.selectbox


def test_the_chapter_that_a_reader_came_from_leads_back() -> None:
    page = open_page("evidence.py", **{"from": STORY.chapters[5].slug})
    assert f'href="./?chapter={STORY.chapters[5].slug}"' in shown(page)
    unknown = open_page("evidence.py", **{"from": "nowhere"})
    assert 'href="./"' in shown(unknown)


@pytest.mark.parametrize("name", ["sheet.js", "paper.css"])
def test_a_part_names_no_other_host_and_writes_no_html(name: str) -> None:
    text = (PARTS / name).read_text(encoding="utf-8")
    assert "//" not in text.replace("// ", "")
    assert "innerHTML" not in text
    assert "eval(" not in text


def test_the_paper_has_the_colours_and_the_type_of_the_reader() -> None:
    def values(path: Path) -> dict[str, str]:
        lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
        return dict(line.rstrip(";").split(": ", 1) for line in lines if line.startswith("--") and line.count(";") == 1)

    reader = values(PARTS.parents[1] / "story" / "web" / "reader.css")
    paper = values(PARTS / "paper.css")
    shared = {"--paper", "--text", "--soft", "--rule", "--accent", "--serif", "--sans"}
    assert {name: paper[name] for name in shared} == {name: reader[name] for name in shared}
