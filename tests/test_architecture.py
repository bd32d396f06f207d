"""The house rules that a machine can check: who imports whom, how large things grow, where they stand."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import statistics
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# From the bottom up: each may import itself and what stands before it.
ORDER = ["geodata", "story", "pages", "app"]
BARRED_LIBRARIES = {
    "geodata": {"folium", "branca", "streamlit", "streamlit_folium", "starlette", "uvicorn"},
    "story": {"streamlit", "streamlit_folium"},
    "pages": {"starlette", "uvicorn"},
    "app": {"folium", "geopandas", "pandas"},
}
TOP_LEVEL = {
    ".ci",
    ".gitignore",
    ".streamlit",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "app.py",
    "geodata",
    "pages",
    "pyproject.toml",
    "requirements-dev.txt",
    "requirements.txt",
    "story",
    "tests",
}
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}
MODULE_LINES = 300
MEDIAN_LINES = 120
FUNCTION_LINES = 50

PRODUCT = sorted(
    chain(
        [ROOT / "app.py"],
        *((ROOT / folder).rglob("*.py") for folder in ("geodata", "story", "pages")),
    )
)
MODULES = sorted([*PRODUCT, *(ROOT / "tests").rglob("*.py")])
FRONT_END = sorted(chain((ROOT / "story").rglob("*.js"), (ROOT / "story").rglob("*.css")))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _imports(path: Path) -> set[str]:
    """Give the top-level names that a module imports, wherever in it the import stands."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def _plain(name: str) -> str:
    """Give a package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _read(name: str) -> list[str]:
    return (ROOT / name).read_text(encoding="utf-8").splitlines()


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("path", PRODUCT, ids=_name)
def test_imports_point_downwards(path: Path) -> None:
    layer = path.relative_to(ROOT).parts[0].removesuffix(".py")
    above = set(ORDER[ORDER.index(layer) + 1 :]) | {"tests"}
    assert not _imports(path) & above


@pytest.mark.parametrize("path", PRODUCT, ids=_name)
def test_each_layer_leaves_the_others_libraries_alone(path: Path) -> None:
    layer = path.relative_to(ROOT).parts[0].removesuffix(".py")
    assert not _imports(path) & BARRED_LIBRARIES[layer]


@pytest.mark.parametrize("path", [*MODULES, *FRONT_END], ids=_name)
def test_no_module_outgrows_its_subject(path: Path) -> None:
    assert _lines(path) <= MODULE_LINES


def test_modules_are_short_as_a_rule() -> None:
    assert statistics.median(_lines(path) for path in PRODUCT) <= MEDIAN_LINES


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_no_function_outgrows_the_screen(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    long = {node.name for node in functions if (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES}
    assert not long


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_names_say_what_is_inside(path: Path) -> None:
    assert not VAGUE_NAMES & {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}


def test_every_library_that_is_imported_is_pinned() -> None:
    # Recipes make the shipped files, rarely and by hand; what they need besides stands in a list of their own.
    running = [path for path in PRODUCT if "recipes" not in path.parts]
    imported = set().union(*map(_imports, running)) - set(sys.stdlib_module_names) - set(ORDER)
    homes = importlib.metadata.packages_distributions()
    pinned = {_plain(line.split("==")[0]) for line in _read("requirements.txt") if "==" in line}
    loose = {name for name in imported if not {_plain(home) for home in homes.get(name, [])} & pinned}
    assert not loose


def test_no_page_is_named_like_a_package() -> None:
    # Streamlit puts the folder of pages first on the import path, where a page would hide the package.
    pages = {path.stem for path in (ROOT / "pages").glob("*.py")} - {"__init__"}
    libraries = set(importlib.metadata.packages_distributions()) | set(sys.stdlib_module_names)
    assert not pages & (libraries | {"geodata", "story", "pages", "app", "tests"})


def test_the_top_level_holds_only_what_belongs_there() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - whichever git is there
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert {name.split("/")[0] for name in listed} <= TOP_LEVEL
