from dataclasses import dataclass

from trading_core.symbol import Symbol

GENESIS_MS = 1483228800000


@dataclass(frozen=True, slots=True)
class SeededMarket:
    seed: int
    symbols: tuple[Symbol, ...]
