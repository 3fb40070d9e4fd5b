"""A table of a few columns; the first names the row."""

from collections.abc import Iterable, Sequence

from ml_service.report.markup import Markup, join, tag


def data_table(
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    chosen: frozenset[int] = frozenset(),
) -> Markup:
    """Rows whose number is in `chosen` stand out."""
    written = (
        tag("tr", *(tag("td", cell) for cell in row), class_="chosen" if n in chosen else "")
        for n, row in enumerate(rows)
    )
    table = tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", *(tag("th", head, scope="col") for head in heads))),
        tag("tbody", join(*written)),
    )
    return tag("div", table, class_="scroll", tabindex=0, role="region", aria_label=caption)


def folded(summary: str, content: str) -> Markup:
    """Shown when it is asked for."""
    return tag("details", tag("summary", summary), content)


def panel(title: str, *content: str, wide: bool = False) -> Markup:
    return tag("section", tag("h2", title), *content, class_="wide" if wide else "")


def note(text: str) -> Markup:
    return tag("p", text, class_="note")
