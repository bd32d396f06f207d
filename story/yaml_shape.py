"""What YAML allows and a story's file does not: a key given twice, anchors, tags, nesting without end."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where libyaml came along
DEEPEST = 40  # far below the nesting at which reading a file takes the whole process down


@dataclass(frozen=True, slots=True)
class Misshapen:
    """One thing that is not allowed, with its line from 1; `fatal` where the rest is better not read."""

    line: int
    key: str
    found: str
    expected: str
    fatal: bool = False


@dataclass(slots=True)
class _Open:
    """A list or a mapping that is being read: the lines of a mapping's keys, and whether a key comes next."""

    mapping: bool
    at_key: bool = True
    lines: dict[str, int] = field(default_factory=dict)


def find_misshapen(text: str, before: int = 0) -> Iterator[Misshapen]:
    """All that is not allowed in a text of YAML, in its order, up to the first that is fatal.

    `before`: how many lines of the file stand before the text. Raises yaml.YAMLError where it is no YAML.
    """
    loader, stack = LOADER(text), [_Open(mapping=False)]
    while loader.check_event():
        event = loader.get_event()
        line, top = event.start_mark.line + 1 + before, stack[-1]
        if isinstance(event, yaml.AliasEvent):
            yield Misshapen(line, "alias", f"*{event.anchor}", "the value itself, written out", fatal=True)
            return
        if isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        if tag := getattr(event, "tag", None):
            yield Misshapen(line, "tag", tag, "the value without a tag (!)", fatal=True)
            return
        if isinstance(event, yaml.ScalarEvent) and top.mapping and top.at_key:
            if event.value in top.lines:
                found = f"it a second time, after line {top.lines[event.value]}"
                yield Misshapen(line, event.value, found, "each key once")
            top.lines[event.value] = line
        top.at_key = not top.at_key
        if isinstance(event, yaml.CollectionStartEvent):
            stack.append(_Open(mapping=isinstance(event, yaml.MappingStartEvent)))
            if len(stack) > DEEPEST:
                yield Misshapen(line, "yaml", "lists and mappings within each other", f"at most {DEEPEST}", fatal=True)
                return
