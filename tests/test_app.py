"""The front door: the real application, asked as a server would ask it."""

from __future__ import annotations

import asyncio
import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
import streamlit
from starlette.responses import HTMLResponse

import app as front_door
from story import bundle as made
from story.drawing_pool import DrawingPool
from story.faults import Fault, StoryError
from story.remade import EssayFirst
from story.sessions import machine_names
from tests.story.asking import Answer, ask_now
from tests.story.markup import HOSTILE, read_html
from tests.story.told import find_chapter, real

if TYPE_CHECKING:
    from collections.abc import Callable

    from story.bundle import Bundle
    from tests.front import Ask

STREAMLIT = Path(streamlit.__file__).parent / "static"
Request = tuple[str, bytes, tuple[tuple[str, str], ...]]
REQUESTS: dict[str, Request] = {
    "first": ("/", b"", ()),
    "chapter": ("/", b"chapter=restraint", ()),
    "twice": ("/", b"chapter=roots&chapter=restraint", ()),
    "unknown": ("/", b"chapter=no-such-chapter", ()),
    "packed": ("/", b"", (("accept-encoding", "gzip, br"),)),
    "bare": ("/embed/", b"chapter=restraint", ()),
    "story": ("/embed/story.json", b"", ()),
    "claims": ("/claims.json", b"", ()),
    "claim": ("/embed/claims/thousands-missing.html", b"", ()),
    "lost": ("/embed/nothing.js", b"", ()),
    "slashless": ("/embed", b"", ()),
    "other host": ("/", b"", (("host", "evil.example"), ("x-forwarded-host", "evil.example"))),
    "oembed": ("/oembed", b"url=https://story.example/the-line/?chapter=restraint", ()),
    "sources": ("/sources", b"", ()),
    "health": ("/_stcore/health", b"", ()),
    **{f"hostile {index}": ("/", b"chapter=" + words.encode(), ()) for index, words in enumerate(HOSTILE)},
}


@pytest.fixture(scope="module")
def answers(ask: Ask) -> dict[str, Answer]:
    """Give what the application answers to each of the requests, by name."""
    return {name: ask(path, query, **dict(headers)) for name, (path, query, headers) in REQUESTS.items()}


def card(answer: Answer) -> dict[str, str]:
    """Give what the head of a page tells of itself."""
    tags = read_html(answer.body.decode()).tags
    return {a.get("property", a.get("name", "")): a.get("content", "") for tag, a in tags if tag == "meta"}


def test_the_first_page_carries_the_whole_essay(answers: dict[str, Answer]) -> None:
    page = read_html(answers["first"].body.decode())
    assert answers["first"].status == 200
    assert page.tags[0] == ("html", {"lang": "en", "dir": "ltr"})
    text = " ".join(page.text.split())
    for chapter in real().story.chapters:
        assert chapter.texts["en"].title in text
    assert text.count("The evidence ends on") >= 1
    assert len([1 for _, a in page.tags if "data-story" in a]) == 1


def test_the_first_page_is_still_streamlits(answers: dict[str, Answer]) -> None:
    body = answers["first"].body.decode()
    assert '<div id="root"' in body
    assert "<title>Streamlit</title>" not in body
    assert body.split("</head>")[0].count("<title>") == 1


@pytest.mark.parametrize(
    ("name", "slug"), [("first", "opening"), ("chapter", "restraint"), ("twice", "roots"), ("unknown", "opening")]
)
def test_the_card_is_that_of_the_chapter_asked_for(answers: dict[str, Answer], name: str, slug: str) -> None:
    story = real().story
    (chapter,) = (chapter for chapter in story.chapters if chapter.slug == slug)
    found = card(answers[name])
    title = chapter.texts["en"].title
    assert found["og:title"] == (f"{title} · {story.settings.title}" if chapter.number else story.settings.title)
    assert found["og:url"].endswith(f"?chapter={slug}" if chapter.number else "/")
    assert found["og:image"].removeprefix(f"{story.settings.address}embed/") in real().pictures


@pytest.mark.parametrize("name", [name for name in REQUESTS if name.startswith("hostile")])
def test_a_hostile_chapter_gets_the_first_page_to_the_byte(answers: dict[str, Answer], name: str) -> None:
    assert answers[name].body == answers["first"].body


@pytest.mark.parametrize("name", ["first", "bare", "story", "claims", "claim", "lost", "sources", "health", "oembed"])
def test_every_answer_has_the_safe_headers(answers: dict[str, Answer], name: str) -> None:
    headers = answers[name].headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]


def test_the_first_page_is_packed_for_who_takes_it(answers: dict[str, Answer]) -> None:
    assert answers["packed"].headers["content-encoding"] == "br"
    assert len(answers["packed"].body) < len(answers["first"].body) / 3
    assert answers["packed"].headers["content-length"] == str(len(answers["packed"].body))


def test_the_first_page_has_a_validator_of_its_own(answers: dict[str, Answer], ask: Ask) -> None:
    first = answers["first"].headers
    assert len({answers[name].headers["etag"] for name in ("first", "chapter", "packed")}) == 3
    assert "last-modified" not in first
    again = ask("/", **{"if-none-match": first["etag"]})
    assert (again.status, again.body) == (304, b"")


def test_the_bare_page_and_the_files_stand_below_embed(answers: dict[str, Answer]) -> None:
    assert answers["bare"].body == real().page("restraint")
    assert "default-src 'none'" in answers["bare"].headers["content-security-policy"]
    assert answers["story"].body == real().files["story.json"]
    assert (answers["lost"].status, answers["lost"].body) == (404, b"Not found")


def test_the_claims_stand_at_the_root_too_and_each_has_its_page(answers: dict[str, Answer]) -> None:
    assert answers["claims"].body == real().files["claims.json"]
    assert answers["claims"].headers["content-type"] == "application/json"
    assert answers["claim"].body == real().files["claims/thousands-missing.html"]
    assert "default-src 'none'" in answers["claim"].headers["content-security-policy"]


def test_embed_without_its_slash_leads_to_the_bare_page(answers: dict[str, Answer]) -> None:
    assert answers["slashless"].status == 308
    assert answers["slashless"].headers["location"] == "/embed/"


def test_other_pages_do_not_carry_the_essay(answers: dict[str, Answer]) -> None:
    assert b"essay-first" not in answers["sources"].body
    assert (answers["health"].status, answers["health"].body) == (200, b"ok")


def test_every_file_that_the_first_page_asks_for_is_served(answers: dict[str, Answer]) -> None:
    asked = re.findall(
        r'(?:src|href|content)="(?:[^"]*/)?embed/((?:assets|stills)/[^"]+)"', answers["first"].body.decode()
    )
    assert len(asked) > 5
    assert set(asked) <= set(real().files)


def test_the_host_that_a_request_names_has_no_say_in_any_address(answers: dict[str, Answer]) -> None:
    assert answers["other host"].body == answers["first"].body
    assert b"evil" not in answers["other host"].body


def test_the_head_leads_to_an_answer_of_oembed(answers: dict[str, Answer]) -> None:
    tags = read_html(answers["chapter"].body.decode()).tags
    links = {a["type"]: a["href"] for tag, a in tags if a.get("rel") == "alternate"}
    assert set(links) == {"application/json+oembed", "text/xml+oembed"}
    asked = parse_qs(urlsplit(links["application/json+oembed"]).query)
    assert asked == {"url": ["https://story.example/the-line/?chapter=restraint"], "format": ["json"]}
    assert json.loads(answers["oembed"].body)["title"].startswith(
        find_chapter(real().story, "restraint").texts["en"].title
    )


@pytest.mark.parametrize("name", ["first", "chapter", "bare"])
def test_the_head_carries_the_article_as_data(answers: dict[str, Answer], name: str) -> None:
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', answers[name].body.decode())
    article = json.loads(found)
    assert article["@type"] == "Article"
    assert article["url"] == card(answers[name])["og:url"]
    assert article["headline"] in card(answers[name])["og:title"]
    assert ("isPartOf" in article) == (name != "first")


def test_the_servers_own_address_comes_from_streamlits_settings() -> None:
    options = {
        "server.sslCertFile": None,
        "server.baseUrlPath": "/stories/line/",
        "browser.serverAddress": "news.example",
        "browser.serverPort": 8501,
    }
    assert front_door.configured_address(options.get) == "http://news.example:8501/stories/line/"
    secure = options | {"server.sslCertFile": "x.pem", "server.baseUrlPath": ""}
    assert front_door.configured_address(secure.get) == "https://news.example:8501/"


def test_sessions_are_for_the_hosts_that_streamlits_settings_name() -> None:
    options = {
        "server.enableCORS": True,
        "server.sslCertFile": None,
        "server.baseUrlPath": "",
        "browser.serverAddress": "news.example",
        "browser.serverPort": 8501,
        "server.corsAllowedOrigins": ["https://school.example:444"],
        "server.allowedHosts": ["*.class.example"],
    }
    named = {"news.example", "school.example", "*.class.example", "story.example"}  # the last by STORY_ADDRESS
    assert front_door.allowed_hosts(options.get) == machine_names() | named
    assert front_door.allowed_hosts((options | {"server.enableCORS": False}).get) is None


def test_a_story_with_faults_does_not_stop_the_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> None:
        raise StoryError([Fault("claims.yaml", 4, "0.anchor", "'x'", "y")])

    async def start() -> None:
        async with front_door.warm(None):
            pass

    monkeypatch.setattr(front_door, "find_bundle", refuse)
    monkeypatch.setattr(front_door, "find_pool", DrawingPool)  # it is ended with the server
    asyncio.run(start())
    assert "claims.yaml:4: 0.anchor" in capsys.readouterr().out


def test_with_faults_the_first_page_is_sent_so_that_it_can_tell_them(monkeypatch: pytest.MonkeyPatch) -> None:
    # The essay cannot be put in, but Streamlit's page must come: it shows the list of faults.
    def refuse() -> None:
        raise StoryError([Fault("claims.yaml", 4, "0.anchor", "'x'", "y")])

    monkeypatch.setattr(made, "read_story", refuse)
    answer = asyncio.run(ask_first_page(cache(made.find_bundle.__wrapped__)))
    assert answer.status == 200
    assert b'<div id="root">' in answer.body


async def ask_first_page(find_bundle: Callable[[], Bundle]) -> Answer:
    """Ask for the first page through the middleware of the application, over a page like Streamlit's."""
    page = HTMLResponse(
        '<html lang="en"><head><title>Streamlit</title></head><body><div id="root"></div></body></html>'
    )
    return await ask_now(EssayFirst(page, find_bundle=find_bundle), "/")
