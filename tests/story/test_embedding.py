"""What an address may ask of the page: only known values come out of anything, and the page is marked with them."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from story.accents import ACCENTS, LEAST_CONTRAST, PAPERS, contrast, guard_accent, read_accent
from story.embedding import (
    describe_parameters,
    list_shown,
    mark_page,
    read_options,
    write_query,
)
from story.serve import Reader
from tests.story.asking import ask
from tests.story.markup import hostile, read_html
from tests.story.told import real, tiny_bundle

TABLE = real().parameters
NAMES = [each.name for each in TABLE]
SLUGS = next(each.values for each in TABLE if each.name == "chapter")
USUAL = read_options("", TABLE)
DIGITS = st.text("0123456789abcdef", min_size=6, max_size=6)

slugs = st.sampled_from(SLUGS)
sensible = st.fixed_dictionaries(
    {},
    optional={each.name: st.sampled_from(each.values) for each in TABLE if each.kind == "one"}
    | {
        "chapters": st.one_of(slugs, st.tuples(slugs, slugs).map("..".join)),
        "accent": st.one_of(st.sampled_from(list(ACCENTS)), DIGITS),
    },
)
senseless = st.lists(st.tuples(st.sampled_from([*NAMES, "chapters[]", "LAYOUT", ""]), hostile), max_size=8).map(
    urlencode
)
queries = st.one_of(
    sensible.map(urlencode),
    senseless,
    st.text(st.characters(max_codepoint=255), max_size=80),
    st.tuples(sensible.map(urlencode), senseless).map("&".join),
)


@settings(max_examples=300)
@given(queries)
def test_whatever_is_asked_only_known_values_come_out(query: str) -> None:
    options = read_options(query, TABLE)
    assert list(options) == NAMES
    for each in TABLE:
        value = options[each.name]
        known = value in {"", each.usual, *each.values}
        parts = value.split("..")
        assert known or (each.kind == "accent" and read_accent(value) == value) or set(parts) <= set(each.values)


@settings(max_examples=300)
@given(queries)
def test_the_shortest_query_asks_for_the_same_and_is_its_own_shortest(query: str) -> None:
    options = read_options(query, TABLE)
    written = write_query(options, TABLE)
    assert read_options(written, TABLE) == options
    assert write_query(read_options(written, TABLE), TABLE) == written
    assert write_query(USUAL, TABLE) == ""


@given(sensible)
def test_what_is_known_is_taken_as_it_is_asked(asked: dict[str, str]) -> None:
    options = read_options(urlencode(asked), TABLE)
    for name in set(asked) - {"chapter", "chapters"}:
        assert options[name] == asked[name]


@given(st.sampled_from(NAMES), hostile)
def test_the_first_of_two_counts_even_where_it_is_unknown(name: str, words: str) -> None:
    later = next(each for each in TABLE if each.name == name).values[-1]
    assert read_options(urlencode([(name, words), (name, later)]), TABLE) == USUAL


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (f"{SLUGS[3]}", SLUGS[3:4]),
        (f"{SLUGS[3]}..{SLUGS[3]}", SLUGS[3:4]),
        (f"{SLUGS[3]}..{SLUGS[5]}", SLUGS[3:6]),
        (f"{SLUGS[0]}..{SLUGS[-1]}", SLUGS),
        (f"{SLUGS[5]}..{SLUGS[3]}", SLUGS),
        (f"{SLUGS[3]}..", SLUGS),
        (f"..{SLUGS[3]}", SLUGS),
        (f"{SLUGS[1]}..{SLUGS[2]}..{SLUGS[3]}", SLUGS),
        ("..", SLUGS),
        ("", SLUGS),
    ],
)
def test_a_range_is_shown_whole_and_one_that_is_none_shows_the_story(asked: str, shown: tuple[str, ...]) -> None:
    assert tuple(list_shown(read_options(urlencode({"chapters": asked}), TABLE), SLUGS)) == shown


@given(slugs, slugs, slugs)
def test_the_page_never_opens_at_a_chapter_that_it_does_not_show(first: str, last: str, chapter: str) -> None:
    options = read_options(urlencode({"chapters": f"{first}..{last}", "chapter": chapter}), TABLE)
    shown = list_shown(options, SLUGS)
    assert options["chapter"] == (chapter if chapter in shown[1:] else "")


@given(DIGITS)
def test_every_colour_can_be_read_on_both_papers_and_a_legible_one_stays(digits: str) -> None:
    for made, paper in zip(guard_accent(digits), PAPERS, strict=True):
        assert contrast(made, paper) >= LEAST_CONTRAST
        if contrast(f"#{digits}", paper) >= LEAST_CONTRAST:
            assert made == f"#{digits}"


@pytest.mark.parametrize("name", list(ACCENTS))
def test_every_named_accent_can_be_read_on_both_papers(name: str) -> None:
    for made, paper in zip(guard_accent(name), PAPERS, strict=True):
        assert contrast(made, paper) >= LEAST_CONTRAST


@pytest.mark.parametrize("given", ["#9C2F1F", "9c2f1f", "red", "#fff", "٠١٢٣٤٥", "9c2f1f\n", "9c2f1f;}", "rust "])
def test_an_accent_is_a_name_or_six_digits(given: str) -> None:
    assert read_accent(given) == ("9c2f1f" if given.lower() in {"#9c2f1f", "9c2f1f"} else "")


@settings(max_examples=60)
@given(queries)
def test_a_marked_page_has_the_tags_of_the_plain_one_and_no_word_of_the_query(query: str) -> None:
    bundle = tiny_bundle()
    options = read_options(query, bundle.parameters)
    page, plain = read_html(bundle.page_with(options).decode()), read_html(bundle.page("").decode())
    assert [tag for tag, _ in page.tags if tag not in {"meta", "title"}] == [
        tag for tag, _ in plain.tags if tag not in {"meta", "title"}
    ]
    slugs = tuple(bundle.heads)
    hidden = {at["data-chapter"] for _, at in page.tags if "data-chapter" in at and "hidden" in at}
    assert hidden == set(slugs) - set(list_shown(options, slugs))
    entries = {at["data-entry"] for _, at in page.tags if "data-entry" in at and "hidden" in at}
    assert entries == hidden


def test_the_root_says_what_was_asked_and_nothing_that_is_usual() -> None:
    query = "layout=card&theme=dark&accent=blue&header=off&interaction=off&height=auto&borders=pakistan"
    page = mark_page(real().page("").decode(), read_options(query, TABLE), TABLE)
    (root,) = (at for _, at in read_html(page).tags if "data-story" in at)
    for part in query.split("&"):
        name, value = part.split("=")
        assert root[f"data-{name}"] == value
    assert mark_page(page, USUAL, TABLE) == page


def test_the_head_stays_as_the_policy_names_it_by_its_hash() -> None:
    page = '<style>[data-borders="natural-earth"]{}</style><body><main data-borders="natural-earth" data-story="x">'
    marked = mark_page(page, read_options("borders=pakistan", TABLE), TABLE)
    assert marked.startswith('<style>[data-borders="natural-earth"]{}</style><body>')
    assert 'data-borders="pakistan"' in marked


def test_a_page_for_one_chapter_has_that_chapters_head() -> None:
    bundle = tiny_bundle()
    page = bundle.page_with(read_options("chapters=the-lamp", bundle.parameters)).decode()
    assert "<title>The Lamp · The Two Keepers</title>" in page


def test_the_table_that_hosts_get_is_the_one_that_we_read_with() -> None:
    told = describe_parameters(TABLE)
    assert [each["name"] for each in told] == NAMES
    for each in told:
        assert each["usual"] in {"", *each["values"]}


def test_a_served_variant_is_packed_kept_for_a_while_and_never_pushes_out_a_chapter() -> None:
    reader = Reader(tiny_bundle, frame_ancestors="")
    reader.variants.most_bytes = 100_000
    ask(reader, "/", b"chapter=the-lamp")
    chapter = dict(reader.ready.kept)
    for number in range(30):
        answer = ask(reader, "/", f"accent={number:06x}".encode(), headers={"Accept-Encoding": "br"})
        assert (answer.status, answer.headers["content-encoding"]) == (200, "br")
        assert "content-security-policy" in answer.headers
    assert 1 < len(reader.variants.kept) < 30
    assert reader.variants.bytes <= 100_000
    assert reader.ready.kept == chapter
