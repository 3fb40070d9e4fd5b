import pytest

from signals_service.lateness import is_late
from trading_core.candle_origin import CandleOrigin
from trading_core.timeframe import HOUR_MS, MINUTE_MS, Timeframe


@pytest.mark.parametrize(
    ("timeframe", "lag_ms", "speed", "late"),
    [
        (Timeframe.M1, 10_000, 1.0, False),
        (Timeframe.M1, 10_001, 1.0, True),
        (Timeframe.M1, 10 * MINUTE_MS, 60.0, False),
        (Timeframe.M1, 10 * MINUTE_MS + 1, 60.0, True),
        (Timeframe.H1, 3 * MINUTE_MS, 1.0, False),
        (Timeframe.H1, 3 * MINUTE_MS + 1, 1.0, True),
        (Timeframe.D1, HOUR_MS, 1.0, False),
    ],
)
def test_a_decision_has_ten_wall_seconds_or_a_twentieth_of_its_bar(
    timeframe: Timeframe,
    lag_ms: int,
    speed: float,
    late: bool,  # noqa: FBT001 - the expected answer
) -> None:
    assert is_late(CandleOrigin.LIVE, timeframe, lag_ms, speed) is late


def test_a_healed_candles_decision_is_late_however_fast_it_came() -> None:
    assert is_late(CandleOrigin.HEALED, Timeframe.H1, 0, 1.0)
