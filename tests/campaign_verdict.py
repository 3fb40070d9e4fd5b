"""What a campaign leaves: candles as the exchange has them, each decided once, nothing hung."""

import time
from dataclasses import dataclass
from typing import Final

from campaign_watch import Watch
from running_stack import RunningStack, wait_for
from stored_candles import Comparison, compare_with_ledger
from stored_decisions import Coverage, coverage
from trading_core.timeframe import Timeframe

SETTLE_SECONDS: Final = 120.0
LOOK_SECONDS: Final = 0.2


@dataclass(frozen=True, slots=True)
class Verdict:
    candles: tuple[Comparison, ...]
    decisions: tuple[Coverage, ...]
    invalid_rows: int

    @property
    def is_clean(self) -> bool:
        parts: tuple[Comparison | Coverage, ...] = (*self.candles, *self.decisions)
        return not self.invalid_rows and all(part.perfect for part in parts)

    def __str__(self) -> str:
        lines = (*map(str, self.candles), *map(str, self.decisions))
        return "\n".join((*lines, f"{self.invalid_rows} invalid rows stored"))


def settled(watch: Watch) -> Verdict:
    """Once all is as it should be; after two minutes as it is then.

    Raises AssertionError where a part is not ready by then.
    """
    wait_for(lambda: _answers(watch.stack), seconds=SETTLE_SECONDS, what="every part ready")
    deadline = time.monotonic() + SETTLE_SECONDS
    while not (found := verdict(watch)).is_clean and time.monotonic() < deadline:
        time.sleep(LOOK_SECONDS)  # a candle that has just closed is about to be decided
    return found


def verdict(watch: Watch) -> Verdict:
    symbols = tuple(watch.symbols)
    decisions = (
        coverage(watch.stack.database_url, symbol, timeframe)
        for symbol in symbols
        for timeframe in Timeframe
    )
    candles = compare_with_ledger(watch.stack, symbols)
    return Verdict(tuple(candles), tuple(decisions), watch.invalid_rows())


def _answers(stack: RunningStack) -> bool:
    """Every part is ready, the feed is live and prices come through the front door."""
    status = stack.status()
    ready = all(part["state"] == "ready" for part in status["parts"])
    price = stack.data("/api/market/price", symbol="ETH/USDT")
    return ready and status["feed"]["state"] == "live" and not price["stale"]
