"""Hourly candles of a random walk whose calm and restless days take turns.

Direction is unforeseeable; how far it goes is not, so that an honest model has a little skill.
"""

import numpy as np

from trading_core.candles import Candles
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

ETH = Symbol("ETH", "USDT")
FIRST_MS = 1_600_000_000_000 // Timeframe.H1.duration_ms * Timeframe.H1.duration_ms
CALM, RESTLESS = 0.0012, 0.008
"""Standard deviation of an hour's change."""
DAY_CHANGES = 0.02
"""How likely an hour is to end a calm or restless time."""


def seeded_market(bars: int, seed: int = 7) -> Candles:
    random = np.random.default_rng(seed)
    restless = np.cumsum(random.random(bars) < DAY_CHANGES) % 2 == 1
    changes = random.normal(0, 1, bars) * np.where(restless, RESTLESS, CALM)
    closes = 2_000 * np.exp(np.cumsum(changes))
    opens = np.concatenate(([2_000.0], closes[:-1]))
    reach = closes * np.where(restless, RESTLESS, CALM) * random.random((2, bars))
    return Candles.from_columns(
        ETH,
        Timeframe.H1,
        {
            "timestamp": FIRST_MS + np.arange(bars) * Timeframe.H1.duration_ms,
            "open": opens,
            "high": np.maximum(opens, closes) + reach[0],
            "low": np.minimum(opens, closes) - reach[1],
            "close": closes,
            "volume": random.gamma(2, np.where(restless, 100, 50), bars),
        },
    )
