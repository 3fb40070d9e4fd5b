"""What a PromQL expression asks for: metrics, labels they are matched by, labels it groups by.

A tokenizer, no parser: that an expression is well-formed, promtool and Prometheus say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

TOKEN = re.compile(
    r"""
      (?P<skip> \s+ | \[[^\]]*\] | \#.* )            # a range says nothing of names
    | (?P<string> "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' )
    | (?P<number> (?:\d+(?:ms|[smhdwy]))+ | (?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)? )
    | (?P<name> [A-Za-z_:][A-Za-z0-9_:]* )
    | (?P<sign> =~ | !~ | != | == | >= | <= | . )
    """,
    re.VERBOSE,
)
GROUPINGS = {"by", "without", "on", "ignoring", "group_left", "group_right"}
CALLS = {"(", "by", "without"}
"""What follows the name of a function or an aggregation."""
WORDS = {"and", "or", "unless", "offset", "bool", "inf", "nan"}


@dataclass(frozen=True, slots=True)
class Names:
    metrics: dict[str, set[str]] = field(default_factory=dict)
    """By name, the labels that it is matched by."""
    grouped: set[str] = field(default_factory=set)


def names_of(expression: str) -> Names:
    found = Names()
    tokens = list(_tokens(expression))
    metric, place = "", 0
    while place < len(tokens):
        kind, text = tokens[place]
        following = tokens[place + 1][1] if place + 1 < len(tokens) else ""
        if text == "{":
            place = _matchers(tokens, place, found.metrics[metric])
        elif kind == "name" and text.lower() in GROUPINGS:
            place = _grouping(tokens, place, found.grouped)
        elif kind == "name" and text.lower() not in WORDS and following not in CALLS:
            metric = text
            found.metrics.setdefault(metric, set())
        place += 1
    return found


def _tokens(expression: str) -> Iterator[tuple[str, str]]:
    for match in TOKEN.finditer(expression):
        kind = match.lastgroup or ""
        if kind != "skip":
            yield kind, match.group()


def _matchers(tokens: list[tuple[str, str]], place: int, labels: set[str]) -> int:
    """Read until the closing brace, and say where it is."""
    end = place
    while tokens[end][1] != "}":
        end += 1
    labels.update(text for kind, text in tokens[place:end] if kind == "name")
    return end


def _grouping(tokens: list[tuple[str, str]], place: int, labels: set[str]) -> int:
    if tokens[place + 1][1] != "(":  # group_left without labels
        return place
    end = place + 1
    while tokens[end][1] != ")":
        end += 1
    labels.update(text for kind, text in tokens[place + 2 : end] if kind == "name")
    return end
