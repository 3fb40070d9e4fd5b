"""The trace of each closed candle: from its closing frame until it is stored and announced.

A candle that came over REST has none here: it belongs to the request that collected it.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager

from market_service.candle_store import Bar, StoredCandle
from market_service.exact_candle import ExactCandle
from service_kit.tracing import NO_SPAN, Span, SpanKind, begin_span, is_tracing


class CandleTraces:
    """Begun under nothing else; empty where tracing is off."""

    def __init__(self) -> None:
        self._open: dict[Bar, Span] = {}

    def closed(self, candle: ExactCandle) -> None:
        if not is_tracing() or _bar(candle) in self._open:
            return
        symbol, timeframe = candle.series.key
        begun = begin_span("candle closed", SpanKind.CONSUMER)
        begun.tell(
            {
                "candle.symbol": symbol,
                "candle.timeframe": timeframe,
                "candle.open_ms": candle.open_ms,
            }
        )
        self._open[_bar(candle)] = begun

    @contextmanager
    def storing(self, candles: Iterable[ExactCandle]) -> Iterator[None]:
        """One write of many candles is a span in the trace of each."""
        steps: list[Span] = []
        for span in self._spans(candles):
            with span.entered():
                steps.append(begin_span("store candles"))
        try:
            yield
        except BaseException as error:
            for step in steps:
                step.fail(type(error).__name__)
            raise
        finally:
            for step in steps:
                step.end()

    def of(self, row: StoredCandle) -> AbstractContextManager[object]:
        """Inside the block, what is done is part of the candle's trace."""
        return self._open.get((row.series, row.open_ms), NO_SPAN).entered()

    def end(self, candles: Iterable[ExactCandle]) -> None:
        for span in self._spans(candles):
            span.end()
        for candle in candles:
            self._open.pop(_bar(candle), None)

    def _spans(self, candles: Iterable[ExactCandle]) -> list[Span]:
        bars = {_bar(candle) for candle in candles} if self._open else set()
        return [self._open[bar] for bar in bars & self._open.keys()]


def _bar(candle: ExactCandle) -> Bar:
    return candle.series, candle.open_ms
