"""Citations, read back by the readers that other programs use."""

from __future__ import annotations

import json
from datetime import date

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given
from hypothesis import strategies as st

from geodata.catalogue import read_catalogue
from story.citation import Work, as_bibtex, as_csl, as_plain, as_ris, cite_claim, cite_dataset, cite_story
from tests.story.told import real, tiny

STORY, VERSION = real().story, real().version
WORKS = {
    "story": cite_story(STORY, VERSION),
    **{claim.id: cite_claim(STORY, claim, VERSION) for claim in STORY.claims},
    **{dataset.id: cite_dataset(STORY, dataset, VERSION) for dataset in read_catalogue().values()},
}
words = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=50).filter(str.strip)
works = st.builds(
    Work,
    key=st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True),
    kind=st.sampled_from(["webpage", "dataset"]),
    title=words,
    author=words,
    issued=st.dates(date(1000, 1, 1)),
    version=st.from_regex(r"[0-9a-f]{10}", fullmatch=True),
    address=st.just("https://a.example/b_c?d=1&e=%20#f"),
    within=words | st.just(""),
    publisher=words,
    note=words | st.just(""),
)


def plain(text: str) -> str:
    """Give a text as one line."""
    return " ".join(text.split())


def check_bibtex(work: Work) -> None:
    """Read an entry back as a program does: the entry is whole, and no sign has changed its meaning."""
    raw = bibtexparser.parse_string(as_bibtex(work))
    assert not raw.failed_blocks
    (entry,) = raw.entries
    assert (entry.entry_type, entry.key) == ("misc", work.key)
    fields = entry.fields_dict
    assert fields["url"].value == work.address
    assert fields["year"].value == str(work.issued.year)
    for name, given_text in (("title", work.title), ("author", work.author)):
        value = fields[name].value
        assert value[0] + value[-1] == "{}"
        assert untexed(value[1:-1]) == plain(given_text)


def untexed(value: str) -> str:
    """Read TeX's signs back, each as it stands, by a scanner that shares nothing with the writer."""
    found, at = "", 0
    named = {"textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^"}
    while at < len(value):
        if value[at] != "\\":
            assert value[at] not in "{}$&%#_~^"
            found, at = found + value[at], at + 1
            continue
        name = next((name for name in named if value.startswith(name + "{}", at + 1)), None)
        found += named[name] if name else value[at + 1]
        at += len(name) + 3 if name else 2
    return found


@pytest.mark.parametrize("name", WORKS)
def test_every_citation_is_read_back_from_bibtex(name: str) -> None:
    check_bibtex(WORKS[name])


@given(works)
def test_whatever_the_words_bibtex_stays_whole(work: Work) -> None:
    check_bibtex(work)


def test_a_program_that_decodes_tex_gives_our_words_back() -> None:
    work = WORKS["thousands-missing"]
    library = bibtexparser.parse_string(as_bibtex(work), append_middleware=[LatexDecodingMiddleware()])
    assert library.entries[0].fields_dict["title"].value.strip("{}") == work.title


@pytest.mark.parametrize("name", WORKS)
def test_every_citation_is_read_back_from_ris(name: str) -> None:
    check_ris(WORKS[name])


def check_ris(work: Work) -> None:
    """Read a record back as a citation manager does."""
    text = as_ris(work)
    assert text.count("\r\n") == text.count("\n") == len(text.splitlines())
    (entry,) = rispy.loads(text)
    assert entry["type_of_reference"] == ("DATA" if work.kind == "dataset" else "ELEC")
    assert entry["title"] == plain(work.title)
    assert entry["authors"] == [plain(work.author)]
    assert entry["year"] == str(work.issued.year)
    assert entry["urls"] == [work.address]
    assert entry.get("secondary_title", "") == plain(work.within)


@given(works)
def test_whatever_the_words_a_ris_record_is_one_line_a_tag(work: Work) -> None:
    lines = as_ris(work).removesuffix("\r\n").split("\r\n")
    assert all(line[2:6] == "  - " and line[:2].isalnum() for line in lines)
    assert (lines[0][:2], lines[-1]) == ("TY", "ER  - ")
    assert f"TI  - {plain(work.title)}" in lines


@pytest.mark.parametrize("name", WORKS)
def test_every_citation_is_an_item_of_csl(name: str) -> None:
    work, item = WORKS[name], json.loads(json.dumps(as_csl(WORKS[name])))
    assert (item["id"], item["type"], item["URL"]) == (work.key, work.kind, work.address)
    assert item["author"] == [{"literal": work.author}]
    assert date(*item["issued"]["date-parts"][0]) == work.issued
    assert "accessed" not in item


@pytest.mark.parametrize("name", WORKS)
def test_a_plain_citation_names_author_day_title_version_and_address(name: str) -> None:
    work, said = WORKS[name], as_plain(WORKS[name])
    assert "\n" not in said
    assert said.startswith(work.author)
    assert said.endswith(work.address)
    for part in (work.issued.isoformat(), work.title, f"Version {VERSION}"):
        assert part in said
    assert ".." not in said.replace("...", "")


def test_no_two_works_have_one_key() -> None:
    assert len({work.key for work in WORKS.values()}) == len(WORKS)


def test_a_corrected_claim_is_dated_by_its_last_correction() -> None:
    oil, night = tiny().claims
    assert cite_claim(tiny(), oil, "1").issued == date(1907, 1, 3)
    assert cite_claim(tiny(), night, "1").issued == date(1907, 1, 2)
