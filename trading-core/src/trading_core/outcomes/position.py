"""What is followed: one signal's entry, levels and horizon."""

from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

from trading_core.decision.sides import Side
from trading_core.errors import InvalidPositionError
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A BUY or SELL, entered at its bar's close and left whole.

    Raises InvalidPositionError when a price is not finite, the levels are not in order (stop,
    entry, take-profits 1 to 3; downwards for a SELL), the fee is no share, or the horizon does
    not end with a later bar of the signal's own timeframe.
    """

    side: Side
    timeframe: Timeframe
    entered_at_ms: int
    """Close of the signal's bar; bars that open from then on are followed."""
    horizon_end_ms: int
    entry: float
    stop: float
    take_profits: tuple[float, float, float]
    fee_rate: float
    """Of the traded value, a side: paid once at the entry and once at the exit."""

    def __post_init__(self) -> None:
        _check_levels(self)
        if not 0 <= self.fee_rate < 1:
            raise InvalidPositionError(f"a fee of {self.fee_rate} a side is no share of a price")
        if not _ends_with_a_bar(self):
            raise InvalidPositionError(
                f"a horizon from {self.entered_at_ms} to {self.horizon_end_ms} "
                f"is not made of whole {self.timeframe} bars"
            )


def horizon_end_ms(timeframe: Timeframe, entered_at_ms: int, bars: int) -> int:
    """Close of the last bar that is followed."""
    return entered_at_ms + bars * timeframe.duration_ms


def _check_levels(position: Position) -> None:
    levels = (position.stop, position.entry, *position.take_profits)
    if not all(map(isfinite, levels)) or position.entry <= 0:
        raise InvalidPositionError(f"the levels {levels} are not prices")
    gains = [position.side.sign * level for level in levels]
    stop, entry, *targets = gains
    if not (stop < entry < targets[0] and all(a <= b for a, b in pairwise(targets))):
        raise InvalidPositionError(f"the levels {levels} are not in order for a {position.side}")


def _ends_with_a_bar(position: Position) -> bool:
    ends = (position.entered_at_ms, position.horizon_end_ms)
    return ends[0] < ends[1] and all(map(position.timeframe.is_aligned, ends))
