"""Text from outside as a terminal, a log and JSON can take it."""

from typing import Final

LONGEST: Final = 200


def shown_text(text: str) -> str:
    """Control characters and bytes that are no UTF-8 become `?`; long text is cut."""
    seen = "".join(letter if letter.isprintable() else "?" for letter in text[: LONGEST + 1])
    return seen if len(seen) <= LONGEST else f"{seen[:LONGEST]}…"
