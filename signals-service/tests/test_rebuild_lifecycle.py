from dataclasses import replace
from itertools import pairwise
from typing import Any
from uuid import UUID

from signal_rows import ETH_5M, hold, opened
from signals_service.rebuild.lifecycle import Life, NextDecision, OpenPosition, live_through
from signals_service.signal_event import SignalEventKind
from signals_service.signal_outcome import position_of
from signals_service.signal_row import SignalRow
from trading_core.candles import Candles
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.decision.sides import Side
from trading_core.outcomes.follow import follow
from trading_core.outcomes.progress import Progress
from trading_core.signal_state import SignalOrigin, SignalStatus

BAR_MS = ETH_5M.bar_ms
EARLIER = OpenPosition(UUID(int=1), Side.BUY, left_ms=3 * BAR_MS)


def decided(*sides: Side | None) -> list[SignalRow]:
    """One bar after another, from the first; None is a HOLD. As a decision leaves them."""
    fresh: dict[str, Any] = {"origin": SignalOrigin.HISTORICAL, "status": SignalStatus.EXPIRED}
    return [
        hold(bar * BAR_MS, closed_at_ms=1, **fresh)
        if side is None
        else opened(side, bar * BAR_MS, closed_at_ms=1, **fresh)
        for bar, side in enumerate(sides)
    ]


def quiet(row: SignalRow, stopped_after: int | None = None) -> Progress:
    """Followed over quiet bars, of which one may reach a BUY's stop."""
    lows = [96.0 if bar == stopped_after else 99.0 for bar in range(1, 6)]
    rows = [
        [row.timestamp + bar * BAR_MS, 100, 101, low, 100, 1] for bar, low in enumerate(lows, 1)
    ]
    candles = Candles.from_rows(ETH_5M.symbol, ETH_5M.timeframe, rows)
    return follow(Progress.start(position_of(row, DEFAULT_ENGINE)), candles)


def lives(
    rows: list[SignalRow], *earlier: OpenPosition, stopped_after: int | None = None
) -> list[Life]:
    followed = {row.id: quiet(row, stopped_after) for row in rows if row.side}
    following = {
        row.timestamp: NextDecision(after.id, after.decided_at_ms) for row, after in pairwise(rows)
    }
    return list(live_through(rows, followed, earlier, following))


def kinds(life: Life) -> list[SignalEventKind]:
    return [event.kind for event in life.events]


def test_a_hold_gives_way_to_the_next_decision_and_the_last_one_stays_active() -> None:
    first, last = lives(decided(None, None))
    assert (first.row.status, first.row.closed_at_ms) == (SignalStatus.EXPIRED, 2 * BAR_MS)
    assert first.events[1].payload == {"status": "expired", "replacedBy": str(last.row.id)}
    assert kinds(first) == [SignalEventKind.OPENED, SignalEventKind.REPLACED]
    assert (last.row.status, last.row.closed_at_ms) == (SignalStatus.ACTIVE, None)
    assert kinds(last) == [SignalEventKind.OPENED]


def test_a_second_signal_of_a_side_continues_the_first_and_has_no_outcome() -> None:
    first, second, third = lives(decided(Side.BUY, Side.BUY, None))
    assert first.row.continues is None
    assert first.row.progress is not None
    assert second.row.continues == first.row.id
    assert (second.row.progress, second.row.outcome) == (None, None)
    assert second.row.closed_at_ms == third.row.decided_at_ms


def test_the_other_side_is_a_signal_of_its_own() -> None:
    _, sell = lives(decided(Side.BUY, Side.SELL))
    assert sell.row.continues is None
    assert sell.row.progress is not None


def test_a_position_that_was_left_by_the_close_is_not_continued() -> None:
    first, second, third = lives(decided(Side.BUY, Side.BUY, Side.BUY), stopped_after=2)
    assert first.row.closed_at_ms == third.row.closes_at_ms
    assert second.row.continues == first.row.id
    assert third.row.continues is None
    assert kinds(first) == [SignalEventKind.OPENED, SignalEventKind.STOP]


def test_a_position_from_before_is_continued_until_it_is_left() -> None:
    first, second, third = lives(decided(Side.BUY, Side.BUY, Side.BUY), EARLIER)
    assert [first.row.continues, second.row.continues] == [EARLIER.signal_id] * 2
    assert third.row.continues is None


def test_one_that_cannot_be_followed_ends_with_its_horizon_at_the_latest() -> None:
    rows = decided(*[Side.BUY] * 26)
    followed = {row.id: Progress.start(position_of(row, DEFAULT_ENGINE)) for row in rows}
    found = list(live_through(rows, followed, (), {}))
    own = [life.row.timestamp // BAR_MS for life in found if life.row.continues is None]
    assert own == [0, 24]


def test_rows_that_were_given_are_not_changed() -> None:
    rows = decided(None, Side.BUY)
    before = [replace(row) for row in rows]
    lives(rows)
    assert rows == before
