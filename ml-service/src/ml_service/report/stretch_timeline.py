"""What the bars were used for, in time order."""

from typing import Final

from ml_service.registry.model_card import ModelCard, Stretch
from ml_service.report.markup import Markup
from ml_service.report.plot import label, linear, plot, rectangle
from ml_service.report.wording import day

WIDTH: Final = 400
HEIGHT: Final = 58


def stretches(card: ModelCard) -> tuple[tuple[str, str, Stretch], ...]:
    """Name, CSS class and stretch."""
    return (
        ("fit", "fit", card.fit),
        ("early stopping", "early", card.early_stopping),
        ("calibration", "calibration", card.calibration),
        ("untouched", "untouched", card.untouched),
    )


def stretch_timeline(card: ModelCard) -> Markup:
    first_ms, last_ms = card.fit.from_ms, card.untouched.until_ms
    across = linear(first_ms, last_ms, 0, WIDTH)
    return plot(
        WIDTH,
        HEIGHT,
        "Stretches",
        "From left to right in time; between two of them a gap that no label reaches across.",
        *(
            rectangle(
                across(one.from_ms), 4, across(one.until_ms) - across(one.from_ms) - 1, 26, class_
            )
            for _, class_, one in stretches(card)
        ),
        label(0, 50, day(first_ms), "axis"),
        label(WIDTH, 50, day(last_ms), "axis end"),
    )
