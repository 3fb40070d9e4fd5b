"""How sure a mean over consecutive bars is, where neighbours are alike: moving blocks.

Künsch 1989: a resample is made of blocks of consecutive bars, each drawn from anywhere.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trading_core.indicators.values import FloatArray

RESAMPLES: Final = 4_000
LEAST_BLOCK_BARS: Final = 10
SEED: Final = 20_171


def block_bars(bars: int, look_ahead_bars: int) -> int:
    """Twice as long as labels overlap, and growing with the cube root of the stretch."""
    wanted = max(LEAST_BLOCK_BARS, 2 * look_ahead_bars, round(math.cbrt(bars)))
    return min(wanted, bars)


def resampled_ratios(numerator: FloatArray, denominator: FloatArray, block: int) -> FloatArray:
    """Σ numerator / Σ denominator of each resample, ascending; the same draws in every run."""
    bars = len(numerator)
    draws = np.random.default_rng(SEED).integers(
        0, bars - block + 1, size=(RESAMPLES, -(-bars // block))
    )
    ratios = _sums(numerator, block, draws) / _sums(denominator, block, draws)
    found: FloatArray = np.sort(ratios)
    return found


def _sums(values: FloatArray, block: int, draws: NDArray[np.int64]) -> FloatArray:
    until = np.concatenate(([0.0], np.cumsum(values)))
    of_block = until[block:] - until[:-block]
    sums: FloatArray = of_block[draws].sum(axis=1)
    return sums
