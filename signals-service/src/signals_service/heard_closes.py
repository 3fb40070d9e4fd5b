"""The trace that the close of each candle came with, for as long as the candle is undecided.

A hint may be lost, or stand for several candles; what it did not name is a trace of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from service_kit.events import ClosedCandleHint
from service_kit.series import Series
from service_kit.tracing import Span, SpanKind, span


class HeardCloses:
    """Of one series. Where the sender does not trace, nothing is kept."""

    def __init__(self) -> None:
        self._by_open_ms: dict[int, str] = {}

    def hear(self, hint: ClosedCandleHint) -> None:
        if hint.traceparent is not None:
            self._by_open_ms[hint.timestamp] = hint.traceparent

    @contextmanager
    def deciding(self, series: Series, open_ms: int) -> Iterator[Span]:
        """The span of one attempt. Candles come in order, so what is older is done with."""
        self._by_open_ms = {at: by for at, by in self._by_open_ms.items() if at >= open_ms}
        parent = self._by_open_ms.get(open_ms)
        with span("decide candle", SpanKind.CONSUMER, parent) as here:
            symbol, timeframe = series.key
            here.tell(
                {
                    "candle.symbol": symbol,
                    "candle.timeframe": timeframe,
                    "candle.open_ms": open_ms,
                }
            )
            yield here
