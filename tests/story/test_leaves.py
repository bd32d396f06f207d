"""The pages beside the reader: whole, escaped, linked to what exists, with a ClaimReview that says what they say."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import settings as examples

from story.facts import INDEPENDENT_TIERS, Claim
from story.leaves import render_leaves
from story.page import Files
from story.review import BEST, RATINGS, WORST
from tests.story.markup import hostile, read_html
from tests.story.told import real, tiny, tiny_bundle

if TYPE_CHECKING:
    from tests.story.markup import Read

STORY = real().story
LEAVES = sorted(name for name in real().files if re.fullmatch(r"claims/.+\.html|(?:claims|essay|rules)\.html", name))
LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
# What schema.org knows of the types that we use (a closed list, so that a slip of a name is found).
KNOWN = {
    "ClaimReview": {
        "claimReviewed", "itemReviewed", "reviewRating", "reviewBody", "author", "publisher", "url", "inLanguage",
        "datePublished", "dateModified", "version", "isBasedOn", "isPartOf",
    },
    "Claim": {"text", "author", "appearance"},
    "Rating": {"ratingValue", "bestRating", "worstRating", "alternateName", "ratingExplanation"},
    "Organization": {"name", "url"},
    "Person": {"name"},
    "CreativeWork": {"name", "url", "author", "publisher", "datePublished", "dateCreated", "genre"},
}  # fmt: skip


@cache
def page(name: str) -> Read:
    """Give a page of the real story, read."""
    return read_html(real().files[name].decode())


def review_of(claim: Claim) -> dict[str, Any]:
    """Give the ClaimReview in a claim's page."""
    found = LD.findall(real().files[f"claims/{claim.id}.html"].decode())
    assert len(found) == 1
    told: dict[str, Any] = json.loads(found[0])
    return told


def of_id(claim: Claim) -> str:
    """Give a claim's id, as a test's id."""
    return claim.id


@pytest.mark.parametrize("name", LEAVES)
def test_every_way_leads_to_a_file_a_chapter_a_claim_or_a_record_that_exists(name: str) -> None:
    bundle, slugs = real(), {chapter.slug for chapter in STORY.chapters}
    for tag, attributes in page(name).tags:
        way = attributes.get("href") or attributes.get("src") or ""
        if not way or way.startswith(("https://", "http://", "data:")):
            continue
        parts = urlsplit(urljoin(f"https://x/{name}", way))
        path, asked = parts.path.removeprefix("/"), parse_qs(parts.query)
        assert path == "index.html" or path in bundle.files, (tag, way)
        assert set(asked.get("chapter", [])) <= slugs
        assert set(asked.get("claim", [])) <= {claim.id for claim in STORY.claims}
        if parts.fragment:
            ids = {a.get("id") for _, a in read_html(bundle.files[path].decode()).tags}
            assert parts.fragment in ids, way


@pytest.mark.parametrize("name", LEAVES)
def test_a_page_runs_nothing_and_fetches_nothing_from_elsewhere(name: str) -> None:
    for tag, attributes in page(name).tags:
        assert tag not in {"iframe", "object", "embed", "style", "form"}
        assert tag != "script" or attributes == {"type": "application/ld+json"}
        assert not [key for key in attributes if key.startswith("on") or key == "style"]
        if attributes.get("href", "").startswith("http") and tag == "a":
            assert attributes["rel"] == "noopener noreferrer nofollow"
        if tag in {"link", "script", "img"} and attributes.get("rel") != "canonical":
            assert not (attributes.get("href") or attributes.get("src") or "").startswith("http")


@pytest.mark.parametrize("name", LEAVES)
def test_a_page_says_its_language_its_version_and_where_the_evidence_ends(name: str) -> None:
    assert page(name).tags[0] == ("html", {"lang": "en", "dir": "ltr"})
    assert f"{STORY.settings.evidence_until}." in page(name).text
    assert real().version in page(name).text
    headings = [tag for tag, _ in page(name).tags if re.fullmatch(r"h\d", tag)]
    assert headings.count("h1") == 1
    for before, after in pairwise(headings):
        assert int(after[1]) <= int(before[1]) + 1, "a level of heading is skipped"


@pytest.mark.parametrize("claim", STORY.claims, ids=of_id)
def test_a_claims_page_holds_all_that_its_verdict_rests_on(claim: Claim) -> None:
    told = page(f"claims/{claim.id}.html")
    text = " ".join(told.text.split())
    assert claim.statement in text
    assert " ".join(claim.summary.split()) in text
    assert "The essay claims" in text
    links = {attributes.get("href") for tag, attributes in told.tags if tag == "a"}
    assert f"../index.html?claim={claim.id}" in links
    for each in claim.evidence:
        fact = STORY.facts[each.fact]
        assert fact.title in text
        assert {source.url for source in fact.sources} <= links
        assert all(figure.according_to in text for figure in fact.figures)


@pytest.mark.parametrize("claim", STORY.claims, ids=of_id)
def test_a_claim_review_says_what_the_page_says(claim: Claim) -> None:
    told = review_of(claim)
    assert told["@context"] == "https://schema.org"
    assert (told["claimReviewed"], told["itemReviewed"]["text"]) == (claim.statement, claim.statement)
    assert told["url"].endswith(f"/embed/claims/{claim.id}.html")
    assert told["author"]["name"] == STORY.settings.author
    assert told["itemReviewed"]["author"]["name"] == "unnamed author"
    assert told["datePublished"] == STORY.settings.published
    rating, number = told["reviewRating"], RATINGS[claim.verdict]
    assert rating["alternateName"].casefold() == claim.verdict.replace("-", " ")
    assert rating.get("ratingValue") == number
    if number is not None:
        assert (rating["worstRating"], rating["bestRating"]) == (WORST, BEST)
    assert {each["url"] for each in told["isBasedOn"]} == {
        source.url
        for each in claim.evidence
        for source in STORY.facts[each.fact].sources
        if source.tier in INDEPENDENT_TIERS
    }


@pytest.mark.parametrize("claim", STORY.claims, ids=of_id)
def test_a_claim_review_uses_what_schema_org_knows(claim: Claim) -> None:
    def walk(node: Any) -> None:
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            own = {key for key in node if not key.startswith("@")}
            assert own <= KNOWN[node["@type"]], node["@type"]
            for value in node.values():
                walk(value)

    walk(review_of(claim))


def test_the_scale_orders_every_verdict_that_has_a_number() -> None:
    numbers = [number for number in RATINGS.values() if number is not None]
    assert sorted(numbers) == list(range(WORST, BEST + 1))
    assert RATINGS["opinion"] is None


def test_the_page_of_all_claims_shows_each_once_in_order_and_counts_them() -> None:
    told = page("claims.html")
    articles = [a["id"] for tag, a in told.tags if tag == "article"]
    assert articles == [f"claim-{claim.id}" for claim in STORY.claims]
    cells = [a["href"] for tag, a in told.tags if a.get("class", "").startswith("cell")]
    assert cells == [f"#claim-{claim.id}" for claim in STORY.claims]
    widths = [int(a["width"]) for tag, a in told.tags if tag == "rect"]
    assert sum(widths) == len(STORY.claims)


def test_the_rules_page_lists_the_corrections_or_that_there_is_none() -> None:
    told = " ".join(page("rules.html").text.split())
    assert ("Nothing has been corrected" in told) == (not STORY.editorial.corrections)
    made_up = " ".join(read_html(tiny_bundle().files["rules.html"].decode()).text.split())
    assert "Nothing has been corrected" not in made_up
    first, second = (made_up.index(each.what) for each in tiny().editorial.corrections)
    assert second < first, "the latest correction stands first"


def test_a_corrected_claim_says_so_on_its_own_page() -> None:
    oil = read_html(tiny_bundle().files["claims/oil-ran-out.html"].decode()).text
    night = read_html(tiny_bundle().files["claims/night-belongs-to-none.html"].decode()).text
    assert "The southern log came to light." in oil
    assert "came to light" not in night


@examples(max_examples=25)
@given(hostile)
def test_no_words_become_markup(words: str) -> None:
    oil, night = tiny().claims
    plain = render_leaves(tiny(), files(), language="en")
    before = {name: read_html(plain[name].decode()).shape for name in ("claims/oil-ran-out.html", "claims.html")}
    changed = oil.model_copy(update={"statement": words, "summary": words})
    after = render_leaves(replace(tiny(), claims=(changed, night)), files(), language="en")
    for name, shape in before.items():
        assert read_html(after[name].decode()).shape == shape
    told = LD.findall(after["claims/oil-ran-out.html"].decode())
    assert len(told) == 1
    assert json.loads(told[0])["claimReviewed"] == words


@cache
def files() -> Files:
    """Give names of files, which do not matter here."""
    cards = {chapter.slug: f"cards/{chapter.slug}.png" for chapter in tiny().chapters}
    return Files("a.css", "l.css", "n.css", "", "", "", "data:,", "", cards, cards, {}, {}, "0123456789", "f.js")
