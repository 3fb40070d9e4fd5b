"""Closed bars as a position of one side sees them, and where to look inside each of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from trading_core.candles import Candles
from trading_core.decision.sides import Side
from trading_core.errors import InvalidPositionError
from trading_core.timeframe import Timeframe

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class PricePath:
    """Prices multiplied by the side's sign: a higher number is always the better price.

    So for a SELL everything is negative, `up` is the negated low and `down` the negated high,
    and one set of rules, made of comparisons, serves both sides.
    """

    timeframe: Timeframe
    open_time_ms: IntArray
    open: FloatArray
    up: FloatArray
    down: FloatArray
    close: FloatArray
    insides: "tuple[Inside, ...]" = ()
    """Coarsest first."""

    @property
    def close_time_ms(self) -> IntArray:
        return self.open_time_ms + self.timeframe.duration_ms


@dataclass(frozen=True, slots=True, eq=False)
class Inside:
    """For each bar of a path, the rows [first, end) of a finer path that lie in it."""

    path: PricePath
    first: IntArray
    end: IntArray
    same_story: NDArray[np.bool_]
    """Whether those rows have the bar's own open, high, low and close. Only then are they the
    way that the price took; with rows missing, or revised since, they may be another."""


def price_path(candles: Candles, finer: Sequence[Candles], side: Side) -> PricePath:
    """The candles, and inside them whatever is there of the finer ones, given in any order.

    Raises InvalidPositionError when those are of another market, or not finer.
    """
    _check_finer(candles, finer)
    paths: tuple[PricePath, ...] = ()
    for bars in sorted(finer, key=_duration_ms):
        paths = (_buyers_path(bars, paths), *paths)
    path = _buyers_path(candles, paths)
    return path if side is Side.BUY else _mirrored(path)


def _check_finer(candles: Candles, finer: Sequence[Candles]) -> None:
    for bars in finer:
        if bars.symbol != candles.symbol or _duration_ms(bars) >= _duration_ms(candles):
            raise InvalidPositionError(
                f"{bars.symbol} {bars.timeframe} bars do not lie inside "
                f"{candles.symbol} {candles.timeframe} bars"
            )


def _duration_ms(candles: Candles) -> int:
    return candles.timeframe.duration_ms


def _buyers_path(candles: Candles, finer: tuple[PricePath, ...]) -> PricePath:
    path = PricePath(
        timeframe=candles.timeframe,
        open_time_ms=candles.open_time_ms,
        open=candles.open,
        up=candles.high,
        down=candles.low,
        close=candles.close,
    )
    return replace(path, insides=tuple(_inside(path, inner) for inner in finer))


def _inside(path: PricePath, inner: PricePath) -> Inside:
    first = np.searchsorted(inner.open_time_ms, path.open_time_ms)
    end = np.searchsorted(inner.open_time_ms, path.close_time_ms)
    same_story = end > first
    rows = np.flatnonzero(same_story)
    firsts, ends = first[rows], end[rows]
    same_story[rows] = (
        (inner.open[firsts] == path.open[rows])
        & (_of_each(np.maximum, inner.up, firsts, ends) == path.up[rows])
        & (_of_each(np.minimum, inner.down, firsts, ends) == path.down[rows])
        & (inner.close[ends - 1] == path.close[rows])
    )
    return Inside(inner, first, end, same_story)


def _of_each(extreme: np.ufunc, prices: FloatArray, firsts: IntArray, ends: IntArray) -> FloatArray:
    """The extreme of each stretch [first, end), none of them empty."""
    if len(firsts) == 0:
        return np.empty(0)
    bounds = np.column_stack((firsts, ends)).ravel()
    one_longer = np.append(prices, prices[-1])  # reduceat takes no bound past the last row
    reduced: FloatArray = extreme.reduceat(one_longer, bounds)[::2]
    return reduced


def _mirrored(path: PricePath) -> PricePath:
    return replace(
        path,
        open=-path.open,
        up=-path.down,
        down=-path.up,
        close=-path.close,
        insides=tuple(replace(one, path=_mirrored(one.path)) for one in path.insides),
    )
