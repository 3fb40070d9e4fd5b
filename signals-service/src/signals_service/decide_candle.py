"""One closed candle: gather its inputs, decide, and say as what it may be stored."""

import asyncio
from datetime import UTC, datetime

from service_kit.clock import Clock
from service_kit.series import Series
from signals_service.confidence_maps import ConfidenceMaps
from signals_service.cursor_store import UndecidedCandle
from signals_service.decide_bar import MapsBySide, Moment, decide_bar
from signals_service.errors import InputMissingError
from signals_service.gather_inputs import InputGatherer
from signals_service.gathered_inputs import Feed, GatheredInputs
from signals_service.lateness import is_late
from signals_service.signal_row import SignalRow
from signals_service.signals_metrics import SignalsMetrics
from trading_core.decision.engine import Engine
from trading_core.errors import TradingError
from trading_core.signal_state import SignalOrigin


class CandleDecider:
    def __init__(
        self,
        engine: Engine,
        gatherer: InputGatherer,
        maps: ConfidenceMaps,
        clock: Clock,
        feed: Feed,
        metrics: SignalsMetrics,
    ) -> None:
        self.engine = engine
        self._gatherer = gatherer
        self._maps = maps
        self._clock = clock
        self._feed = feed
        self._metrics = metrics

    async def decide(self, series: Series, candle: UndecidedCandle) -> SignalRow:
        """The signal of a live or healed candle: live, or late.

        Raises:
            InputMissingError: a required input is not there, or cannot be decided from.
            StoreUnavailableError: the database is away.

        """
        inputs, maps = await self._inputs(series, candle.timestamp)
        now_ms = self._clock.now_ms()
        lag_ms = now_ms - candle.timestamp - series.bar_ms
        late = is_late(candle.origin, series.timeframe, lag_ms, self._clock.speed)
        origin = SignalOrigin.LATE if late else SignalOrigin.LIVE
        return self._row(series, inputs, maps, now_ms, origin)

    async def preview(self, series: Series, timestamp: int) -> SignalRow:
        """What a candle from before we watched would have given; not to be stored.

        Raises as `decide` does.
        """
        inputs, maps = await self._inputs(series, timestamp)
        return self._row(series, inputs, maps, self._clock.now_ms(), SignalOrigin.HISTORICAL)

    async def _inputs(self, series: Series, timestamp: int) -> tuple[GatheredInputs, MapsBySide]:
        with self._metrics.hop("gather"):
            try:
                return await asyncio.gather(
                    self._gatherer.gather(series, timestamp),
                    self._maps.at(series.timeframe, self.engine.version, timestamp),
                )
            except TradingError as error:
                raise InputMissingError(f"its inputs cannot be used: {error}") from error

    def _row(
        self,
        series: Series,
        inputs: GatheredInputs,
        maps: MapsBySide,
        now_ms: int,
        origin: SignalOrigin,
    ) -> SignalRow:
        created_at = datetime.fromtimestamp(self._clock.wall_ms() / 1000, UTC)
        moment = Moment(decided_at_ms=now_ms, created_at=created_at, origin=origin)
        with self._metrics.hop("decide"):
            try:
                return decide_bar(self.engine, series, inputs, maps, moment, self._feed)
            except TradingError as error:
                raise InputMissingError(f"its inputs cannot be used: {error}") from error
