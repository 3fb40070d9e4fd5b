"""Compute, store and announce the indicators of one closed bar."""

from dataclasses import asdict
from functools import partial
from typing import Any

from analysis_service.analysis_metrics import AnalysisMetrics
from analysis_service.indicator_row import StoredIndicators, indicator_row
from analysis_service.indicators_store import IndicatorsStore
from service_kit.candle_windows import CandleWindow, CandleWindows
from service_kit.errors import CandlesMissingError
from service_kit.event_bus import EventBus
from service_kit.events import RoomEventsHint, Stream
from service_kit.room import Room
from service_kit.room_event_store import RoomEventKind, RoomMessage
from service_kit.series import Series
from trading_core.indicators.snapshot import indicator_snapshot
from trading_core.indicators.values import IndicatorSnapshot


class ClosedBars:
    def __init__(
        self,
        windows: CandleWindows,
        store: IndicatorsStore,
        bus: EventBus,
        metrics: AnalysisMetrics,
    ) -> None:
        self._windows = windows
        self._store = store
        self._bus = bus
        self._metrics = metrics

    async def close(self, series: Series, bar_open_ms: int) -> dict[str, Any]:  # Any: JSON
        """What the bar's candles say now; what was stored of it earlier stays as it was.

        Raises as `CandleWindows.at` does.
        """
        window, snapshot = await self.compute(series, bar_open_ms)
        await self._store_and_tell(series, snapshot)
        return _answer(series, window, snapshot)

    async def compute(
        self, series: Series, bar_open_ms: int
    ) -> tuple[CandleWindow, IndicatorSnapshot]:
        """Raises as `CandleWindows.at` does."""
        try:
            window = await self._windows.at(series.symbol, series.timeframe, bar_open_ms)
        except CandlesMissingError:
            self._metrics.held_up.labels(series.timeframe).inc()
            raise
        self._metrics.computed.labels(series.timeframe).inc()
        return window, indicator_snapshot(window.candles, window.first_available_ms)

    async def _store_and_tell(self, series: Series, snapshot: IndicatorSnapshot) -> None:
        announcement = partial(_announcement, series)
        if await self._store.save_closed_bar(series, snapshot, announcement):
            self._metrics.announced.inc()
            room = Room(series.symbol, series.timeframe).name
            await self._bus.hint(Stream.ROOM_EVENTS, RoomEventsHint(rooms=(room,)))


def _announcement(series: Series, stored: StoredIndicators) -> RoomMessage:
    symbol, timeframe = series.key
    payload = {
        "symbol": symbol,
        "timeframe": timeframe,
        "indicators": indicator_row(series, stored),
        "timestamp": stored.snapshot.opened_at_ms,
    }
    room = Room(series.symbol, series.timeframe)
    return RoomMessage(room, RoomEventKind.INDICATOR_UPDATE, payload)


def _answer(series: Series, window: CandleWindow, snapshot: IndicatorSnapshot) -> dict[str, Any]:
    symbol, timeframe = series.key
    indicators = asdict(snapshot)
    return {
        "symbol": symbol,
        "timeframe": timeframe,
        "timestamp": indicators.pop("opened_at_ms"),
        "candles": window.fingerprint(),
        "close": float(window.candles.close[-1]),
        "indicators": indicators,
    }
