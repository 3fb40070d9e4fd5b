"""What others are told once candles are committed: cached pages are void, and hints."""

from collections.abc import Awaitable, Callable, Iterable

from market_service.candle_store import StoredCandle
from market_service.market_metrics import MarketMetrics
from market_service.page_cache import PageCache
from market_service.trace_candles import CandleTraces
from service_kit.event_bus import EventBus
from service_kit.events import ClosedCandleHint, RoomEventsHint, Stream
from service_kit.logging import get_logger

log = get_logger(__name__)

Announce = Callable[[Iterable[StoredCandle]], Awaitable[None]]


class StoredAnnouncer:
    def __init__(
        self, pages: PageCache, bus: EventBus, metrics: MarketMetrics, traces: CandleTraces
    ) -> None:
        self._pages = pages
        self._bus = bus
        self._metrics = metrics
        self._traces = traces

    async def announce(self, stored: Iterable[StoredCandle]) -> None:
        """One hint for each series and origin, naming the newest candle: the table has the rest.

        And one for all the rooms in whose log they are.
        """
        rows = list(stored)
        self._count(rows)
        for series in {row.series for row in rows}:
            await self._pages.forget(series)
        newest = {(row.series, row.origin): row for row in sorted(rows, key=_open_ms)}
        for row in newest.values():
            with self._traces.of(row):
                await self._bus.hint(Stream.CANDLES_CLOSED, _hint(row))
        rooms = tuple(sorted({row.room.name for row in rows if row.is_told}))
        if rooms:
            await self._bus.hint(Stream.ROOM_EVENTS, RoomEventsHint(rooms=rooms))

    def _count(self, rows: list[StoredCandle]) -> None:
        for row in rows:
            if row.is_new:
                self._metrics.stored.labels(row.origin.value).inc()
            else:
                self._metrics.revised.inc()
                symbol, timeframe = row.series.key
                log.info("candle_revised", symbol=symbol, timeframe=timeframe, open_ms=row.open_ms)


def _open_ms(row: StoredCandle) -> int:
    return row.open_ms


def _hint(row: StoredCandle) -> ClosedCandleHint:
    return ClosedCandleHint(
        symbol=row.series.symbol.compact,
        timeframe=row.series.timeframe,
        timestamp=row.open_ms,
        origin=row.origin,
    )
