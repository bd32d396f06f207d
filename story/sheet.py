"""One YAML or Markdown file of a story, read so that every fault in it can be given its line."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from story.faults import Fault, nearest
from story.yaml_shape import LOADER, find_misshapen

FRONT_PARTS = 3  # nothing, YAML, Markdown
FOUND_LENGTH, LONGEST = 60, 300  # in characters: of a value, and of what is said of one


class Sheet:
    """The content of one file with the lines of its keys; faults gather in the list that the caller hands in."""

    def __init__(self, path: Path, root: Path, faults: list[Fault]) -> None:
        """Read `path`; `root` is the story's folder, from which files are named in faults."""
        self.name = path.relative_to(root).as_posix()
        self.faults = faults
        self.text = self._read(path)
        self._offset = 0
        self._yaml, body = self._front_matter() if path.suffix == ".md" else (self.text, None)
        self._node: yaml.Node | None = None
        self.content: Any = None
        try:
            self.content = self._read_yaml()
        except yaml.YAMLError as error:  # a character that YAML refuses carries no mark
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 + self._offset if mark else 0
            self.fault(line, "yaml", getattr(error, "problem", None) or str(error), "valid YAML")
        if body is not None and isinstance(self.content, dict):
            self.content["body"] = body

    def _read(self, path: Path) -> str:
        """The text of a file, or an empty one with the fault noted; from a pipe or a device it might never end."""
        try:
            if path.is_file() or not path.exists():
                return path.read_text(encoding="utf-8-sig")  # some editors put a mark before all text
            self.fault(0, "file", "a folder, a pipe or a device", "a file")
        except (OSError, UnicodeDecodeError) as error:
            self.fault(0, "file", getattr(error, "strerror", None) or str(error), "a readable UTF-8 file")
        return ""

    def _front_matter(self) -> tuple[str, str]:
        parts = self.text.split("---\n", 2)
        if len(parts) != FRONT_PARTS or parts[0].strip():
            self.fault(1, "front matter", "none", "YAML between two lines of ---, then Markdown")
            return "", ""
        self._offset = parts[0].count("\n") + 1
        return parts[1], parts[2].strip()

    def _read_yaml(self) -> Any:
        for each in find_misshapen(self._yaml, self._offset):
            self.fault(each.line, each.key, each.found, each.expected)
            if each.fatal:
                return None
        loader = LOADER(self._yaml)
        self._node = loader.get_single_node()
        try:
            return loader.construct_document(self._node) if self._node else None
        except ValueError as error:  # a date or a number that cannot be
            self.fault(*self._where_wrong(), str(error))
            return None

    def _where_wrong(self) -> tuple[int, str, str]:
        """The first value that Python cannot make of what YAML says it is: its line, what it is, how it is written."""
        nodes = [self._node]
        while nodes:
            node = nodes.pop()
            if isinstance(node, yaml.ScalarNode):
                try:
                    LOADER("").construct_object(node)
                except ValueError:
                    return node.start_mark.line + 1 + self._offset, node.tag.rpartition(":")[2], _short(node.value)
            elif isinstance(node, yaml.MappingNode):
                nodes += [each for pair in reversed(node.value) for each in reversed(pair)]
            elif isinstance(node, yaml.SequenceNode):
                nodes += reversed(node.value)
        return 0, "yaml", "a value that cannot be"

    def fault(self, line: int, key: str, found: str, expected: str, near: str = "") -> None:
        """Note one fault of this file."""
        name = self.name.encode(errors="backslashreplace").decode()  # a disk may hold names that are no UTF-8
        key, found, expected = (_cut(each, LONGEST) for each in (key, found, expected))
        self.faults.append(Fault(name, line, key, found, expected, near))

    def line(self, loc: tuple[Any, ...]) -> int:
        """The line, from 1, of the value that the keys and indices of `loc` lead to, or of the nearest parent."""
        node, line = self._node, 0
        for step in loc:
            if isinstance(node, yaml.MappingNode):
                pair = next(((k, v) for k, v in node.value if k.value == str(step)), None)
                if pair is None:
                    continue
                line, node = pair[0].start_mark.line, pair[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line
        return line + 1 + self._offset

    def parse(self, kind: Any) -> Any:
        """The content as `kind` (a model or a type of models), or None with all its faults noted."""
        try:
            return TypeAdapter(kind).validate_python(self.content)
        except ValidationError as error:
            for detail in error.errors():
                self._note(kind, detail)
            return None

    def _note(self, kind: Any, detail: Any) -> None:
        loc = tuple(detail["loc"])
        near = ""
        if detail["type"] == "extra_forbidden":
            near = nearest(str(loc[-1]), _keys(kind))
        elif detail["type"] in {"literal_error", "union_tag_invalid"}:
            options = str(detail["ctx"].get("expected") or detail["ctx"].get("expected_tags"))
            near = nearest(
                str(detail["input"] if "tag" not in detail["ctx"] else detail["ctx"]["tag"]),
                options.split("'"),
            )
        found = "nothing" if detail["type"] == "missing" else _short(detail["input"])
        self.fault(self.line(loc), ".".join(map(str, loc)) or "file", found, detail["msg"], near)

    def known(self, value: str, valid: Any, loc: tuple[Any, ...], what: str) -> bool:
        """Note a fault where `value` is not one of `valid`; tell whether it is."""
        if value in valid:
            return True
        key = ".".join(map(str, loc))
        self.fault(self.line(loc), key, repr(value), f"the id of {what}", nearest(value, valid))
        return False


def _keys(kind: Any) -> list[str]:
    """All keys that the models inside a type know, for guessing what was meant."""
    schema = kind.model_json_schema() if isinstance(kind, type) and issubclass(kind, BaseModel) else None
    schema = schema or TypeAdapter(kind).json_schema()
    found = list(schema.get("properties", {}))
    for part in schema.get("$defs", {}).values():
        found += part.get("properties", {})
    return found


def _short(value: Any) -> str:
    return _cut(repr(value), FOUND_LENGTH)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
