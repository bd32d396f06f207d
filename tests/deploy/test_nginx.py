"""nginx as the guide has it, in front of the app and a copy: served, kept, limited, up when the app is down."""

from __future__ import annotations

import gzip
import http.client
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import brotli
import pytest
from websockets.exceptions import InvalidStatus

from story.middleware import PERMISSIONS
from tests.bench.sessions import connect_to, run_script
from tests.deploy.proxied import NAME, Proxied, pack_copy, run_proxied
from tests.running import stop
from tests.story.told import real

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message
    from pathlib import Path

pytestmark = pytest.mark.deploy


@dataclass(frozen=True)
class Told:
    """An answer: status, headers, body as it came."""

    status: int
    headers: Message
    body: bytes


def get(url: str, method: str = "GET", **headers: str) -> Told:
    """Ask once, over a connection of its own, without following."""
    parts = urlsplit(url)
    with closing(http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)) as connection:
        way = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, way, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return Told(answer.status, answer.headers, answer.read())


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory, exported: Path) -> Iterator[Proxied]:
    """Give the app behind nginx, and a packed copy beside it."""
    home = tmp_path_factory.mktemp("proxied")
    pack_copy(shutil.copytree(exported, home / "copy"))
    with run_proxied(home, home / "copy") as running:
        yield running


def test_the_app_is_whole_below_its_path(proxied: Proxied) -> None:
    page = get(f"{proxied.url}/story/?chapter=restraint", Host=NAME)
    assert page.status == 200
    assert b"data-story" in page.body
    assert f'<link rel="canonical" href="https://{NAME}/story/?chapter=restraint">'.encode() in page.body
    for way in re.findall(r'(?:src|href)="(\./[^"]+\.js)"', page.body.decode()):
        assert get(f"{proxied.url}/story/{way[2:]}").status == 200
    assert get(f"{proxied.url}/story/oembed?url=https://{NAME}/story/").status == 200
    assert get(f"{proxied.url}/story/sitemap.xml").status == 200


@pytest.mark.parametrize(
    ("path", "status", "leads_to"),
    [("/", 307, "/story/"), ("/story?a=%0d%0ab", 308, "/story/?a=%0d%0ab"), ("/story/embed", 308, "/story/embed/")],
)
def test_an_address_without_its_slash_leads_on_the_same_host(
    proxied: Proxied, path: str, status: int, leads_to: str
) -> None:
    told = get(proxied.url + path)
    assert (told.status, told.headers["Location"]) == (status, leads_to)


def test_a_session_runs_through_the_proxy(proxied: Proxied) -> None:
    with connect_to(f"{proxied.url}/story", origin=proxied.url) as connection:
        assert run_script(connection) > 0


@pytest.mark.parametrize("origin", ["https://evil.example", "http://story.example.evil.example", "null"])
def test_no_other_site_opens_a_session(proxied: Proxied, origin: str) -> None:
    with pytest.raises(InvalidStatus, match="403"):
        connect_to(f"{proxied.url}/story", origin=origin)


def test_no_session_is_opened_for_a_name_that_another_site_leads_here(proxied: Proxied) -> None:
    asked = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    for host, status in ((NAME, 101), ("evil.example", 403)):
        told = get(f"{proxied.url}/story/_stcore/stream", Host=host, Origin=f"http://{host}", **asked)
        assert told.status == status


@pytest.mark.parametrize("wish", ["", "gzip", "br"])
def test_who_has_the_page_already_is_told_so_from_the_store(proxied: Proxied, wish: str) -> None:
    for path in ("", "story.json", "claims.json", "rules.html"):
        url = f"{proxied.url}/story/embed/{path}"
        tag = get(url, Accept_Encoding=wish).headers["ETag"]
        again = get(url, Accept_Encoding=wish, If_None_Match=tag)
        assert (again.status, again.body, again.headers["X-Cache"]) == (304, b"", "HIT")
        assert again.headers["ETag"].removeprefix("W/") == tag.removeprefix("W/")


def test_headers_that_no_browser_sends_are_refused(proxied: Proxied) -> None:
    assert get(f"{proxied.url}/story/embed/", X="y" * 8_000).status == 200
    assert get(f"{proxied.url}/story/embed/", X="y" * 60_000).status == 431


def test_the_head_of_a_picture_is_told_without_drawing_it(proxied: Proxied) -> None:
    told = get(f"{proxied.url}/story/embed/pictures/roots.svg", "HEAD")
    assert (told.status, told.headers["Content-Type"]) == (200, "image/svg+xml")
    assert not list(proxied.drawn.rglob("roots-vector.*"))


def test_one_address_has_few_pictures_drawn_at_once_and_others_read_on(proxied: Proxied) -> None:
    pictures = [path for path, each in real().pictures.items() if each.kind == "poster"]
    with ThreadPoolExecutor(len(pictures)) as asking:
        coming = asking.map(get, [f"{proxied.url}/story/embed/{path}" for path in pictures])
        assert get(f"{proxied.app_url}/story/embed/").status == 200
        statuses = [each.status for each in coming]
    assert {200, 429} <= set(statuses) <= {200, 429, 503}
    assert get(f"{proxied.url}/story/embed/{pictures[statuses.index(200)]}").headers["X-Cache"] == "HIT"


def test_the_bare_page_is_kept_in_each_form_and_stays_itself(proxied: Proxied) -> None:
    url = f"{proxied.url}/story/embed/?chapter=roots"
    unpack = {"gzip": gzip.decompress, "br": brotli.decompress}
    plain = get(url)
    for wish, form in [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("BR;q=1", "br"), ("deflate", None)]:
        first, again = get(url, Accept_Encoding=wish), get(url, Accept_Encoding=wish)
        assert again.headers["X-Cache"] == "HIT"
        assert again.headers["Content-Encoding"] == form
        assert unpack.get(form or "", bytes)(again.body) == plain.body == unpack.get(form or "", bytes)(first.body)
        assert {each.strip() for each in again.headers["Vary"].split(",")} == {"Accept-Encoding"}
    assert get(f"{proxied.url}/story/embed/?chapter=restraint").body != plain.body


@pytest.mark.parametrize(
    "path", ["/story/", "/story/embed/", "/story/embed/story.json", "/copy/", "/copy/manifest.json"]
)
def test_every_answer_is_safe_and_sets_no_cookie(proxied: Proxied, path: str) -> None:
    headers = get(proxied.url + path).headers
    assert headers.get_all("X-Content-Type-Options") == ["nosniff"]
    assert headers.get_all("Referrer-Policy") == ["same-origin"]
    assert headers.get_all("Permissions-Policy") == [PERMISSIONS]
    assert "Set-Cookie" not in headers
    assert not re.search(r"\d", headers["Server"])


def test_the_bare_page_keeps_its_policy(proxied: Proxied) -> None:
    policy = get(f"{proxied.url}/story/embed/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_copy_is_served_whole_packed_and_kept_as_long_as_it_may(proxied: Proxied, exported: Path) -> None:
    types = {".html": "text/html; charset=utf-8", ".webmanifest": "application/manifest+json", ".webp": "image/webp"}
    for path in [each for each in exported.rglob("*") if each.is_file() and each.parent.name != "schemas"]:
        told = get(f"{proxied.url}/copy/{path.relative_to(exported)}")
        assert (told.status, told.body) == (200, path.read_bytes())
        assert told.headers["Content-Type"] == types.get(path.suffix, told.headers["Content-Type"])
        assert told.headers["Content-Type"] != "application/octet-stream", path
        assert ("immutable" in told.headers["Cache-Control"]) == bool(re.search(r"\.[0-9a-f]{10}\.", path.name))
    assert get(f"{proxied.url}/copy/sw.js").headers["Cache-Control"] == "no-cache"
    for path in ("", "story.json", "sw.js", next(exported.glob("assets/map.*")).relative_to(exported)):
        packed = get(f"{proxied.url}/copy/{path}", Accept_Encoding="gzip")
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.body) == (exported / (path or "index.html")).read_bytes()


@pytest.mark.parametrize("path", ["/copy/../site.conf", "/copy/%2e%2e/site.conf", "/copy../site.conf", "/copy/assets/"])
def test_nothing_beside_a_copy_is_served(proxied: Proxied, path: str) -> None:
    assert get(proxied.url + path).status in {400, 403, 404}


def test_a_copy_only_answers_questions(proxied: Proxied) -> None:
    assert get(f"{proxied.url}/copy/", "POST").status == 403
    assert get(f"{proxied.url}/copy/", "HEAD").status == 200


def test_who_asks_too_often_is_told_so_and_others_are_served(proxied: Proxied) -> None:
    with ThreadPoolExecutor(16) as asking:
        urls = [f"{proxied.url}/story/embed/cards/none-{number}.png" for number in range(160)]
        statuses = [each.status for each in asking.map(get, urls)]
    assert set(statuses) == {404, 429}
    assert get(f"{proxied.url}/story/embed/").status == 200


def test_when_the_app_is_gone_the_bare_page_and_the_copy_stay(proxied: Proxied) -> None:
    before = get(f"{proxied.url}/story/embed/", Accept_Encoding="br")
    script = re.search(rb'src="(assets/reader\.[^"]+)"', get(f"{proxied.url}/story/embed/").body)
    assert script
    asset = f"{proxied.url}/story/embed/{script[1].decode()}"
    assert get(asset).status == 200
    stop(proxied.app)
    assert get(f"{proxied.url}/story/embed/", Accept_Encoding="br").body == before.body
    assert get(asset).status == 200
    assert get(f"{proxied.url}/copy/").status == 200
    resting = get(f"{proxied.url}/story/")
    assert (resting.status, resting.headers["Retry-After"]) == (503, "30")
    assert b"resting" in resting.body
