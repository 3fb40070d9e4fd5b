"""What a rebuild says of itself: JSON objects, one a line, for whoever started it."""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from service_kit.series import Series
from signals_service.signal_row import SignalRow
from trading_core.time_range import TimeRange, without

Tell = Callable[[str], None]
Line = dict[str, Any]  # Any: JSON

MOST_NAMED: Final = 20
"""Holes that are listed one by one."""


@dataclass(slots=True)
class Report:
    """Counts while the rebuild goes on; `progress` lines come at every chunk, `done` at the end."""

    series: Series
    total: int
    """Bars that had no decision at the beginning."""
    tell: Tell
    decided: Counter[str] = field(default_factory=Counter)
    """By signal type."""
    continuing: int = 0
    finished: int = 0
    """Rebuilt earlier, and followed further now."""
    passed: int = 0
    """Of `total`, decided or not."""
    holes: list[TimeRange] = field(default_factory=list)
    maps: int = 0
    began: float = field(default_factory=time.monotonic)

    def chunk(self, rows: Iterable[SignalRow], passed: int) -> None:
        for row in rows:
            self.decided[row.signal_type.value] += 1
            self.continuing += row.continues is not None
        self.passed += passed
        self._say("progress", etaSeconds=self._eta_seconds())

    def missed(self, holes: Iterable[TimeRange]) -> None:
        self.holes.extend(without(holes, self.holes))

    def done(self) -> None:
        self._say(
            "done",
            decided=dict(self.decided),
            continuing=self.continuing,
            finished=self.finished,
            undecidable=self.passed - self.decided.total(),
            holes=[self._named(hole) for hole in sorted(self.holes)[:MOST_NAMED]],
            furtherHoles=max(0, len(self.holes) - MOST_NAMED),
            confidenceMaps=self.maps,
            seconds=round(time.monotonic() - self.began, 1),
        )

    def _say(self, event: str, **facts: object) -> None:
        symbol, timeframe = self.series.key
        head: Line = {"event": event, "symbol": symbol, "timeframe": timeframe}
        self.tell(
            orjson.dumps({**head, "done": self.passed, "total": self.total, **facts}).decode()
        )

    def _eta_seconds(self) -> float | None:
        """At the pace so far; None while there is none."""
        if self.passed == 0:
            return None
        pace = (time.monotonic() - self.began) / self.passed
        return round(pace * (self.total - self.passed), 1)

    def _named(self, hole: TimeRange) -> Line:
        bars = self.series.timeframe.bars_between(hole.start_ms, hole.end_ms)
        return {"fromMs": hole.start_ms, "untilMs": hole.end_ms, "bars": bars}
