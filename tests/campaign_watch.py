"""What a running stack says of its feed, and whether it has what the exchange closed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import httpx

from running_stack import RunningStack
from service_kit.clock import Clock
from stored_candles import Row, exact_row, stored_rows
from stored_decisions import fetch
from trading_core.timeframe import Timeframe

COUNTED: Final = re.compile(r'^market_feed_faults_total\{kind="(\w+)"\} (\S+)$', re.MULTILINE)
INVALID: Final = """
    SELECT symbol, timeframe::text, timestamp FROM ohlcv_data
    WHERE NOT (low > 0 AND low <= least(open, close) AND high >= greatest(open, close)
               AND high < 'Infinity' AND volume >= 0 AND volume < 'Infinity')
"""


@dataclass(frozen=True)
class Watch:
    stack: RunningStack
    symbols: Sequence[str]

    @property
    def clock(self) -> Clock:
        return Clock(self.stack.data_dir / self.stack.kind / "clock.json")

    def counted(self) -> dict[str, float]:
        """How often each kind of fault was counted so far."""
        text = httpx.get(self.stack.url_of("market") + "/metrics", timeout=10).text
        return {kind: float(count) for kind, count in COUNTED.findall(text)}

    def feed(self) -> dict[str, Any]:
        found: dict[str, Any] = httpx.get(
            self.stack.url_of("market") + "/status", timeout=10
        ).json()
        return dict(found["feed"])

    def lacks(self, since_ms: int, until_ms: int) -> list[str]:
        """Bars that closed in (since, until] and are not stored as the exchange tells them now."""
        return [
            f"{symbol} {timeframe} {row[0]}"
            for symbol in self.symbols
            for timeframe in Timeframe
            for row in self._missing(symbol, timeframe, since_ms, until_ms)
        ]

    def invalid_rows(self) -> int:
        return len(fetch(self.stack.database_url, INVALID))

    def _missing(
        self, symbol: str, timeframe: Timeframe, since_ms: int, until_ms: int
    ) -> list[Row]:
        first_ms = since_ms - timeframe.duration_ms + 1
        last_ms = until_ms - timeframe.duration_ms
        ledger = self.stack.ledger(symbol, timeframe.value, since=first_ms, until=last_ms)
        told = {exact_row(row) for row in ledger}
        stored = stored_rows(self.stack, symbol, timeframe, first_ms, last_ms)
        return sorted(told.symmetric_difference(stored))
