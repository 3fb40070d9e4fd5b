from recorded_spans import recorded_spans
from service_kit.events import ClosedCandleHint
from service_kit.series import Series
from signals_service.heard_closes import HeardCloses
from trading_core.candle_origin import CandleOrigin
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.H1)


def traceparent(number: int) -> str:
    return f"00-{number:032x}-{number:016x}-01"


def hint(bar: int, number: int | None) -> ClosedCandleHint:
    return ClosedCandleHint(
        symbol="ETHUSDT",
        timeframe=Timeframe.H1,
        timestamp=bar * SERIES.bar_ms,
        origin=CandleOrigin.LIVE,
        traceparent=None if number is None else traceparent(number),
    )


def test_a_candle_is_decided_under_the_close_that_its_hint_named_and_no_other() -> None:
    heard = HeardCloses()
    heard.hear(hint(1, 1))
    heard.hear(hint(2, None))
    heard.hear(hint(3, 3))
    with recorded_spans() as tracer:
        for bar in (1, 2, 3, 3, 4):
            with heard.deciding(SERIES, bar * SERIES.bar_ms):
                pass
    assert [span.parent for span in tracer.spans] == [
        traceparent(1),
        None,
        traceparent(3),
        traceparent(3),  # again, since an input was missing
        None,
    ]
    assert tracer.spans[0].attributes["candle.open_ms"] == SERIES.bar_ms


def test_what_is_decided_is_forgotten() -> None:
    heard = HeardCloses()
    heard.hear(hint(1, 1))
    with recorded_spans() as tracer:
        for bar in (2, 1):
            with heard.deciding(SERIES, bar * SERIES.bar_ms):
                pass
    assert [span.parent for span in tracer.spans] == [None, None]
