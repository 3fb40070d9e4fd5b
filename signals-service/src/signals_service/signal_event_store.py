"""The only place that writes `signal_events`."""

from collections.abc import Sequence
from typing import Any, Final

from signals_service.signal_event import SignalEvent
from signals_service.signal_record import write_json


async def append_signal_events(
    connection: Any,  # noqa: ANN401 - asyncpg ships no types
    events: Sequence[SignalEvent],
) -> None:
    """In the caller's transaction, which holds the signals' rows; numbered in the order given."""
    for event in events:
        values = (event.signal_id, event.kind.value, event.at_ms, write_json(event.payload))
        await connection.execute(_APPEND, *values)


_APPEND: Final = """
    INSERT INTO signal_events (signal_id, number, kind, at_ms, payload)
    SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4::jsonb
    FROM signal_events WHERE signal_id = $1
"""
