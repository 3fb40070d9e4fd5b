"""A span for each hint about rooms: from hearing it until what it was about has been told.

Several hints can be served by one look into the log; each has its span, under its sender's.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from api_gateway.room_log import RoomPositions
from service_kit.events import RoomEventsHint
from service_kit.tracing import Span, SpanKind, begin_span


class TracedRooms:
    """Where the sender does not trace, nothing is kept."""

    def __init__(self, positions: RoomPositions) -> None:
        self._positions = positions
        self._open: list[tuple[RoomEventsHint, Span]] = []

    def heard(self, hint: RoomEventsHint) -> None:
        if hint.traceparent is not None:
            begun = begin_span("tell rooms", SpanKind.CONSUMER, hint.traceparent)
            self._open.append((hint, begun))

    @contextmanager
    def telling(self) -> Iterator[None]:
        """All that was heard until here is told when the block has ended."""
        opened, self._open = self._open, []
        before = [self._told(hint) for hint, _span in opened]
        try:
            yield
        finally:
            for (hint, span), told in zip(opened, before, strict=True):
                events = self._told(hint) - told
                span.tell({"rooms": ",".join(hint.rooms), "rooms.events": events})
                span.end()

    def _told(self, hint: RoomEventsHint) -> int:
        return sum(self._positions.seen(hint.rooms).values())
