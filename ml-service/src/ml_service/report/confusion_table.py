"""What came against what was named."""

from collections.abc import Sequence

from ml_service.directions import DIRECTIONS
from ml_service.report.markup import Markup, join, tag
from ml_service.report.wording import count, percent


def confusion_table(confusion: Sequence[Sequence[int]]) -> Markup:
    """A row for each class that came; the deeper a cell, the more of its row is in it."""
    heads = (tag("th", f"named {name}", scope="col") for name in DIRECTIONS)
    rows = (
        tag("tr", tag("th", f"{name} came", scope="row"), *_cells(row))
        for name, row in zip(DIRECTIONS, confusion, strict=True)
    )
    return tag(
        "table",
        tag("caption", "bars, and the share of what came"),
        tag("thead", tag("tr", tag("td", ""), join(*heads))),
        tag("tbody", join(*rows)),
        class_="confusion",
    )


def _cells(row: Sequence[int]) -> list[Markup]:
    total = sum(row)
    return [_cell(bars, bars / total if total else 0.0) for bars in row]


def _cell(bars: int, share: float) -> Markup:
    written = tag("span", percent(share, 0), class_="share")
    return tag("td", count(bars), written, style=f"--share:{share:.3f}")
