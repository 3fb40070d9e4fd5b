"""How often what was said with a probability came true."""

import math
from collections.abc import Sequence
from typing import Final

from ml_service.learning.evaluation import ReliabilityBin
from ml_service.report.markup import Markup, join
from ml_service.report.plot import Scale, dot, group, label, line, linear, plot, rectangle
from ml_service.report.wording import count, percent
from trading_core.scorecard.wilson import wilson_interval

WIDTH: Final = 400
HEIGHT: Final = 400
LEFT, RIGHT, TOP, BOTTOM = 48.0, 376.0, 12.0, 300.0
COUNTS_BASE: Final = 392.0
COUNTS_HEIGHT: Final = 44.0


def reliability_diagram(bins: Sequence[ReliabilityBin]) -> Markup:
    """Dots on the dashed line are calibrated; whiskers are 95 % Wilson intervals."""
    ticks = _ticks(bins)
    across = linear(ticks[0], ticks[-1], LEFT, RIGHT)
    up = linear(ticks[0], ticks[-1], BOTTOM, TOP)
    return plot(
        WIDTH,
        HEIGHT,
        "Reliability",
        "Share of predictions that came true against the probability that was given.",
        _grid(ticks, across, up),
        line(LEFT, BOTTOM, RIGHT, TOP, "ideal"),
        *(_bin(one, across, up) for one in bins),
        _counts(bins, across),
    )


def _ticks(bins: Sequence[ReliabilityBin]) -> list[float]:
    """Tenths that hold every bin and every share that came."""
    shares = [x for one in bins for x in (one.low, one.high, one.hit_rate)] or [0.0, 1.0]
    low, high = math.floor(10 * min(shares) + 1e-9), math.ceil(10 * max(shares) - 1e-9)
    return [tenth / 10 for tenth in range(low, max(high, low + 1) + 1)]


def _grid(ticks: Sequence[float], across: Scale, up: Scale) -> Markup:
    named = "axis middle"
    return join(
        *(line(LEFT, up(t), RIGHT, up(t), "grid") for t in ticks),
        *(label(LEFT - 6, up(t) + 4, percent(t, 0), "axis end") for t in ticks),
        *(label(across(t), BOTTOM + 20, percent(t, 0), named) for t in ticks),
        label((LEFT + RIGHT) / 2, BOTTOM + 38, "probability given to the named class", named),
    )


def _bin(one: ReliabilityBin, across: Scale, up: Scale) -> Markup:
    x = across(one.mean_probability)
    low, high = wilson_interval(round(one.hit_rate * one.count), one.count)
    return group(
        line(x, max(up(high), TOP), x, min(up(low), BOTTOM), "whisker"),
        dot(x, up(one.hit_rate), 5, "point"),
    )


def _counts(bins: Sequence[ReliabilityBin], across: Scale) -> Markup:
    largest = max((one.count for one in bins), default=1)
    bars = (
        rectangle(
            across(one.low) + 1,
            COUNTS_BASE - COUNTS_HEIGHT * one.count / largest,
            across(one.high) - across(one.low) - 2,
            COUNTS_HEIGHT * one.count / largest,
            "bar quiet",
        )
        for one in bins
    )
    return join(
        *bars,
        label(LEFT - 6, COUNTS_BASE, "bars", "axis end"),
        label(LEFT - 6, COUNTS_BASE - COUNTS_HEIGHT + 10, count(largest), "axis end"),
    )
