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
    if events:
        columns = (
            [event.signal_id for event in events],
            [event.kind.value for event in events],
            [event.at_ms for event in events],
            [write_json(event.payload) for event in events],
        )
        await connection.execute(_APPEND, *columns)


_APPEND: Final = """
    INSERT INTO signal_events (signal_id, number, kind, at_ms, payload)
    SELECT id, before + row_number() OVER (PARTITION BY id ORDER BY place), kind, at_ms,
        payload::jsonb
    FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::text[])
        WITH ORDINALITY AS new (id, kind, at_ms, payload, place)
    CROSS JOIN LATERAL (
        SELECT coalesce(max(number), 0) AS before FROM signal_events WHERE signal_id = new.id
    ) AS known
"""
