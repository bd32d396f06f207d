"""Claims as notes and records as readers see them: whole, in the order of the text, and leading on."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from story.notes import say_claim, say_record
from story.page import mark_claims
from story.rests import cited_facts
from story.wording import read_words
from tests.story.markup import read_html
from tests.story.told import find_chapter, real

if TYPE_CHECKING:
    from story.bundle import Bundle
    from story.facts import Claim
    from story.model import Story

STORY = real().story
WORDS = read_words("en")


@pytest.mark.parametrize("claim", STORY.claims, ids=lambda each: each.id)
def test_a_note_has_all_evidence_by_side_and_a_chart_for_each_comparison(claim: Claim) -> None:
    note = say_claim(claim, 1, STORY, WORDS, "records.html")
    shown = [(side["stance"], item["fact"]) for side in note["sides"] for item in side["evidence"]]
    assert sorted(shown) == sorted((item.stance, item.fact) for item in claim.evidence)
    assert [chart["title"] for chart in note["charts"]] == [STORY.comparisons[id_].title for id_ in claim.compare]
    assert sum(WORDS["hollow"] in chart["note"] for chart in note["charts"]) <= 1


@pytest.mark.parametrize("fact", sorted(cited_facts(STORY)))
def test_a_record_has_its_places_and_what_rests_on_it(fact: str) -> None:
    record = say_record(STORY.facts[fact], STORY, WORDS, "records.html")
    spots = json.loads(record["spots"])
    told = STORY.facts[fact]
    assert len(spots) == (told.lat is not None) + len(told.also)
    for lat, lon, ring_m, signs in spots:
        assert -90 <= lat <= 90
        assert -180 <= lon <= 180
        assert (ring_m > 0) == (signs[0] in {"district", "province"}), "only what is vague has a ring"
    assert record["claims"] or record["chapters"]


def test_numbers_follow_the_words_in_the_text(bundle: Bundle) -> None:
    cited = [a["data-claim"] for _, a in read_html(bundle.body).tags if a.get("class", "").startswith("claimed")]
    assert cited == [claim.id for claim in STORY.claims]
    page = bundle.body
    numbers = re.findall(r'<sup class="note-number">(\d+)</sup>', page)
    assert numbers == [str(number) for number in range(1, len(cited) + 1)]


@pytest.mark.parametrize(
    ("said", "after", "free", "held", "rest"),
    [
        ("the long line", ".", "the long ", "line.", ""),
        ("line", "”, he says.", "", "line”,", " he says."),
        ("the line", " &amp; more", "the ", "line", " &amp; more"),
        ("the line", "&lt;", "the ", "line&lt;", ""),
        ("the line", "<br>", "the ", "line", "<br>"),
    ],
)
def test_the_last_word_of_a_claim_holds_its_sign_and_what_follows(
    said: str, after: str, free: str, held: str, rest: str
) -> None:
    note = {"id": "one", "number": 1, "verdict": "opinion", "verdict_words": "Opinion", "sign": "M0 0"}
    body = str(mark_claims(f"<p>So {said}{after}</p>", [note], {"one": said}, WORDS)).replace("\u2060", "")
    body = re.sub(r"<svg.*</sup>", "*", body)
    found = re.search(
        r'<span class="held"><a [^>]+>(?:<span class="free">(.*)</span>)?(.*)\*</a>(.*)</span>(.*)</p>', body
    )
    assert found
    assert (found[1] or "", found[2] + found[3], found[4]) == (free, held, rest)


def test_each_word_leads_to_its_note_and_each_note_back(bundle: Bundle) -> None:
    tags = read_html(bundle.body).tags
    ids = {a["id"] for _, a in tags if "id" in a}
    for claim in STORY.claims:
        assert {f"claim-{claim.id}", f"cited-{claim.id}"} <= ids
        assert [1 for tag, a in tags if tag == "a" and a.get("href") == f"#cited-{claim.id}"]


def test_every_verdict_leads_to_its_words_on_the_rule_page(bundle: Bundle) -> None:
    anchors = {a["id"] for _, a in read_html(bundle.files["rules.html"].decode()).tags if "id" in a}
    ways = {a["href"] for _, a in read_html(bundle.body).tags if a.get("href", "").startswith("rules.html#")}
    assert ways == {f"rules.html#{claim.verdict}" for claim in STORY.claims}
    assert {way.split("#")[1] for way in ways} <= anchors


def test_every_way_from_the_records_leads_somewhere(bundle: Bundle) -> None:
    records = read_html(bundle.files["records.html"].decode())
    home = {a["id"] for _, a in read_html(bundle.body).tags if "id" in a}
    own = {a["id"] for _, a in records.tags if "id" in a}
    for tag, attributes in records.tags:
        way = attributes.get("href", "")
        if tag != "a" or way.startswith("http") or "#" not in way:
            continue
        page, _, place = way.partition("#")
        assert page in {"", "index.html"}, way
        assert place in (own if not page or place.startswith("record-") else home), way


def test_the_tiny_story_has_notes_too(tiny: Story) -> None:
    note = say_claim(tiny.claims[0], 1, tiny, WORDS, "r")
    assert find_chapter(tiny, tiny.claims[0].chapter)
    assert [side["stance"] for side in note["sides"]] == ["supports", "disputes", "context"]
    assert note["charts"][0]["note"] == f"Each keeper counted only his own. {WORDS['hollow']}"
