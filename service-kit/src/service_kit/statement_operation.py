"""What a SQL statement does, in one of six words."""

import re
from functools import lru_cache
from typing import Final

OPERATIONS: Final = ("select", "insert", "update", "delete", "copy", "other")

_WORD_OR_PARENTHESIS: Final = re.compile(r"'[^']*'|--[^\n]*|/\*.*?\*/|[(]|[)]|\w+", re.DOTALL)
_REMEMBERED: Final = 1_000


@lru_cache(_REMEMBERED)
def operation_of(statement: str) -> str:
    """By its first word; after WITH, by the first that does something outside of parentheses."""
    depth, is_with = 0, False
    for found in _WORD_OR_PARENTHESIS.finditer(statement):
        word = found[0].lower()
        if word[0] in "'-/":
            continue
        depth += {"(": 1, ")": -1}.get(word, 0)
        if word in OPERATIONS and depth == 0:
            return word
        if not is_with and word not in {"(", "with"}:
            return "other"
        is_with = is_with or word == "with"
    return "other"
