import pytest

from ml_service.forecasts.outcome import DueForecast, Unscorable, outcome_of
from trading_core.candles import Candles
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import HOUR_MS, Timeframe

DUE = DueForecast(
    bar_open_ms=2 * HOUR_MS,
    model_id="a",
    horizon_ms=5 * HOUR_MS,
    look_ahead_bars=2,
    threshold=0.25,
)


def hours(closes: dict[int, float]) -> Candles:
    """By the hour at which they open."""
    rows = [[hour * HOUR_MS, one, one, one, one, 1.0] for hour, one in closes.items()]
    return Candles.from_rows(Symbol("ETH", "USDT"), Timeframe.H1, rows)


@pytest.mark.parametrize(
    ("close_then", "came"),
    [(50.0, 0), (74.99, 0), (75.0, 1), (100.0, 1), (125.0, 1), (125.01, 2), (200.0, 2)],
)
def test_what_came_is_the_move_from_its_close_to_the_one_that_decides(
    close_then: float, came: int
) -> None:
    candles = hours({1: 500.0, 2: 100.0, 3: 70.0, 4: close_then, 5: 900.0})
    assert outcome_of(DUE, candles, ()) == came


@pytest.mark.parametrize("missing", [2, 3, 4])
def test_an_outage_in_between_leaves_it_without_an_outcome_for_ever(missing: int) -> None:
    stored = {hour: 100.0 for hour in range(6) if hour != missing}
    outage = TimeRange(missing * HOUR_MS, (missing + 1) * HOUR_MS)
    assert outcome_of(DUE, hours(stored), (outage,)) is Unscorable.OUTAGE


@pytest.mark.parametrize("missing", [2, 3, 4])
def test_a_hole_is_waited_for(missing: int) -> None:
    stored = {hour: 100.0 for hour in range(6) if hour != missing}
    assert outcome_of(DUE, hours(stored), ()) is None


def test_an_outage_and_a_hole_are_waited_for() -> None:
    outage = TimeRange(3 * HOUR_MS, 4 * HOUR_MS)
    assert outcome_of(DUE, hours({2: 100.0}), (outage,)) is None


def test_an_outage_before_or_after_does_not_matter() -> None:
    outages = (TimeRange(HOUR_MS, 2 * HOUR_MS), TimeRange(5 * HOUR_MS, 6 * HOUR_MS))
    assert outcome_of(DUE, hours({2: 100.0, 3: 100.0, 4: 100.0}), outages) == 1
