"""What following does to a signal's row: pure, the same for the live service and a rebuild."""

from dataclasses import fields, replace
from decimal import Decimal
from typing import Final

from pydantic.alias_generators import to_camel

from signals_service.signal_event import SignalEvent, SignalEventKind
from signals_service.signal_row import JsonObject, SignalRow
from trading_core.decision.engine import Engine
from trading_core.errors import InvalidPositionError
from trading_core.frozen_json import from_json, to_json
from trading_core.outcomes.outcome import Outcome
from trading_core.outcomes.position import Position, horizon_end_ms
from trading_core.outcomes.progress import Progress


def position_of(row: SignalRow, engine: Engine) -> Position:
    """Entered at the close of the signal's candle, with the fees and horizon of its engine.

    Raises InvalidPositionError for a HOLD.
    """
    if row.side is None or row.levels is None:
        raise InvalidPositionError(f"a {row.signal_type} has no position")
    levels = row.levels
    targets = (levels.take_profit_1, levels.take_profit_2, levels.take_profit_3)
    first, second, third = map(float, targets)
    horizon_bars = engine.horizon(row.timeframe)
    return Position(
        side=row.side,
        timeframe=row.timeframe,
        entered_at_ms=row.closes_at_ms,
        horizon_end_ms=horizon_end_ms(row.timeframe, row.closes_at_ms, horizon_bars),
        entry=float(row.entry_price),
        stop=float(levels.stop_loss),
        take_profits=(first, second, third),
        fee_rate=engine.risk.fee_per_side,
    )


def progressed(row: SignalRow, progress: Progress) -> SignalRow:
    """The row as it stands now; `progress` is kept until nothing can change any more."""
    followed = replace(
        row,
        followed_until_ms=progress.followed_until_ms,
        progress=None if progress.settled else progress.to_json(),
    )
    outcome = progress.outcome
    if outcome is None:
        return followed
    return replace(
        followed,
        status=outcome.exit_reason.status,
        closed_at_ms=outcome.exit_ms,
        exit_price=Decimal(repr(outcome.exit_price)),
        profit_loss_percent=outcome.profit_loss_percent,
        outcome=outcome_json(outcome),
    )


def outcome_json(outcome: Outcome) -> JsonObject:
    """As it is stored and published: `exitReason`, `netR` and so on, in camelCase."""
    return {_PUBLISHED[name]: value for name, value in to_json(outcome).items()}


def read_outcome(json: JsonObject) -> Outcome:
    """Raises InvalidJsonError for what `outcome_json` did not write."""
    return from_json(Outcome, {_STORED.get(name, name): value for name, value in json.items()})


def outcome_events(before: SignalRow, after: SignalRow) -> list[SignalEvent]:
    """What happened between the two states of one signal."""
    outcome = after.outcome
    if outcome is None or outcome == before.outcome:
        return []
    if before.outcome is None:
        kind = SignalEventKind(outcome["exitReason"])
        payload = {"status": after.status.value, "outcome": outcome}
        return [SignalEvent(after.id, kind, outcome["exitMs"], payload)]
    known_ms = after.followed_until_ms or after.closes_at_ms
    reached = {"furthestTarget": outcome["furthestTarget"]}
    return [SignalEvent(after.id, SignalEventKind.FURTHEST_TARGET, known_ms, reached)]


_PUBLISHED: Final = {field.name: to_camel(field.name) for field in fields(Outcome)}
_STORED: Final = {published: name for name, published in _PUBLISHED.items()}
