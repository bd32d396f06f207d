"""The pages beside the reader, which need no script: all claims, one page for each claim, the rules."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from story.balance import say_balance
from story.citation import Work, as_bibtex, as_csl, as_plain, as_ris, cite_claim, cite_story
from story.clauses import find_clauses, say_ledger
from story.editorial import Correction
from story.elements import as_json
from story.facts import Claim
from story.model import Story
from story.notes import SIGNS, say_comparisons, say_objection
from story.page import Files
from story.prose import render_prose
from story.publishers import independent_publishers
from story.rests import cited_facts
from story.review import RATINGS, review_claim
from story.schemas import FORMATS
from story.templates import TEMPLATES, ours
from story.wording import read_words, say_fact

FEW = 3  # publishers at which the rule page names a verdict


@dataclass(frozen=True, slots=True)
class _Desk:
    """What all pages share."""

    story: Story
    files: Files
    language: str
    words: dict[str, Any]

    def card(self, slug: str) -> str:
        """The address of a chapter's card; empty where the story has no address, or no cards."""
        settings = self.story.settings
        return settings.files_address + self.files.cards[slug] if settings.address and self.files.cards else ""

    def ways(self) -> list[str]:
        """The pages that each of them leads to; of the essay's ledger only where the story has one."""
        return [*(["essay"] if self.story.editorial.ledger else []), "claims", "rules", "records"]

    def fill(self, template: str, place: str, **values: Any) -> bytes:
        """A page; `place` is its path below the reader's address, from which the way back up follows."""
        settings, words = self.story.settings, self.words
        shared = {
            "lang": self.language,
            "story": settings,
            "files": self.files,
            "words": words,
            "signs": SIGNS,
            "version": self.files.version,
            "up": "../" * place.count("/"),
            "here": place,
            "address": f"{settings.files_address}{place}" if settings.address else "",
            "picture": self.card(self.story.chapters[0].slug),
            "ways": [(f"{name}.html", words["leaf"][name]) for name in self.ways()],
            "review": "",
        }
        return TEMPLATES.get_template(template).render(shared | values).encode()


def render_leaves(story: Story, files: Files, *, language: str) -> dict[str, bytes]:
    """Every page by its path below the reader's address."""
    desk = _Desk(story, files, language, read_words(language))
    pages = {f"claims/{claim.id}.html": _claim_page(desk, number) for number, claim in enumerate(story.claims)}
    if story.editorial.ledger:
        pages["essay.html"] = _essay_page(desk)
    return {
        **pages,
        "claims.html": _claims_page(desk),
        "rules.html": _rules_page(desk),
        "version.html": _version_page(desk),
    }


def _claim_page(desk: _Desk, number: int) -> bytes:
    """The page of the claim at `number`, from 0 in the order of the essay."""
    story, words = desk.story, desk.words
    claim, version = story.claims[number], desk.files.version
    review = review_claim(story, claim, version, desk.language, words["verdicts"][claim.verdict])
    return desk.fill(
        "claim.html",
        f"claims/{claim.id}.html",
        picture=desk.card(claim.chapter),
        title=f"{words['verdicts'][claim.verdict]}: {claim.statement}",
        description=claim.summary,
        claim=claim,
        number=number + 1,
        count=len(story.claims),
        chapter=_chapter_title(desk, claim.chapter),
        behind=_say_behind(desk, claim),
        objection=say_objection(claim, story, words),
        clauses=find_clauses(story, claim.clauses),
        charts=say_comparisons([story.comparisons[id_] for id_ in claim.compare], story, words, "../records.html"),
        sides=_sides(desk, claim),
        corrections=_corrections(desk, [each for each in story.editorial.corrections if each.id == claim.id]),
        before=story.claims[number - 1] if number else None,
        after=story.claims[number + 1] if number + 1 < len(story.claims) else None,
        citations=list_citations(cite_claim(story, claim, version)),
        review=ours(as_json(review).replace("<", "\\u003c")),
    )


def _chapter_title(desk: _Desk, slug: str) -> str:
    return next(each.texts[desk.language].title for each in desk.story.chapters if each.slug == slug)


def _sides(desk: _Desk, claim: Claim) -> list[tuple[str, str, list[Any]]]:
    """The stances that the claim's evidence takes, in words, each with its facts."""
    sides = []
    for stance, said in desk.words["leaf"]["sides"].items():
        facts = [say_fact(desk.story.facts[each.fact], desk.words) for each in claim.evidence if each.stance == stance]
        if facts:
            sides.append((stance, said, facts))
    return sides


def _say_behind(desk: _Desk, claim: Claim) -> str:
    """Who stands behind the evidence for and against."""
    said: dict[str, str] = desk.words["leaf"]
    houses = sorted(independent_publishers(desk.story, claim), key=str.casefold)
    if not houses:
        return said["behind_none"]
    return said["behind_one" if len(houses) == 1 else "behind"].format(count=len(houses), houses=", ".join(houses))


def list_citations(work: Work) -> dict[str, Any]:
    """A citation as plain text, and by name in the forms that citation managers read."""
    csl = json.dumps([as_csl(work)], ensure_ascii=False, indent=1)
    formats = [("BibTeX", as_bibtex(work)), ("RIS", as_ris(work)), ("CSL-JSON", csl)]
    return {"plain": as_plain(work), "formats": formats}


def _corrections(desk: _Desk, corrections: list[Correction]) -> list[dict[str, Any]]:
    """Corrections in words, the latest first, each with the way to what was changed."""
    return [
        {"date": each.date.isoformat(), "what": each.what, "why": each.why, **_corrected(desk, each)}
        for each in sorted(corrections, key=lambda each: each.date, reverse=True)
    ]


def _corrected(desk: _Desk, correction: Correction) -> dict[str, str]:
    """The title of what was changed, and its address below the reader's; empty where it has none of its own."""
    story, id_ = desk.story, correction.id
    match correction.part:
        case "claim":
            return {
                "title": next(each.statement for each in story.claims if each.id == id_).rstrip("."),
                "link": f"claims/{id_}.html",
            }
        case "fact":
            link = f"records.html#record-{id_}" if id_ in cited_facts(story) else ""
            return {"title": story.facts[id_].title, "link": link}
        case "chapter":
            return {"title": _chapter_title(desk, id_), "link": f"index.html?chapter={id_}"}
        case "layer":
            return {"title": story.layers[id_].title, "link": ""}
        case _:
            return {"title": story.settings.title, "link": "index.html"}


def _claims_page(desk: _Desk) -> bytes:
    """All claims: counts by verdict, the whole essay at a glance, then chapter by chapter."""
    story, words = desk.story, desk.words
    numbers = Counter(claim.verdict for claim in story.claims)
    return desk.fill(
        "claims.html",
        "claims.html",
        title=words["leaf"]["claims_title"],
        description=words["leaf"]["claims_lead"].format(count=len(story.claims)),
        counts=[(verdict, said, numbers[verdict]) for verdict, said in words["verdicts"].items()],
        most=max(numbers.values(), default=1),
        groups=_groups(desk),
        citations=list_citations(cite_story(story, desk.files.version)),
    )


def _essay_page(desk: _Desk) -> bytes:
    """What the essay says, clause by clause, and what came out."""
    story, said = desk.story, desk.words["ledger"]
    paragraphs = say_ledger(story, desk.language)
    clauses = [clause for each in paragraphs for clause in each["clauses"]]
    tested = [clause for clause in clauses if clause["claims"]]
    numbers = {"clauses": len(clauses), "paragraphs": len(paragraphs), "claims": len(story.claims)}
    return desk.fill(
        "essay.html",
        "essay.html",
        title=said["title"],
        description=said["lead"].format(tested=len(tested), untested=len(clauses) - len(tested), **numbers),
        paragraphs=paragraphs,
        citations=list_citations(cite_story(story, desk.files.version)),
    )


def _groups(desk: _Desk) -> list[dict[str, Any]]:
    """The chapters that have claims, each with them."""
    return [
        {
            "slug": chapter.slug,
            "number": chapter.number,
            "title": chapter.texts[desk.language].title,
            "claims": [{"claim": claim, "rests": _say_rests(desk, claim)} for claim in claims],
        }
        for chapter in desk.story.chapters
        if (claims := [claim for claim in desk.story.claims if claim.chapter == chapter.slug])
    ]


def _say_rests(desk: _Desk, claim: Claim) -> str:
    """How many facts stand on each side, and how many publishers behind them."""
    numbers = Counter(each.stance for each in claim.evidence)
    sides = [f"{said} {numbers[stance]}" for stance, said in desk.words["leaf"]["sides"].items() if numbers[stance]]
    houses = len(independent_publishers(desk.story, claim))
    if houses:
        sides.append(desk.words["leaf"]["houses"].format(count=houses))
    return " · ".join(sides) or desk.words["leaf"]["no_evidence"]


def _version_page(desk: _Desk) -> bytes:
    """Which version this is, and how to cite it."""
    said = desk.words["leaf"]
    return desk.fill(
        "version.html",
        "version.html",
        title=said["version_title"],
        description=said["version_lead"],
        citations=list_citations(cite_story(desk.story, desk.files.version)),
    )


def anchor_verdicts(body: str, words: dict[str, Any], prefix: str = "") -> str:
    """The rule text with an anchor, `prefix` and verdict, at the words on each verdict, where that of a claim leads."""
    for verdict, said in words["verdicts"].items():
        body = body.replace(f"<li><strong>{said}.</strong>", f'<li id="{prefix}{verdict}"><strong>{said}.</strong>', 1)
    return body


def _rules_page(desk: _Desk) -> bytes:
    """The rule text, the corrections, the verdicts that rest on few, and the record as data."""
    story = desk.story
    text = story.editorial.rules[desk.language]
    behind = [(claim, sorted(independent_publishers(story, claim), key=str.casefold)) for claim in story.claims]
    return desk.fill(
        "rules.html",
        "rules.html",
        title=text.title,
        description=text.lead,
        body=ours(anchor_verdicts(render_prose(text.body), desk.words)),
        balance=say_balance(story, desk.words),
        corrections=_corrections(desk, list(story.editorial.corrections)),
        few=[(claim, houses) for claim, houses in behind if claim.verdict != "opinion" and len(houses) <= FEW],
        scale=list(RATINGS.items()),
        schemas=[(name, title) for name, (_, title, _) in FORMATS.items()],
        citations=list_citations(cite_story(story, desk.files.version)),
    )
