"""How far back an average that never quite forgets has to start."""

from typing import Final

_BARS_PER_PERIOD: Final = 20


def ema_memory_bars(period: int) -> int:
    """After so many bars the start's weight, (1 − 2/(period + 1))^bars, is under 2^−53.

    20 periods leave e^−40 = 4e−18 of it: half a unit in the last place is 1.1e−16.
    """
    return _BARS_PER_PERIOD * period


def wilder_memory_bars(period: int) -> int:
    """Wilder's average of n bars, α = 1/n, is an EMA of 2n − 1."""
    return ema_memory_bars(2 * period - 1)
