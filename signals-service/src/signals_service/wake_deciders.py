"""Hear which candles have closed, and wake whoever decides their series."""

from collections.abc import Mapping

from service_kit.event_bus import EventBus
from service_kit.events import ClosedCandleHint, Stream
from service_kit.series import Series
from signals_service.decide_series import SeriesDecider
from trading_core.candle_origin import CandleOrigin


async def wake_deciders(bus: EventBus, deciders: Mapping[Series, SeriesDecider]) -> None:
    """For ever. A hint that is lost costs time only: every series also looks by itself."""
    by_key = {series.key: decider for series, decider in deciders.items()}
    async for message in bus.hints(Stream.CANDLES_CLOSED):
        hint = ClosedCandleHint.model_validate_json(message)
        decider = by_key.get((hint.symbol, hint.timeframe.value))
        if decider is not None and hint.origin is not CandleOrigin.BACKFILL:
            decider.wake(hint)
