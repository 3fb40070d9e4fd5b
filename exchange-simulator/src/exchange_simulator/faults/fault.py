"""One fault of an armed script."""

from dataclasses import dataclass

from exchange_simulator.faults.entries import CandleEntry, FaultEntry, LastingEntry, MarketEntry
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True)
class Fault:
    """Wall times in milliseconds; `ends_ms` is None for what happens at once."""

    index: int
    seed: int
    begins_ms: int
    ends_ms: int | None
    entry: FaultEntry

    @property
    def kind(self) -> str:
        return self.entry.kind

    def active(self, wall_ms: int) -> bool:
        return self.begins_ms <= wall_ms and self.ends_ms is not None and wall_ms < self.ends_ms

    def state(self, wall_ms: int) -> str:
        if wall_ms < self.begins_ms:
            return "waiting"
        return "active" if self.active(wall_ms) else "over"

    def concerns(self, symbol: Symbol | None, timeframe: Timeframe | None) -> bool:
        """Whether it is narrowed to others than these."""
        entry = self.entry
        symbols = entry.symbols if isinstance(entry, MarketEntry) else None
        timeframes = entry.timeframes if isinstance(entry, CandleEntry) else None
        if symbols is not None and (symbol is None or symbol.compact not in symbols):
            return False
        return timeframes is None or timeframe in timeframes


@dataclass(slots=True)
class Tally:
    """What a fault has done so far."""

    bites: int = 0
    candidates: int = 0
    """Frames or answers that it could have spoilt: the n-th draws from the n-th random source."""

    early: int = 0
    refused_until_ms: int = 0
    told_at_ms: int = 0


def placed(entry: FaultEntry, index: int, seed: int, armed_at_ms: int) -> Fault:
    """The fault on the wall's clock."""
    begins_ms = armed_at_ms + round(entry.at * 1000)
    lasts_ms = round(entry.lasts * 1000) if isinstance(entry, LastingEntry) else None
    ends_ms = None if lasts_ms is None else begins_ms + lasts_ms
    return Fault(index, seed, begins_ms, ends_ms, entry)
