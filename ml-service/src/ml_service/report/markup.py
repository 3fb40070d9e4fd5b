"""HTML and SVG from data: whatever is not markup already is escaped."""

from html import escape
from typing import Self


class Markup(str):
    """Text that is safe to stand in a page as it is."""

    __slots__ = ()

    def __add__(self, other: str) -> Self:
        return type(self)(str.__add__(self, markup(other)))


def markup(text: str) -> Markup:
    return text if isinstance(text, Markup) else Markup(escape(text))


def join(*parts: str) -> Markup:
    return Markup("".join(map(markup, parts)))


def tag(name: str, *children: str, **attributes: object) -> Markup:
    """`tag("p", "a < b", class_="note")`; `stroke_width` becomes `stroke-width`."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_value(value))}"'
        for key, value in attributes.items()
    )
    return Markup(f"<{name}{written}>{join(*children)}</{name}>")


def _value(value: object) -> str:
    """Coordinates to a tenth: finer than any eye, and the page stays small."""
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
