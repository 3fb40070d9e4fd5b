"""The minutes of a simulated day, made to fit its hours exactly: open, high, low, close, volume."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from exchange_simulator.bars import Bars
from exchange_simulator.daily_path import BLOCK_DAYS, GENESIS_MS, shared_normals
from exchange_simulator.fixed_point import FloatColumn, IntColumn
from exchange_simulator.hourly_path import HOURS, hourly_block
from exchange_simulator.market import Increments
from exchange_simulator.market_character import market_character
from exchange_simulator.random_source import random_source
from trading_core.symbol import Symbol
from trading_core.timeframe import DAY_MS, MINUTE_MS

MINUTES: Final = 60
_SHAPE: Final = (HOURS, MINUTES)

RANGE_OF_A_WALK: Final = 1.6
"""The expected range of a random walk, in standard deviations of its end."""

BURST_DECAY: Final = 0.9
BURST_SPREAD: Final = 0.25
SHOCK_SPREAD: Final = 0.35
"""Log volatility of minutes: bursts that last, and shocks that do not. Both are shared by all."""

WICK: Final = 0.35
"""Usual length of a wick, in standard deviations of a minute's move."""

MOST_STRETCH: Final = 2.0
"""A path that falls short of its hour's extreme is stretched so far; a wick does the rest."""

VOLUME_ELASTICITY: Final = 1.3

_NOTHING: Final = 1e-12
"""Instead of zero under a fraction."""


@lru_cache(maxsize=96)
def minutes_of_day(seed: int, symbol: Symbol, day: int) -> Bars:
    """Day 0 is the genesis. All hours are worked on at once, as rows of 60 minutes."""
    steps = market_character(symbol).increments
    hours = _hours_in_steps(seed, symbol, day, steps)
    liveliness = _liveliness(seed, day)
    spread = liveliness * (hours.top - hours.bottom) / RANGE_OF_A_WALK
    moves = shared_normals(seed, symbol, ("minutes", day), _SHAPE) * spread
    closes = _closes(moves, spread, hours)
    opens = np.concatenate((hours.start, closes[:, :-1]), axis=1)
    own = random_source(seed, symbol, "wicks", day)
    highs, lows = _wicks(own, spread, opens, closes, hours)
    weights = liveliness**VOLUME_ELASTICITY * own.gamma(2.0, size=_SHAPE)
    start_ms = GENESIS_MS + day * DAY_MS
    return Bars(
        open_ms=np.arange(start_ms, start_ms + DAY_MS, MINUTE_MS, dtype=np.int64),
        open=opens.ravel() * steps.price,
        high=highs.ravel() * steps.price,
        low=lows.ravel() * steps.price,
        close=closes.ravel() * steps.price,
        volume=_shares(hours.lots, weights).ravel() * steps.volume,
    )


@dataclass(frozen=True, slots=True)
class _Hours:
    """The hours of a day, as columns of 24 rows; prices in steps, volume in lots."""

    start: IntColumn
    top: IntColumn
    bottom: IntColumn
    end: IntColumn
    lots: IntColumn


def _hours_in_steps(seed: int, symbol: Symbol, day: int, steps: Increments) -> _Hours:
    block, day_in_block = divmod(day, BLOCK_DAYS)
    first = day_in_block * HOURS
    hours = hourly_block(seed, symbol, block).part(first, first + HOURS)
    return _Hours(
        start=hours.open[:, None] // steps.price,
        top=hours.high[:, None] // steps.price,
        bottom=hours.low[:, None] // steps.price,
        end=hours.close[:, None] // steps.price,
        lots=hours.volume[:, None] // steps.volume,
    )


def _liveliness(seed: int, day: int) -> FloatColumn:
    """Each minute's part of its hour's volatility: squares sum to 1 in every hour."""
    source = random_source(seed, "market", "bursts", day)
    shocks = source.standard_normal((2, HOURS * MINUTES))
    weights = BURST_DECAY ** np.arange(MINUTES)
    bursts = np.convolve(shocks[0], weights / np.sqrt(np.sum(weights**2)))[: shocks[0].size]
    level = np.exp(BURST_SPREAD * bursts + SHOCK_SPREAD * shocks[1]).reshape(_SHAPE)
    return np.asarray(level / np.sqrt(np.sum(level**2, axis=1, keepdims=True)), np.float64)


def _closes(moves: FloatColumn, spread: FloatColumn, hours: _Hours) -> IntColumn:
    """A bridge from each hour's open to its close, stretched or pressed between its extremes."""
    passed = np.cumsum(spread**2, axis=1)
    share = passed / np.maximum(passed[:, -1:], _NOTHING)
    walk = np.cumsum(moves, axis=1)
    bridge = hours.start + walk - share * (walk[:, -1:] - (hours.end - hours.start))
    upper, lower = np.maximum(hours.start, hours.end), np.minimum(hours.start, hours.end)
    over = _fitted(np.maximum(bridge - upper, 0), hours.top - upper)
    under = _fitted(np.maximum(lower - bridge, 0), lower - hours.bottom)
    fitted = np.clip(bridge, lower, upper) + over - under
    closes = np.clip(np.rint(fitted).astype(np.int64), hours.bottom, hours.top)
    closes[:, -1:] = hours.end
    return np.asarray(closes, np.int64)


def _fitted(excess: FloatColumn, room: IntColumn) -> FloatColumn:
    furthest = excess.max(axis=1, keepdims=True)
    stretch = np.minimum(room / np.maximum(furthest, _NOTHING), MOST_STRETCH)
    return np.asarray(excess * stretch, np.float64)


def _wicks(
    source: np.random.Generator,
    spread: FloatColumn,
    opens: IntColumn,
    closes: IntColumn,
    hours: _Hours,
) -> tuple[IntColumn, IntColumn]:
    """Highs and lows; the highest and the lowest minute of an hour reach its extremes."""
    above, below = np.rint(np.abs(source.normal(0, WICK, (2, *_SHAPE))) * spread).astype(np.int64)
    highs = np.minimum(np.maximum(opens, closes) + above, hours.top)
    lows = np.maximum(np.minimum(opens, closes) - below, hours.bottom)
    np.put_along_axis(highs, highs.argmax(axis=1)[:, None], hours.top, axis=1)
    np.put_along_axis(lows, lows.argmin(axis=1)[:, None], hours.bottom, axis=1)
    return highs, lows


def _shares(totals: IntColumn, weights: FloatColumn) -> IntColumn:
    """Whole lots by weight; what rounding leaves goes to the busiest minute of the hour."""
    exact = totals * (weights / weights.sum(axis=1, keepdims=True))
    lots = np.floor(exact).astype(np.int64)
    left = totals - lots.sum(axis=1, keepdims=True)
    busiest = weights.argmax(axis=1)[:, None]
    np.put_along_axis(lots, busiest, np.take_along_axis(lots, busiest, axis=1) + left, axis=1)
    return np.asarray(lots, np.int64)
