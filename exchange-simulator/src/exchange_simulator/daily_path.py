"""The daily closes of the simulated market, from its genesis on.

Log volatility is an AR(1) process that all symbols share. Log prices revert slowly to their
anchor, so that the market is endless and stays plausible; their shocks are partly shared.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from exchange_simulator.fixed_point import FloatColumn
from exchange_simulator.market_character import market_character
from exchange_simulator.random_source import random_source
from trading_core.symbol import Symbol

GENESIS_MS: Final = 1_514_764_800_000
"""2018-01-01: the first candle of every simulated market."""

BLOCK_DAYS: Final = 512

SHARED_VARIANCE: Final = 0.88
"""The part of every return's variance that comes from the market as a whole."""

VOLATILITY_PERSISTENCE: Final = 0.95
VOLATILITY_SPREAD: Final = 0.40
"""Standard deviation of log volatility."""

REVERSION: Final = 0.003
"""Part of the way back to the anchor in a day: half of it in 230 days."""


@dataclass(frozen=True, slots=True)
class DailyBlock:
    """`BLOCK_DAYS` days. Each day begins at the log price where the day before it ended."""

    opening_log_price: FloatColumn
    closing_log_price: FloatColumn
    log_volatility: FloatColumn
    """0 is a usual day."""


@lru_cache(maxsize=256)
def daily_block(seed: int, symbol: Symbol, number: int) -> DailyBlock:
    """Block `number`; each one goes on from the one before, back to the genesis."""
    character = market_character(symbol)
    anchor = float(np.log(character.anchor_price))
    price, volatility = _last_state(seed, symbol, number, anchor)
    shocks = _volatility_shocks(seed, number)
    moves = shared_normals(seed, symbol, ("daily", number), BLOCK_DAYS)
    prices, volatilities = [price], []
    for shock, move in zip(shocks.tolist(), moves.tolist(), strict=True):
        volatility = VOLATILITY_PERSISTENCE * volatility + shock
        spread = character.daily_volatility * float(np.exp(volatility))
        price += spread * move + REVERSION * (anchor - price)
        prices.append(price)
        volatilities.append(volatility)
    return DailyBlock(np.array(prices[:-1]), np.array(prices[1:]), np.array(volatilities))


def shared_normals(
    seed: int, symbol: Symbol, name: tuple[object, ...], shape: int | tuple[int, ...]
) -> FloatColumn:
    """Standard normals that correlate among symbols by `SHARED_VARIANCE`."""
    market = random_source(seed, "market", *name).standard_normal(shape)
    own = random_source(seed, symbol, *name).standard_normal(shape)
    mixed = np.sqrt(SHARED_VARIANCE) * market + np.sqrt(1 - SHARED_VARIANCE) * own
    return np.asarray(mixed, np.float64)


def _last_state(seed: int, symbol: Symbol, number: int, anchor: float) -> tuple[float, float]:
    if number == 0:
        return anchor, 0.0
    before = daily_block(seed, symbol, number - 1)
    return float(before.closing_log_price[-1]), float(before.log_volatility[-1])


def _volatility_shocks(seed: int, number: int) -> FloatColumn:
    spread = VOLATILITY_SPREAD * np.sqrt(1 - VOLATILITY_PERSISTENCE**2)
    source = random_source(seed, "market", "volatility", number)
    return np.asarray(source.normal(0, spread, BLOCK_DAYS), np.float64)
