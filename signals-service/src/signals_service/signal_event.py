"""What can happen to a signal: every kind of row in `signal_events`, named once.

opened           decided and stored; for a late signal also the last
take_profit_1    the price reached it: closed
stop             the price reached it: closed
horizon          neither was reached in time: expired at the last close
furthest_target  after take-profit 1 the price reached a further one; the outcome stays as it is
replaced         a HOLD, or a signal that continues another, gave way to the next decision: expired
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from signals_service.signal_payload import signal_payload
from signals_service.signal_row import JsonObject, SignalRow


class SignalEventKind(StrEnum):
    OPENED = "opened"
    TAKE_PROFIT_1 = "take_profit_1"
    STOP = "stop"
    HORIZON = "horizon"
    FURTHEST_TARGET = "furthest_target"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class SignalEvent:
    signal_id: UUID
    kind: SignalEventKind
    at_ms: int
    """Event time."""
    payload: JsonObject
    """What has changed, spelt as in the public contract."""


def opened_event(row: SignalRow) -> SignalEvent:
    known = signal_payload(row)
    payload = {name: known[name] for name in _OPENING}
    return SignalEvent(row.id, SignalEventKind.OPENED, row.decided_at_ms, payload)


def replaced_event(row: SignalRow, by: UUID, at_ms: int) -> SignalEvent:
    payload = {"status": row.status.value, "replacedBy": str(by)}
    return SignalEvent(row.id, SignalEventKind.REPLACED, at_ms, payload)


_OPENING: Final = ("status", "origin", "signalType", "entryPrice", "score", "confidence")
