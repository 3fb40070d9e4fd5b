"""How a simulated symbol behaves: its price level, how much it moves, how much is traded."""

from dataclasses import dataclass
from typing import Final

from exchange_simulator.market import CENT, Increments
from trading_core.symbol import Symbol


@dataclass(frozen=True, slots=True)
class MarketCharacter:
    """The price wanders around `anchor_price`; volatility and volume are a usual day's."""

    anchor_price: float
    daily_volatility: float
    daily_volume: float
    increments: Increments


UNKNOWN: Final = MarketCharacter(
    8.0, 0.045, 9_000_000.0, Increments(price=10_000, volume=1_000_000)
)

CHARACTERS: Final = {
    "BTC": MarketCharacter(45_000.0, 0.026, 32_000.0, Increments(price=1_000_000, volume=1_000)),
    "ETH": MarketCharacter(2_400.0, 0.033, 420_000.0, CENT),
}


def market_character(symbol: Symbol) -> MarketCharacter:
    return CHARACTERS.get(symbol.base, UNKNOWN)
