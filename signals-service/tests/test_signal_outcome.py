import json
from dataclasses import replace
from decimal import Decimal

import pytest

from signal_rows import ETH_5M, hold, opened
from signals_service.signal_event import SignalEventKind
from signals_service.signal_outcome import (
    outcome_events,
    outcome_json,
    position_of,
    progressed,
    read_outcome,
)
from trading_core.candles import Candles
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.decision.sides import Side
from trading_core.errors import InvalidPositionError
from trading_core.outcomes.follow import follow
from trading_core.outcomes.progress import Progress
from trading_core.signal_state import SignalStatus
from trading_core.timeframe import MINUTE_MS, Timeframe

BAR_MS = ETH_5M.bar_ms
BUY = opened(Side.BUY, 100 * BAR_MS)


def minutes(*ranges: tuple[float, float], first: int = 0) -> Candles:
    """Closed minutes after BUY's candle, given as low and high; they open and close at 100."""
    rows = [
        [BUY.closes_at_ms + (first + at) * MINUTE_MS, 100, high, low, 100, 1]
        for at, (low, high) in enumerate(ranges)
    ]
    return Candles.from_rows(ETH_5M.symbol, Timeframe.M1, rows)


def start() -> Progress:
    return Progress.start(position_of(BUY, DEFAULT_ENGINE))


def test_position_is_entered_at_the_close_with_the_fees_and_horizon_of_the_engine() -> None:
    position = position_of(BUY, DEFAULT_ENGINE)
    assert position.entered_at_ms == BUY.timestamp + BAR_MS
    assert position.horizon_end_ms == position.entered_at_ms + 24 * BAR_MS
    assert (position.entry, position.stop, position.take_profits) == (100, 97, (104, 106, 108))
    assert position.fee_rate == DEFAULT_ENGINE.risk.fee_per_side


def test_a_hold_has_no_position() -> None:
    with pytest.raises(InvalidPositionError):
        position_of(hold(0), DEFAULT_ENGINE)


def test_a_quiet_minute_moves_only_how_far_it_was_followed() -> None:
    now = progressed(BUY, follow(start(), minutes((99, 101))))
    assert now.status is SignalStatus.ACTIVE
    assert now.followed_until_ms == BUY.closes_at_ms + MINUTE_MS
    assert outcome_events(BUY, now) == []
    assert Progress.from_json(now.progress or {}) == follow(start(), minutes((99, 101)))


def test_the_stop_closes_it_for_good() -> None:
    now = progressed(BUY, follow(start(), minutes((96, 101))))
    assert (now.status, now.exit_price, now.progress) == (
        SignalStatus.CLOSED,
        Decimal("97.0"),
        None,
    )
    assert now.closed_at_ms == BUY.closes_at_ms + MINUTE_MS
    (event,) = outcome_events(BUY, now)
    assert (event.kind, event.at_ms) == (SignalEventKind.STOP, now.closed_at_ms)
    assert event.payload == {"status": "closed", "outcome": now.outcome}
    assert now.profit_loss_percent == pytest.approx(-3 - 0.1 - 0.097)


def test_further_targets_are_recorded_after_take_profit_1_and_change_no_result() -> None:
    progress = follow(start(), minutes((99, 104)))
    closed = progressed(BUY, progress)
    further = progressed(closed, follow(progress, minutes((99, 106.5), first=1)))
    assert [event.kind for event in outcome_events(BUY, closed)] == [SignalEventKind.TAKE_PROFIT_1]
    (event,) = outcome_events(closed, further)
    assert event.kind is SignalEventKind.FURTHEST_TARGET
    assert event.payload == {"furthestTarget": 2}
    assert event.at_ms == BUY.closes_at_ms + 2 * MINUTE_MS
    kept = ("status", "closed_at_ms", "exit_price", "profit_loss_percent")
    assert [getattr(further, name) for name in kept] == [getattr(closed, name) for name in kept]


def test_the_horizon_expires_it_at_the_last_close() -> None:
    now = progressed(BUY, follow(start(), minutes(*[(99, 101)] * 120)))
    assert now.status is SignalStatus.EXPIRED
    assert now.closed_at_ms == BUY.closes_at_ms + 24 * BAR_MS
    assert [event.kind for event in outcome_events(BUY, now)] == [SignalEventKind.HORIZON]


def test_an_outcome_is_published_in_camel_case_and_read_back_exactly() -> None:
    outcome = follow(start(), minutes((96, 101))).outcome
    assert outcome is not None
    published = outcome_json(outcome)
    assert {"exitReason", "netR", "furthestTarget", "followedTimeframe"} <= published.keys()
    assert read_outcome(published) == outcome


def test_a_stored_signal_that_is_followed_no_further_stays_as_it_was() -> None:
    progress = follow(start(), minutes((99, 101)))
    now = progressed(BUY, progress)
    stored = replace(now, progress=json.loads(json.dumps(now.progress)))
    assert progressed(stored, progress) == stored
