"""Strategies that break a story's files in every way that a hand, a disk or a stranger can."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import yaml
from hypothesis import strategies as st

from story.yaml_shape import LOADER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Odd:
    """What stands in the place of a file: a folder, a pipe that nobody writes to, or a link to `target`."""

    kind: Literal["folder", "pipe", "link"]
    target: str = ""


Files = dict[str, "bytes | Odd"]  # by their path in the story's folder
MARK = "MARKMARK"  # stands in a dumped file for what YAML's own writer would never write
LINKS = ["nowhere.yaml", "../../../../../../etc/hostname", "/dev/zero", "/dev/null", ".", "..", "story.yaml"]
SMILES = ",".join(["&a [ha,ha,ha,ha,ha,ha,ha,ha,ha]"] + [f"&{a} [{','.join([f'*{b}'] * 9)}]" for a, b in zip("bcdefghijklm", "abcdefghijkl", strict=True)])  # fmt: skip  # noqa: E501 - a bomb
VALUES = [
    *("null", "true", "no", "0", "-1", "7", "0.5", "1e308", "1e400", ".nan", ".inf", "-.inf", "9" * 30, "9" * 5000),
    *("2026-01-01", "2026-13-45", "2026-01-01T25:61:61Z", "12:30:45", "0x_", "0b", "0o17", "1_000", "0" * 400),
    *('""', '"   "', "[]", "{}", "[[]]", "[null]", "{a: {b: {c: d}}}", "[1, two, {three: 3}]", "{1: 2, null: 3}"),
    *("{a: 1, a: 2}", "{? [a] : b}", "{? {a: b} : c}", "&a [*a]", "&a {a: *a}", "*nowhere", f"[{SMILES}]", "{<<: 1}"),
    *("[" * 400 + "]" * 400, "[" * 3000 + "]" * 3000, "[" * 3000, "{a: " * 900 + "1" + "}" * 900, "! x", "!none x"),
    *("!!python/object/apply:os.system [id]", "!!python/name:os.system", "!!python/tuple [a]", "!!binary aGFoYQ=="),
    *("!!binary '%'", "!!float x", "!!int x", "!!timestamp x", "!!bool x", "!!null x", "!!set {a}", "!!omap [a: b]"),
    *("!!str 5", "!!map []", "!!seq {}", "!!merge x", "!!value x", '"\\0"', '"\\e[31m"', '"\\ud800"', '"\\x85\\u2028"'),
    *('"\\ufeff"', '"\\u202etxt"', '"\\U0001F4A3"', '"a\\nb"', '"a\\r\\nb"', "'{{ 7 * 7 }}'", "'{% x %}'", "'{0}'"),
    *("'<script>alert(1)</script>'", "'</style><b>'", "'javascript:x'", "'\"><img src=x>'", "'&lt;'", "']]>'", "'*/'"),
    *("'../../../etc/passwd'", "/etc/passwd", "'..'", "'.'", "'a/b'", "'C:\\x'", "'~'", "'http://[::1'", "'http://'"),
    *(f'"{"long " * 4000}"', "x" * 60_000, f"[{'1,' * 3000}]", "'**'", "'|'", "'{a|b}'", "'{a | b | c}'", "'['", "'('"),
]  # fmt: skip
KEYS = ["1", "null", "true", "2026-01-01", ".nan", "[a]", "{a: b}", "<<", "''", '"\\0"', "id ", "ID", "__class__", "*a", "&a b", "x" * 200]  # fmt: skip  # noqa: E501
# What a model that asks for the kind alone lets pass.
ALIKE: dict[type, list[Any]] = {
    str: [
        "",
        "0",
        "2026",
        "2026-13-45",
        "../x",
        "x" * 20_000,
        "{0} {a | b} {",
        "http://[::1",
        "**_`[x](y)\\",
        "\u202e\u200f",
    ],
    int: [0, -1, 2, 10**30, 7.25, 1e308, -1e308, 1e-320],
    float: [0, -1, 2, 10**30, 7.25, 1e308, -1e308, 1e-320],
    list: [[]],
    dict: [{}],
    bool: [True, False],
}
REGROWN = ["value", "value", "alike", "alike", "drawn", "spaced", "swap", "swap", "drop", "double", "rename"]
SNIPPETS = [
    *(b"\x00", b"\x07", b"\x1b[2J", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xef\xbf\xbe"),
    *(b"\n", b"\r", b"\r\n", b"\t", b"  ", b"---\n", b"\n---\n", b"...\n", b"%YAML 9.9\n---\n", b"\n%\n"),
    *(b"- ", b": ", b"? ", b"#", b"'", b'"', b"|", b">", b"{", b"}", b"[", b"]", b",", b"&a ", b"*a", b"!!x "),
    *(b"\nid: x\n", b"\ntitle: again\n", b"!x ", b"@", b"`", b"<!--", b"<script>", b"](javascript:x)", b"![](/x)"),
    *(b"> " * 300, b"- " * 300, b"*" * 2000, b"[" * 2000, b"`" * 999, b"&amp;" * 50, b"\\" * 99, b"_" * 500),
]  # fmt: skip
DISPLACED = ["gone", "odd", "odd", "odd", "folder gone", "folder", "folder again", "new", "renamed"]
FOLDERS = ["01-", "-", "--", "01-A B", "01-<b>", "x-y", "99-the-lamp", "02-опа", "01-the-lamp ", "01-a.b", "01-a\\b", "00-opening-", "1-ä\u202e"]  # fmt: skip  # noqa: E501
NAMES = ["facts/more.yaml", "facts/\udcff.yaml", "facts/sea.YAML", "chapters/03-empty/none", "chapters/04-file", "essay.yaml", "x"]  # fmt: skip  # noqa: E501


def read_files(folder: Path) -> Files:
    """Give every file of a story's folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".yaml", ".md"}
    }


def _split(name: str, text: bytes) -> tuple[bytes, bytes]:
    """Give the YAML of a file and what stands behind it."""
    if not name.endswith(".md"):
        return text, b""
    parts = text.split(b"---\n", 2)
    return (parts[1], b"---\n" + parts[2]) if len(parts) == 3 else (b"", text)


@cache
def _tree(name: str, text: bytes) -> Any:
    try:
        return yaml.load(_split(name, text)[0], LOADER)  # noqa: S506 - a safe one
    except (yaml.YAMLError, ValueError, RecursionError):
        return None


def _spots(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the way to every value in a tree."""
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, value in inside:
        yield (*path, step)
        yield from _spots(value, (*path, step))


@cache
def _words(name: str, text: bytes) -> tuple[str, ...]:
    """Give every text in a file that is short enough for an id."""
    tree = _tree(name, text)
    found = [_at(tree, path) for path in _spots(tree)]
    return tuple(dict.fromkeys(each for each in found if isinstance(each, str) and 0 < len(each) < 40))


def _at(tree: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def _regrow(draw: Any, files: Files, name: str) -> str:
    """Change one value, key or item of a file's YAML."""
    text = files[name]
    assert isinstance(text, bytes)
    tree = copy.deepcopy(_tree(name, text))
    spots: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
    for spot in _spots(tree):
        spots.setdefault(tuple(step for step in spot if isinstance(step, str)), []).append(spot)
    if not spots:
        return "nothing to change"
    path = draw(st.sampled_from(draw(st.sampled_from(list(spots.values())))))
    parent, step = _at(tree, path[:-1]), path[-1]
    how = draw(st.sampled_from(REGROWN if isinstance(parent, dict) else REGROWN[:-1]))
    raw = _change(draw, parent, step, how, _words(name, text))
    dumped = yaml.dump(tree, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=200)
    if name.endswith(".md"):
        dumped = "---\n" + dumped
    files[name] = dumped.replace(MARK, raw, 1).encode("utf-8", "surrogatepass") + _split(name, text)[1]
    return f"{how} {'.'.join(map(str, path))} {raw[:40]}"


def _change(draw: Any, parent: Any, step: Any, how: str, words: tuple[str, ...]) -> str:
    """Change what a mapping or list holds; give what is to stand in the place of MARK."""
    match how:
        case "value":
            parent[step] = MARK
            return str(draw(st.sampled_from(VALUES)))
        case "alike":
            parent[step] = draw(st.sampled_from(ALIKE.get(type(parent[step]), [None])))
        case "drawn":
            parent[step] = draw(st.text(max_size=9) | st.integers() | st.floats() | st.dates() | st.binary(max_size=3))
        case "spaced":
            parent[step] = f" {parent[step]}\n"
        case "swap":
            parent[step] = draw(st.sampled_from(words or ("x",)))
        case "drop":
            del parent[step]
        case "double" if isinstance(parent, list):
            parent.insert(step, parent[step])
        case "double":
            parent[MARK] = parent[step]
            return str(step)
        case _:
            parent[MARK] = parent.pop(step)
            return str(draw(st.sampled_from(KEYS) | st.sampled_from([str(each) for each in parent])))
    return ""


class _Plain(yaml.SafeDumper):
    """Writes everything out, as a hand would: no anchors."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - of everything
        return True


def _rewrite(draw: Any, files: Files, name: str) -> str:
    """Change the bytes of a file."""
    text = files[name]
    assert isinstance(text, bytes)
    start = draw(st.integers(0, len(text)))
    end = min(len(text), start + draw(st.integers(0, 80)))
    lines = [0, *(found.end() for found in re.finditer(b"\n", text))]
    at = draw(st.sampled_from(lines) | st.just(start))
    snippet = draw(st.sampled_from(SNIPPETS) | st.binary(max_size=8))
    other = files[draw(st.sampled_from(list(files)))]
    ways: dict[str, Callable[[], bytes]] = {
        "cut": lambda: text[:start] + text[end:],
        "repeat": lambda: text[:end] + text[start:],
        "overwrite": lambda: text[:start] + snippet + text[start + len(snippet) :],
        "insert": lambda: text[:at] + snippet + text[at:],
        "truncate": lambda: text[:start],
        "without its beginning": lambda: text[start:],
        "empty": lambda: b"",
        "CRLF": lambda: text.replace(b"\n", b"\r\n"),
        "CR": lambda: text.replace(b"\n", b"\r"),
        "BOM": lambda: b"\xef\xbb\xbf" + text,
        "UTF-16": lambda: text.decode("utf-8", "replace").encode("utf-16"),
        "indented": lambda: text.replace(b"\n", b"\n "),
        "upper case": text.upper,
        "another file": lambda: other if isinstance(other, bytes) else b"",
        "all again": lambda: text * 2,
        "long": lambda: text[:at] + b"x" * 300_000 + text[at:],
        "only a value": lambda: draw(st.sampled_from(VALUES)).encode(),
    }
    how = draw(st.sampled_from(["insert", "insert", "cut", "repeat", "overwrite", *ways]))
    files[name] = ways[how]()
    return f"{how} {start}-{end} {snippet[:20]!r}"


def _displace(draw: Any, files: Files, name: str) -> str:
    """Take a file away, put something else in its place, or put files where none belong."""
    how: str = draw(st.sampled_from(DISPLACED))
    home, _, own = name.rpartition("/")
    if how == "gone":
        del files[name]
    elif how == "odd":
        kind = draw(st.sampled_from(["folder", "pipe", "link", "link"]))
        files[name] = Odd(kind, draw(st.sampled_from(LINKS)) if kind == "link" else "")
        how = f"{files[name]!r}"
    elif how == "new":
        new = draw(st.sampled_from(NAMES))
        files[new], how = files[name], f"copied to {new}"
    elif how == "renamed":
        files[f"{home}/{own.upper()}".lstrip("/")] = files.pop(name)
    elif home:
        inside = [each for each in files if each.startswith(f"{home}/")]
        new = home if how == "folder gone" else f"{home.rpartition('/')[0] or home}/{draw(st.sampled_from(FOLDERS))}"
        moved = {f"{new}/{each.rpartition('/')[2]}": files[each] for each in inside}
        for each in inside if how != "folder again" else ():
            del files[each]
        if how != "folder gone":
            files |= moved
        how = f"{how} {new}"
    return how


@dataclass(frozen=True, slots=True)
class Broken:
    """The files of a story after some mutations, and in words what was done to them."""

    files: Files
    told: str

    def __repr__(self) -> str:
        return f"<{self.told}>"


@st.composite
def broken_stories(draw: Any, sound: Mapping[str, bytes | Odd]) -> Broken:
    """Give the files of a story after one to three mutations of as many files."""
    files, told = dict(sound), []
    for _ in range(draw(st.sampled_from([1, 1, 1, 2, 3]))):
        name = draw(st.sampled_from([name for name, held in files.items() if held is sound.get(name)]))
        mutate = draw(st.sampled_from([_regrow, _regrow, _regrow, _regrow, _rewrite, _rewrite, _rewrite, _displace]))
        told.append(f"{name}: {mutate(draw, files, name)}")
    return Broken(files, "; ".join(told))
