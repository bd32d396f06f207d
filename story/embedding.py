"""What an address may ask of the page that others frame: one table of parameters, read alike here and in the browser.

`web/embedding.js` has the same readers and gets the same table, in the plan of the story and in `story.json`. Whatever
a request says, only values that stand in the table (or six hexadecimal digits) come out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qs, urlencode

from story.accents import ACCENTS, read_accent
from story.model import Story

Kind = Literal["one", "range", "accent"]
Options = dict[str, str]  # name of every parameter -> its value; empty where that is the story's own
PRESENT = "present"  # this layout is a page of its own (story/stage.py)
TO = ".."  # between the first and the last chapter of a range


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: `values` that it may have, the first of them usual unless `usual` is empty.

    `kind` says how it is read: `one` of the values, a `range` of them (`a` or `a..b`), or an `accent`, which may be six
    hexadecimal digits too. `everywhere`: it means something in the app as well, not only where others frame the page.
    """

    name: str
    values: tuple[str, ...]
    usual: str
    kind: Kind = "one"
    everywhere: bool = False


def list_parameters(story: Story, language: str) -> tuple[Parameter, ...]:
    """Every parameter of a story's page in one language."""
    slugs = tuple(chapter.slug for chapter in story.chapters)
    borders = tuple(view.id for view in story.viewpoints)
    return (
        Parameter("chapter", slugs, "", everywhere=True),
        Parameter("chapters", slugs, "", "range"),
        Parameter("layout", ("auto", "side", "stacked", "map", "card", PRESENT), "auto"),
        Parameter("theme", ("auto", "light", "dark"), "auto", everywhere=True),
        Parameter("accent", tuple(ACCENTS), "rust", "accent", everywhere=True),
        Parameter("lang", story.settings.languages, language),
        Parameter("borders", borders, borders[0] if borders else "", everywhere=True),
        Parameter("header", ("on", "off"), "on"),
        Parameter("interaction", ("on", "off"), "on"),
        Parameter("height", ("fixed", "auto"), "fixed"),
    )


def _one(given: str, values: Sequence[str]) -> str:
    return given if given in values else ""


def _range(given: str, values: Sequence[str]) -> str:
    """`a` or `a..b` with a before b; empty for anything else and for all of it."""
    first, _, last = given.partition(TO)
    last = last if TO in given else first
    if first not in values or last not in values or values.index(first) > values.index(last):
        return ""
    if (first, last) == (values[0], values[-1]):
        return ""
    return first if first == last else f"{first}{TO}{last}"


def _accent(given: str, values: Sequence[str]) -> str:
    return read_accent(given) if values else ""


_READERS: dict[Kind, Callable[[str, Sequence[str]], str]] = {"one": _one, "range": _range, "accent": _accent}


def read_options(query: str, parameters: Sequence[Parameter]) -> Options:
    """What a query string asks for: of each parameter the first value, where it is known, else the usual one.

    The chapter at which the page opens is empty for the first that it shows, and for one that it does not show.
    """
    asked = parse_qs(query, keep_blank_values=True)
    options = {
        each.name: _READERS[each.kind](asked.get(each.name, [""])[0], each.values) or each.usual for each in parameters
    }
    slugs = next(each.values for each in parameters if each.name == "chapter")
    shown = list_shown(options, slugs)
    if options["chapter"] not in shown[1:]:
        options["chapter"] = ""
    return options


def list_shown(options: Mapping[str, str], slugs: Sequence[str]) -> Sequence[str]:
    """The chapters that a page with these options shows, of all `slugs` in their order."""
    first, _, last = options["chapters"].partition(TO)
    if not first:
        return slugs
    return slugs[slugs.index(first) : slugs.index(last or first) + 1]


def write_query(options: Mapping[str, str], parameters: Sequence[Parameter]) -> str:
    """The shortest query string that asks for these options; empty where all are usual."""
    asked = {each.name: options.get(each.name, each.usual) for each in parameters}
    return urlencode({each.name: asked[each.name] for each in parameters if asked[each.name] != each.usual})


def describe_parameters(parameters: Sequence[Parameter]) -> list[dict[str, Any]]:
    """The table as the browser and hosts get it."""
    return [
        {
            "name": each.name,
            "values": each.values,
            "usual": each.usual,
            "kind": each.kind,
            "everywhere": each.everywhere,
        }
        for each in parameters
    ]


MARKED = ("layout", "theme", "accent", "header", "interaction", "height")  # attributes of the story's root


def mark_page(page: str, options: Mapping[str, str], parameters: Sequence[Parameter]) -> str:
    """A page with its story's root marked as the options have it, and the chapters hidden that it does not show.

    So the first paint is right, and so is a page without scripts. A colour in digits waits for the script. The head
    stays as it is: its style sheet speaks of the same marks, and the page's policy names it by its hash.
    """
    head, body_tag, page = page.rpartition("<body")
    known = {each.name: each for each in parameters}
    marks = "".join(
        f' data-{name}="{options[name]}"'
        for name in MARKED
        if options[name] != known[name].usual and options[name] in known[name].values
    )
    page = page.replace(' data-story="', f'{marks} data-story="', 1)
    if options["borders"] != known["borders"].usual:
        usual = f'data-borders="{known["borders"].usual}"'
        page = page.replace(usual, f'data-borders="{options["borders"]}"', 1)
    slugs = known["chapter"].values
    for slug in set(slugs) - set(list_shown(options, slugs)):
        for name in ("chapter", "entry"):
            page = page.replace(f'data-{name}="{slug}"', f'data-{name}="{slug}" hidden', 1)
    return head + body_tag + page
