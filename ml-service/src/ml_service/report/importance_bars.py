"""Which features moved the answers, and by how much."""

from collections.abc import Mapping
from typing import Final

from ml_service.report.markup import Markup
from ml_service.report.plot import group, label, linear, plot, rectangle
from ml_service.report.wording import figure

WIDTH: Final = 400
ROW: Final = 22
LEFT, RIGHT = 168.0, 346.0
SHOWN: Final = 20


def importance_bars(importance: Mapping[str, float]) -> Markup:
    """The weightiest; the page's table has them all."""
    ranked = sorted(importance.items(), key=lambda one: -one[1])[:SHOWN]
    largest = max((value for _, value in ranked), default=0) or 1.0
    across = linear(0, largest, LEFT, RIGHT)
    return plot(
        WIDTH,
        ROW * len(ranked) + 6,
        "Importance",
        "Mean absolute contribution of each feature on the untouched stretch, in log-odds.",
        *(
            group(
                label(LEFT - 8, ROW * number + 16, name, "axis end"),
                rectangle(LEFT, ROW * number + 4, across(value) - LEFT, ROW - 7, "bar"),
                label(across(value) + 6, ROW * number + 16, figure(value, 3), "axis"),
            )
            for number, (name, value) in enumerate(ranked)
        ),
    )
