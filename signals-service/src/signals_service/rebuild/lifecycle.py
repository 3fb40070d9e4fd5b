"""From decisions to lives: what is followed, what continues it, what gives way. Pure.

A position is open for a decision until the candle closes in which it was left, at the latest until
its horizon. A HOLD, and a signal that continues another, are active until the next decision.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from signals_service.signal_event import SignalEvent, opened_event, replaced_event
from signals_service.signal_outcome import outcome_events, progressed
from signals_service.signal_row import SignalRow
from trading_core.decision.sides import Side
from trading_core.outcomes.progress import Progress
from trading_core.signal_state import SignalStatus


@dataclass(frozen=True, slots=True)
class OpenPosition:
    signal_id: UUID
    side: Side
    left_ms: int
    """Event time from which it is known to be left, or the end of its horizon."""


@dataclass(frozen=True, slots=True)
class NextDecision:
    """The decision of the series that comes after another."""

    signal_id: UUID
    decided_at_ms: int


@dataclass(frozen=True, slots=True)
class Life:
    row: SignalRow
    events: tuple[SignalEvent, ...]
    """Everything that has happened to it, in order."""


def live_through(
    decided: Sequence[SignalRow],
    followed: Mapping[UUID, Progress],
    open_before: Iterable[OpenPosition],
    next_decisions: Mapping[int, NextDecision],
) -> Iterator[Life]:
    """The lives of rows that were just decided, ascending in time.

    `followed` says what became of each BUY and SELL if it has a position of its own,
    `next_decisions` the one after each bar; a bar without one is still active.
    """
    open_positions = {position.side: position for position in open_before}
    for row in decided:
        fresh = replace(row, status=SignalStatus.ACTIVE, closed_at_ms=None)
        side = row.side
        position = None if side is None else open_positions.get(side)
        if side is None:
            yield _until_next(fresh, next_decisions.get(row.timestamp))
        elif position is not None and position.left_ms > row.closes_at_ms:
            continued = replace(fresh, continues=position.signal_id)
            yield _until_next(continued, next_decisions.get(row.timestamp))
        else:
            progress = followed[row.id]
            open_positions[side] = OpenPosition(row.id, side, left_at(progress))
            yield _followed(fresh, progress)


def left_at(progress: Progress) -> int:
    left = progress.outcome
    return progress.position.horizon_end_ms if left is None else left.exit_ms


def _until_next(row: SignalRow, following: NextDecision | None) -> Life:
    if following is None:
        return Life(row, (opened_event(row),))
    at_ms = following.decided_at_ms
    gone = replace(row, status=SignalStatus.EXPIRED, closed_at_ms=at_ms)
    return Life(gone, (opened_event(row), replaced_event(gone, following.signal_id, at_ms)))


def _followed(row: SignalRow, progress: Progress) -> Life:
    now = progressed(row, progress)
    return Life(now, (opened_event(row), *outcome_events(row, now)))
