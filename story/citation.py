"""How to cite the story, a claim or a dataset: BibTeX, RIS, CSL-JSON and plain text, each with its version."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from geodata.catalogue import Dataset
from story.facts import Claim
from story.model import Story
from story.settings import Settings

_BIBTEX_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_BIBTEX_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_RIS_TYPES = {"webpage": "ELEC", "dataset": "DATA"}


@dataclass(frozen=True, slots=True)
class Work:
    """What is cited. `kind` as in CSL; `author` is a body, not a person; `within` the work that it is a part of."""

    key: str
    kind: Literal["webpage", "dataset"]
    title: str
    author: str
    issued: date
    version: str
    address: str
    within: str = ""
    publisher: str = ""
    note: str = ""


def claim_address(settings: Settings, claim_id: str) -> str:
    """The lasting address of a claim's own page."""
    return f"{settings.files_address}claims/{claim_id}.html"


def last_changed(story: Story, claim: Claim) -> date:
    """The day of a claim's last correction, else the day the story was published."""
    corrected = [each.date for each in story.editorial.corrections if (each.part, each.id) == ("claim", claim.id)]
    return max(corrected, default=date.fromisoformat(story.settings.published))


def cite_story(story: Story, version: str) -> Work:
    """The story as a whole; `version` is the bundle's."""
    settings = story.settings
    return Work(
        key=settings.id,
        kind="webpage",
        title=f"{settings.title}: {settings.subtitle}",
        author=settings.author,
        issued=date.fromisoformat(settings.published),
        version=version,
        address=settings.address,
        publisher=settings.author,
        note=f"Evidence to {settings.evidence_until}",
    )


def cite_claim(story: Story, claim: Claim, version: str) -> Work:
    """The page of one claim. The title quotes the claim, which is the essay's and not ours."""
    settings = story.settings
    return Work(
        key=f"{settings.id}-{claim.id}",
        kind="webpage",
        title=f"“{claim.statement.rstrip('.')}”: what the record shows",
        author=settings.author,
        issued=last_changed(story, claim),
        version=version,
        address=claim_address(settings, claim.id),
        within=settings.title,
        publisher=settings.author,
        note=f"Verdict: {claim.verdict.replace('-', ' ')}. Evidence to {settings.evidence_until}",
    )


def cite_records(story: Story, version: str, count: int) -> Work:
    """So many records of the story as data, whichever they are: the version says which state of them."""
    settings = story.settings
    return Work(
        key=f"{settings.id}-records",
        kind="dataset",
        title=f"{settings.title}: records ({count} of {len(story.facts)})",
        author=settings.author,
        issued=date.fromisoformat(settings.published),
        version=version,
        address=f"{settings.address}explore",
        publisher=settings.author,
        note=f"Evidence to {settings.evidence_until}",
    )


def cite_dataset(story: Story, dataset: Dataset, version: str) -> Work:
    """One dataset of the map as the story ships it: its makers are those whom its credit names."""
    settings = story.settings
    return Work(
        key=f"{settings.id}-data-{dataset.id.replace('_', '-')}",
        kind="dataset",
        title=dataset.title,
        author=dataset.credit,
        issued=dataset.retrieved,
        version=version,
        address=f"{settings.address}sources",
        within=settings.title,
        publisher=settings.author,
        note=f"Licence {dataset.licence}. State of the data: {dataset.source_date}. SHA-256 {dataset.sha256}",
    )


def as_plain(work: Work) -> str:
    """One line for a footnote. No date of access: the version says what was read."""
    form = " [Data set]" if work.kind == "dataset" else ""
    within = f" In: {work.within}." if work.within else ""
    note = f" {work.note}." if work.note else ""
    title = work.title if work.title.endswith((".", "?", "!")) else f"{work.title}{form}."
    return (
        f"{work.author.rstrip('.')} ({work.issued.isoformat()}). {title}{within} Version {work.version}.{note} "
        f"{work.address}"
    )


def as_bibtex(work: Work) -> str:
    """A @misc entry, UTF-8; names and titles in double braces, so that no style changes their letters."""
    fields = {
        "title": f"{{{_tex(work.title)}}}",
        "author": f"{{{_tex(work.author)}}}",
        "year": str(work.issued.year),
        "howpublished": f"{{{_tex('Data set' if work.kind == 'dataset' else 'Story map')}}}",
        "publisher": _tex(work.publisher),
        "series": _tex(work.within),
        "version": _tex(work.version),
        "note": _tex(work.note),
        "url": work.address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C"),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    month = f"  month = {_BIBTEX_MONTHS[work.issued.month - 1]},"
    return "\n".join([f"@misc{{{work.key},", *lines, month, "}", ""])


def _tex(text: str) -> str:
    return "".join(_BIBTEX_SIGNS.get(sign, sign) for sign in _one_line(text))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def as_ris(work: Work) -> str:
    """An RIS record: a tag a line, lines ended by CR LF as the format wants."""
    tags = [
        ("TY", _RIS_TYPES[work.kind]),
        ("ID", work.key),
        ("TI", work.title),
        ("AU", work.author),
        ("PY", str(work.issued.year)),
        ("DA", work.issued.strftime("%Y/%m/%d/")),
        ("T2", work.within),
        ("PB", work.publisher),
        ("ET", work.version),
        ("N1", work.note),
        ("UR", work.address),
    ]
    lines = [f"{tag}  - {_one_line(value)}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def as_csl(work: Work) -> dict[str, Any]:
    """A CSL-JSON item; a list of such items is what citation managers read."""
    item: dict[str, Any] = {
        "id": work.key,
        "type": work.kind,
        "title": work.title,
        "author": [{"literal": work.author}],
        "issued": {"date-parts": [[work.issued.year, work.issued.month, work.issued.day]]},
        "container-title": work.within,
        "publisher": work.publisher,
        "version": work.version,
        "note": work.note,
        "URL": work.address,
    }
    return {key: value for key, value in item.items() if value}


@dataclass(frozen=True, slots=True)
class Written:
    """A citation as a file: its name, its media type, what it holds."""

    file_name: str
    media_type: str
    text: str


def write_citations(work: Work) -> dict[str, Written]:
    """A citation in every form that citation managers read, and as plain text, by the form's name."""
    csl = json.dumps([as_csl(work)], ensure_ascii=False, indent=1)
    return {
        "plain": Written(f"{work.key}.txt", "text/plain", as_plain(work) + "\n"),
        "BibTeX": Written(f"{work.key}.bib", "application/x-bibtex", as_bibtex(work)),
        "RIS": Written(f"{work.key}.ris", "application/x-research-info-systems", as_ris(work)),
        "CSL-JSON": Written(f"{work.key}.json", "application/vnd.citationstyles.csl+json", csl + "\n"),
    }
