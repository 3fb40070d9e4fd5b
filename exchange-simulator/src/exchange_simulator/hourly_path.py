"""The hours of the simulated market's days, which lead from each day's open to its close.

All coarser bars are sums of these; minutes are made to fit them.
"""

from functools import lru_cache
from typing import Final

import numpy as np

from exchange_simulator.bars import Bars
from exchange_simulator.daily_path import (
    BLOCK_DAYS,
    GENESIS_MS,
    DailyBlock,
    daily_block,
    shared_normals,
)
from exchange_simulator.fixed_point import UNITS, FloatColumn, IntColumn
from exchange_simulator.market_character import MarketCharacter, market_character
from exchange_simulator.random_source import random_source
from trading_core.symbol import Symbol
from trading_core.timeframe import DAY_MS, HOUR_MS

BLOCK_MS: Final = BLOCK_DAYS * DAY_MS
HOURS: Final = 24

BUSIEST_HOUR_UTC: Final = 15
QUIET_AND_BUSY: Final = 0.4
"""How far the hours of a day differ in volatility: ± this share of the mean."""

CLUSTER_DECAY: Final = 0.85
CLUSTER_SPREAD: Final = 0.35
"""Persistence from hour to hour, and standard deviation, of log volatility within a day."""

VOLUME_ELASTICITY: Final = 1.1
"""Volume grows with volatility to this power."""

VOLUME_SPREAD: Final = 0.3

_SHAPE: Final = (BLOCK_DAYS, HOURS)


@lru_cache(maxsize=64)
def hourly_block(seed: int, symbol: Symbol, number: int) -> Bars:
    """The hours of `BLOCK_DAYS` days; prices in whole steps."""
    character = market_character(symbol)
    days = daily_block(seed, symbol, number)
    log_volatility = _log_volatility(seed, number, days)
    spread = np.exp(log_volatility) * character.daily_volatility / np.sqrt(HOURS)
    log_close = _log_closes(shared_normals(seed, symbol, ("hours", number), _SHAPE), spread, days)
    log_open = np.concatenate((days.opening_log_price[:1], log_close[:-1]))
    reach_up, reach_down = _reaches(seed, symbol, number, spread.ravel(), log_close - log_open)
    step = character.increments.price
    opened, closed = _steps(log_open, step), _steps(log_close, step)
    top, bottom = _steps(log_open + reach_up, step), _steps(log_open - reach_down, step)
    start_ms = GENESIS_MS + number * BLOCK_MS
    return Bars(
        open_ms=np.arange(start_ms, start_ms + BLOCK_MS, HOUR_MS, dtype=np.int64),
        open=opened,
        high=np.maximum(top, np.maximum(opened, closed)),
        low=np.minimum(bottom, np.minimum(opened, closed)),
        close=closed,
        volume=_volumes(seed, symbol, number, log_volatility.ravel(), character),
    )


def _log_volatility(seed: int, number: int, days: DailyBlock) -> FloatColumn:
    """Of each hour: the day's, the time of day's, and clusters that span hours. Shared by all."""
    hours = np.arange(HOURS)
    pattern = 1 + QUIET_AND_BUSY * np.cos(2 * np.pi * (hours - BUSIEST_HOUR_UTC) / HOURS)
    shocks = random_source(seed, "market", "clusters", number).standard_normal(_SHAPE).ravel()
    weights = CLUSTER_DECAY ** np.arange(2 * HOURS)
    clusters = np.convolve(shocks, weights / np.sqrt(np.sum(weights**2)))[: shocks.size]
    own = np.log(pattern) + CLUSTER_SPREAD * clusters.reshape(_SHAPE)
    return np.asarray(days.log_volatility[:, None] + own, np.float64)


def _log_closes(normals: FloatColumn, spread: FloatColumn, days: DailyBlock) -> FloatColumn:
    """Hourly moves, corrected by their share of the variance so that each day ends at its close."""
    moves = normals * spread
    wanted = days.closing_log_price - days.opening_log_price
    share = spread**2 / np.sum(spread**2, axis=1, keepdims=True)
    fitted = moves + share * (wanted - moves.sum(axis=1))[:, None]
    closes = days.opening_log_price[:, None] + np.cumsum(fitted, axis=1)
    closes[:, -1] = days.closing_log_price
    return np.asarray(closes.ravel(), np.float64)


def _reaches(
    seed: int, symbol: Symbol, number: int, spread: FloatColumn, move: FloatColumn
) -> tuple[FloatColumn, FloatColumn]:
    """How far above and below its open each hour goes: the extremes of a Brownian bridge.

    The maximum of a bridge from 0 to c of variance s² is (c + sqrt(c² − 2 s² ln U)) / 2.
    """
    source = random_source(seed, symbol, "reaches", number)
    surprise = -2 * spread**2 * np.log(1 - source.random((2, spread.size)))
    above, below = np.sqrt(move**2 + surprise)
    return (above + move) / 2, (below - move) / 2


def _steps(log_price: FloatColumn, step: int) -> IntColumn:
    return np.rint(np.exp(log_price) * (UNITS / step)).astype(np.int64) * step


def _volumes(
    seed: int, symbol: Symbol, number: int, log_volatility: FloatColumn, character: MarketCharacter
) -> IntColumn:
    noise = shared_normals(seed, symbol, ("volumes", number), log_volatility.size)
    log_volume = VOLUME_ELASTICITY * log_volatility + VOLUME_SPREAD * noise
    lot = character.increments.volume
    lots = np.rint(np.exp(log_volume) * character.daily_volume / HOURS * (UNITS / lot))
    return lots.astype(np.int64) * lot
