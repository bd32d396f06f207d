"""The address of a copy of the story: from settings alone, absolute, in one plain form, or refused with a reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.address import SERVED_AT, VARIABLE, find_address, own_sources, parse_address, publish
from story.faults import StoryError
from tests.story.markup import HOSTILE
from tests.story.told import tiny

hosts = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?(\.[a-z]{2,8}){0,2}", fullmatch=True)
paths = st.lists(st.from_regex(r"[A-Za-z0-9_~-][A-Za-z0-9_.~-]{0,10}", fullmatch=True), max_size=4)


@given(st.sampled_from(["http", "https"]), hosts, st.integers(1, 65535), paths, st.sampled_from(["", "/"]))
def test_an_address_is_given_back_in_its_plain_form(
    scheme: str, host: str, port: int, path: list[str], slash: str
) -> None:
    way = "/".join(["", *path])
    found = parse_address(f" {scheme}://{host.upper()}:{port}{way}{slash}")
    usual = port == {"http": 80, "https": 443}[scheme]
    assert found == f"{scheme}://{host}{'' if usual else f':{port}'}{way}/"
    assert parse_address(found) == found


@pytest.mark.parametrize(
    "given_address",
    ["", "example.org", "//example.org/", "ftp://example.org/", "javascript:alert(1)", "https://", "https:///a/",
     "https://me:secret@example.org/", "https://example.org/?a=b", "https://example.org/#a", "https://exa mple.org/",
     "https://example.org/a b/", "https://example.org/../etc/", "https://example.org/./", "https://example.org/%2e%2e/",
     "https://example.org:99999/", "https://example.org:x/", "https://[::1/", "https://-a/", 'https://a"b/',
     "https://example.org/<script>/", "https://example.org\\@evil.example/", "https://exämple.org/"],
)  # fmt: skip
def test_what_is_no_address_is_refused_and_says_what_one_looks_like(given_address: str) -> None:
    with pytest.raises(StoryError, match=r"--address: found .* expected an absolute address like https://"):
        parse_address(given_address, "--address")


@given(
    st.one_of(
        st.text(max_size=60), st.sampled_from(HOSTILE), st.sampled_from(HOSTILE).map("https://a.example/{}".format)
    )
)
def test_anything_else_is_either_refused_or_safe_to_write(words: str) -> None:
    try:
        found = parse_address(words)
    except StoryError:
        return
    assert found.startswith(("http://", "https://"))
    assert found.endswith("/")
    assert not set(found) & set("<>\"'&?#\\ \r\n\t")


def test_the_environment_comes_before_the_story_and_the_story_before_the_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(VARIABLE, "https://example.org/story")
    monkeypatch.setenv(SERVED_AT, "http://localhost:8501/")
    assert find_address("https://keepers.example/") == "https://example.org/story/"
    monkeypatch.delenv(VARIABLE)
    assert find_address("https://keepers.example/") == "https://keepers.example/"
    assert find_address() == "http://localhost:8501/"
    monkeypatch.delenv(SERVED_AT)
    assert find_address() == ""


def test_a_wrong_setting_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "example.org")
    with pytest.raises(StoryError, match=r"STORY_ADDRESS: found 'example\.org'"):
        find_address()


def test_publishing_changes_the_address_and_nothing_else() -> None:
    moved = publish(tiny(), "https://example.org/", files_at="")
    assert moved.settings.files_address == "https://example.org/"
    assert tiny().settings.files_address == "https://keepers.example/embed/"
    assert moved.chapters == tiny().chapters


@pytest.mark.parametrize(
    ("address", "sources"),
    [
        ("", "'self'"),
        ("https://example.org/story/", "'self' https://example.org"),
        ("http://localhost:8501/", "'self' http://localhost:8501"),
    ],
)
def test_a_policy_names_the_host_of_the_address_as_our_own(address: str, sources: str) -> None:
    assert own_sources(address) == sources
