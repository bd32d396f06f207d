"""What schema.org calls a ClaimReview: each verdict in the words of machines, and the scale they ask for."""

from typing import Any

from story.citation import claim_address, last_changed
from story.facts import INDEPENDENT_TIERS, Claim, Verdict
from story.model import Story

# For machines only. An opinion is no point on a scale: it has its words and no number.
RATINGS: dict[Verdict, int | None] = {
    "contradicted": 1,
    "contested": 2,
    "partly-supported": 3,
    "supported": 4,
    "opinion": None,
}
WORST, BEST = 1, 4


def review_claim(story: Story, claim: Claim, version: str, language: str, verdict_words: str) -> dict[str, Any]:
    """The JSON-LD of one claim. `verdict_words`: the verdict in the reader's language."""
    settings = story.settings
    address = claim_address(settings, claim.id)
    ours = {"@type": "Organization", "name": settings.author, "url": settings.address}
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": address,
        "url": address,
        "inLanguage": language,
        "datePublished": settings.published,
        "dateModified": last_changed(story, claim).isoformat(),
        "version": version,
        "author": ours,
        "publisher": ours,
        "claimReviewed": claim.statement,
        "itemReviewed": _claimed(story, claim),
        "reviewBody": claim.summary,
        "reviewRating": _rating(claim, verdict_words),
        "isBasedOn": _based_on(story, claim),
        "isPartOf": {"@type": "CreativeWork", "name": settings.title, "url": settings.address},
    }


def _claimed(story: Story, claim: Claim) -> dict[str, Any]:
    """The claim as somebody else's: where it appeared and, as far as it is known, who made it."""
    item: dict[str, Any] = {"@type": "Claim", "text": claim.statement}
    essay = story.settings.essay
    if essay:
        work = {"@type": "CreativeWork", "name": essay.title, "dateCreated": essay.written, "genre": essay.genre}
        by = {"@type": "Person", "name": essay.author}
        item |= {"author": by, "appearance": {**work, "author": by}}
    return item


def _rating(claim: Claim, verdict_words: str) -> dict[str, Any]:
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": verdict_words, "ratingExplanation": claim.summary}
    number = RATINGS[claim.verdict]
    if number is not None:
        rating |= {"ratingValue": number, "worstRating": WORST, "bestRating": BEST}
    return rating


def _based_on(story: Story, claim: Claim) -> list[dict[str, Any]]:
    """The pages that the verdict rests on, each once; no copies and no weak ones."""
    sources = {
        source.url: source
        for each in claim.evidence
        for source in story.facts[each.fact].sources
        if source.tier in INDEPENDENT_TIERS
    }
    return [
        {
            "@type": "CreativeWork",
            "url": source.url,
            "publisher": {"@type": "Organization", "name": source.publisher},
            **({"name": source.title} if source.title_seen and source.title else {}),
            **({"datePublished": source.published} if source.published else {}),
        }
        for source in sources.values()
    ]
