"""One feature, as a row of data."""

from collections.abc import Callable
from dataclasses import dataclass

from trading_core.features.bars import Bars
from trading_core.indicators.values import FloatArray


@dataclass(frozen=True, slots=True)
class Feature:
    name: str
    look_back_bars: int
    """Bars before its own that it looks at; an average that never ends counts its period."""
    compute: Callable[[Bars], FloatArray]
    """A value a bar; NaN, or nothing finite, where it is not warm or not defined."""
