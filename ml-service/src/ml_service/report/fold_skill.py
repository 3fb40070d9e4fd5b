"""The skill of each unseen stretch with its 95 % interval, one under the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ml_service.learning.evaluation import Evaluation, Figures
from ml_service.report.markup import Markup
from ml_service.report.plot import Scale, dot, group, label, line, linear, plot
from ml_service.report.wording import day, percent

WIDTH: Final = 400
ROW: Final = 30
TOP: Final = 10
LEFT, RIGHT = 124.0, 330.0


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    figures: Figures
    class_: str


def fold_skill(evaluation: Evaluation) -> Markup:
    rows = _rows(evaluation)
    low, high = _reach([row.figures for row in rows])
    across = linear(low, high, LEFT, RIGHT)
    bottom = TOP + ROW * len(rows)
    return plot(
        WIDTH,
        bottom + 24,
        "Skill of each unseen stretch",
        "Log-loss skill over the class prior with its 95 % interval; right of zero is better.",
        line(across(0), TOP, across(0), bottom, "zero"),
        *(_row(row, TOP + ROW * (number + 0.5), across) for number, row in enumerate(rows)),
        label(across(0), bottom + 16, "0 % = the prior", "axis middle"),
    )


def _rows(evaluation: Evaluation) -> list[Row]:
    folds = [Row(f"from {day(one.from_ms)}", one, "") for one in evaluation.folds]
    return [
        *folds,
        Row("all folds", evaluation.walk_forward, "strong"),
        Row("untouched", evaluation.untouched, "strong final"),
    ]


def _reach(figures: Sequence[Figures]) -> tuple[float, float]:
    """Zero is always in it, with a little air."""
    low = min(0.0, *(one.skill_low for one in figures))
    high = max(0.0, *(one.skill_high for one in figures))
    air = 0.05 * (high - low) or 0.01
    return low - air, high + air


def _row(row: Row, y: float, across: Scale) -> Markup:
    one = row.figures
    return group(
        label(0, y + 4, row.name, f"axis {row.class_}"),
        line(across(one.skill_low), y, across(one.skill_high), y, f"whisker {row.class_}"),
        dot(across(one.skill), y, 5, f"point {row.class_}"),
        label(WIDTH, y + 4, percent(one.skill, 2), f"axis end {row.class_}"),
    )
