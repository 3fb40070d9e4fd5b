import pytest
from hypothesis import given
from hypothesis import strategies as st

from market_service.candle_origin import candle_origin
from trading_core.candle_origin import CandleOrigin

TIMES = st.integers(0, 2**45)
SPEEDS = st.sampled_from([0.5, 1.0, 60.0, 120.0])


@pytest.mark.parametrize(
    ("closed_at_ms", "stored_at_ms", "speed", "origin"),
    [
        (100_000, 100_000, 1, CandleOrigin.BACKFILL),
        (100_001, 100_001, 1, CandleOrigin.LIVE),
        (160_000, 170_000, 1, CandleOrigin.LIVE),
        (160_000, 170_001, 1, CandleOrigin.HEALED),
        (160_000, 760_000, 60, CandleOrigin.LIVE),
        (160_000, 760_001, 60, CandleOrigin.HEALED),
        (160_000, 159_990, 1, CandleOrigin.LIVE),
    ],
)
def test_ten_wall_seconds_after_the_close_are_live(
    closed_at_ms: int, stored_at_ms: int, speed: float, origin: CandleOrigin
) -> None:
    found = candle_origin(
        closed_at_ms=closed_at_ms, stored_at_ms=stored_at_ms, live_since_ms=100_000, speed=speed
    )
    assert found is origin


@given(closed=TIMES, stored=TIMES, since=TIMES, speed=SPEEDS)
def test_only_what_closed_before_we_watched_is_backfill(
    closed: int, stored: int, since: int, speed: float
) -> None:
    origin = candle_origin(
        closed_at_ms=closed, stored_at_ms=stored, live_since_ms=since, speed=speed
    )
    assert (origin is CandleOrigin.BACKFILL) == (closed <= since)


@given(closed=TIMES, delay=TIMES, longer=TIMES, speed=SPEEDS)
def test_what_is_stored_later_is_never_more_live(
    closed: int, delay: int, longer: int, speed: float
) -> None:
    early, late = (
        candle_origin(closed_at_ms=closed, stored_at_ms=stored, live_since_ms=0, speed=speed)
        for stored in (closed + delay, closed + delay + longer)
    )
    assert not (early is CandleOrigin.HEALED and late is CandleOrigin.LIVE)
