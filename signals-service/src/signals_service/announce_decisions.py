"""What follows a committed decision: whoever waits is woken, and operators can see it."""

import asyncio

from service_kit.clock import Clock
from service_kit.event_bus import EventBus
from service_kit.events import RoomEventsHint, Stream
from service_kit.logging import get_logger
from service_kit.series import Series
from signals_service.latest_signal import LatestSignals
from signals_service.signal_payload import absent_sources
from signals_service.signal_row import SignalRow
from signals_service.signal_store import Stored
from signals_service.signals_metrics import SignalsMetrics
from trading_core.decision.sides import SignalType
from trading_core.signal_state import SignalOrigin

log = get_logger(__name__)


class DecisionAnnouncer:
    def __init__(
        self, latest: LatestSignals, bus: EventBus, clock: Clock, metrics: SignalsMetrics
    ) -> None:
        self._latest = latest
        self._bus = bus
        self._clock = clock
        self._metrics = metrics

    async def announce(self, stored: Stored) -> None:
        row = stored.row
        self._count(row)
        _log(row)
        hints = [
            self._bus.hint(Stream.ROOM_EVENTS, RoomEventsHint(rooms=(room.name,)))
            for room in {message.room for message in stored.messages}
        ]
        await asyncio.gather(*hints, self._latest.forget(Series(row.symbol, row.timeframe)))

    def _count(self, row: SignalRow) -> None:
        decided = (row.signal_type.value, row.timeframe.value, row.origin.value)
        self._metrics.decided.labels(*decided).inc()
        for source in absent_sources(row):
            self._metrics.degraded.labels(source).inc()
        if row.origin is SignalOrigin.LIVE:
            seconds = self._clock.age_ms(row.closes_at_ms) / 1000
            self._metrics.close_to_commit.labels(row.timeframe.value).observe(seconds)


def _log(row: SignalRow) -> None:
    """A HOLD in time is the rule, and told to those who look closely."""
    usual = row.signal_type is SignalType.HOLD and row.origin is SignalOrigin.LIVE
    say = log.debug if usual else log.info
    say(
        "candle_decided",
        symbol=row.symbol.compact,
        timeframe=row.timeframe.value,
        open_ms=row.timestamp,
        type=row.signal_type.value,
        origin=row.origin.value,
        score=round(row.score, 3),
        absent=absent_sources(row),
    )
