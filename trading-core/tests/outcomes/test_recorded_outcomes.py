"""Recorded history followed at once, piece by piece and inside coarser bars."""

from collections.abc import Callable

from plain_follow import summary
from trading_core.candles import Candles
from trading_core.decision.sides import Side
from trading_core.outcomes.exit_reason import ExitReason
from trading_core.outcomes.follow import follow_all, outcomes_of
from trading_core.outcomes.position import Position, horizon_end_ms
from trading_core.outcomes.progress import Progress
from trading_core.timeframe import Timeframe


def test_recorded_history_at_once_equals_piece_by_piece(
    recording: Callable[[str], Candles],
) -> None:
    minutes = recording("ETHUSDT-1m-2024-07")[10_000:13_000]
    hours = recording("ETHUSDT-1h-2017-2024").between(minutes.first_open_ms, minutes.last_open_ms)
    started = [
        Progress.start(recorded_position(hours, row, side, atr))
        for row in range(0, 24, 2)
        for side in Side
        for atr in (0.004, 0.02)
    ]
    at_once, states = follow_all(started, minutes), tuple(started)
    for end in range(0, len(minutes), 97):
        states = follow_all(states, minutes[end : end + 97])
    assert states == at_once
    assert {one.outcome.exit_reason for one in at_once if one.outcome} == set(ExitReason)


def test_recorded_hours_with_minutes_inside_equal_the_minutes(
    recording: Callable[[str], Candles],
) -> None:
    minutes = recording("ETHUSDT-1m-2024-07")
    since_ms = Timeframe.H1.next_close(minutes.first_open_ms)
    minutes = minutes.between(since_ms, minutes.closed_until_ms)
    hours = recording("ETHUSDT-1h-2017-2024").between(since_ms, minutes.closed_until_ms)
    hours = hours.closed_by(minutes.closed_until_ms)
    entered = [recorded_position(hours, row, side, 0.004) for row in range(200) for side in Side]
    inside = outcomes_of(entered, hours, [minutes])
    assert [summary(one) for one in inside] == [summary(o) for o in outcomes_of(entered, minutes)]
    assert any(one and one.ambiguous for one in outcomes_of(entered, hours))
    assert not any(one and one.ambiguous for one in inside)


def recorded_position(hours: Candles, row: int, side: Side, atr_per_price: float) -> Position:
    entry = float(hours.close[row])
    entered_at_ms = int(hours.open_time_ms[row]) + hours.timeframe.duration_ms
    atr = side.sign * entry * atr_per_price
    return Position(
        side=side,
        timeframe=hours.timeframe,
        entered_at_ms=entered_at_ms,
        horizon_end_ms=horizon_end_ms(hours.timeframe, entered_at_ms, 24),
        entry=entry,
        stop=entry - 1.5 * atr,
        take_profits=(entry + 2 * atr, entry + 3 * atr, entry + 4 * atr),
        fee_rate=0.001,
    )
