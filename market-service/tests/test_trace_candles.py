from dataclasses import replace
from decimal import Decimal

import pytest

from market_service.candle_store import StoredCandle
from market_service.exact_candle import ExactCandle
from market_service.trace_candles import CandleTraces
from recorded_spans import recorded_spans
from service_kit.series import Series
from service_kit.tracing import begin_span, span
from trading_core.candle_origin import CandleOrigin
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.M1)
ONE = Decimal(1)
FIRST = ExactCandle(SERIES, 60_000, ONE, ONE, ONE, ONE, ONE)
SECOND = replace(FIRST, open_ms=120_000)


def stored(candle: ExactCandle) -> StoredCandle:
    return StoredCandle(candle.series, candle.open_ms, CandleOrigin.LIVE, is_new=True)


def test_each_candle_of_a_batch_has_a_trace_from_its_frame_to_its_hint() -> None:
    traces = CandleTraces()
    with recorded_spans() as tracer:
        for candle in (FIRST, SECOND, FIRST):
            traces.closed(candle)
        with traces.storing([FIRST, SECOND]):
            pass
        for candle in (FIRST, SECOND):
            with traces.of(stored(candle)), span("send"):
                pass
        roots = [one for one in tracer.spans if one.name == "candle closed"]
        assert [one.is_ended for one in roots] == [False, False]
        traces.end([FIRST, SECOND])
    assert [one.attributes["candle.open_ms"] for one in roots] == [60_000, 120_000]
    assert [one.parent for one in roots] == [None, None]
    for name in ("store candles", "send"):
        steps = [one.parent for one in tracer.spans if one.name == name]
        assert sorted(map(str, steps)) == [one.traceparent for one in roots]
    assert all(one.is_ended for one in tracer.spans)


def test_a_write_that_fails_is_a_failed_step_and_the_candle_goes_on_waiting() -> None:
    traces = CandleTraces()
    with recorded_spans() as tracer:
        traces.closed(FIRST)
        with pytest.raises(OSError, match="away"), traces.storing([FIRST]):
            raise OSError("away")
        with traces.storing([FIRST]):
            pass
        steps = [one for one in tracer.spans if one.name == "store candles"]
        assert [one.failure for one in steps] == ["OSError", None]
        assert not tracer.named("candle closed").is_ended
        traces.end([FIRST])


def test_a_candle_that_came_over_rest_belongs_to_its_request() -> None:
    traces = CandleTraces()
    with recorded_spans() as tracer, span("POST /collect") as request, traces.of(stored(FIRST)):
        begin_span("send").end()
    assert tracer.named("send").parent == request.traceparent


def test_off_nothing_is_kept() -> None:
    traces = CandleTraces()
    traces.closed(FIRST)
    with recorded_spans() as tracer, traces.storing([FIRST]):
        pass
    assert tracer.spans == []
