"""The decision of the newest closed candle, for whoever asks.

The stored one where there is one. A live or healed candle without one is decided now, on the very
path that all candles take. One from before we watched is decided for the asker alone: its signal
is not stored, has the origin `preview`, and is expired, since nobody follows it.
"""

import asyncio
from collections.abc import Mapping
from typing import Final

from service_kit import candle_queries
from service_kit.candle_queries import StoredCandle
from service_kit.database import Database, pooled_connection
from service_kit.errors import ConflictError, ServiceError, UnavailableError
from service_kit.series import Series
from signals_service.decide_candle import CandleDecider
from signals_service.decide_series import SeriesDecider, Step
from signals_service.errors import HoleError, InputMissingError
from signals_service.signal_payload import signal_payload
from signals_service.signal_queries import SignalQueries
from signals_service.signal_row import JsonObject
from trading_core.candle_origin import CandleOrigin

PREVIEW: Final = "preview"
PATIENCE_SECONDS: Final = 10.0
AGAIN_AFTER_SECONDS: Final = 0.05


class SignalGenerator:
    def __init__(
        self,
        database: Database,
        queries: SignalQueries,
        decider: CandleDecider,
        deciders: Mapping[Series, SeriesDecider],
    ) -> None:
        self._database = database
        self._queries = queries
        self._decider = decider
        self._deciders = deciders

    async def generate(self, series: Series) -> JsonObject:
        """A signal as the contract spells it.

        Raises:
            CandlesMissingError: there is a hole in what it is decided from.
            ConflictError: there is no candle yet, or the newest was given up.
            UnavailableError: another required input is away, or the backlog is too long.

        """
        candle = await self._newest_candle(series)
        stored = await self._stored(series, candle)
        if stored is not None:
            return stored
        if candle.origin is CandleOrigin.BACKFILL:
            return await self._preview(series, candle)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await self._decided(series, candle)
        except TimeoutError as error:
            raise UnavailableError("older candles are still being decided") from error

    async def _newest_candle(self, series: Series) -> StoredCandle:
        async with pooled_connection(self._database) as connection:
            candle = await candle_queries.newest_candle(connection, series.symbol, series.timeframe)
        if candle is None:
            raise ConflictError(
                f"there are no {series.timeframe} candles of {series.symbol.slashed} yet"
            )
        return candle

    async def _stored(self, series: Series, candle: StoredCandle) -> JsonObject | None:
        version = self._decider.engine.version
        row = await self._queries.at(series, candle.timestamp, version)
        return None if row is None else signal_payload(row)

    async def _preview(self, series: Series, candle: StoredCandle) -> JsonObject:
        try:
            row = await self._decider.preview(series, candle.timestamp)
        except InputMissingError as missing:
            raise _refusal(missing) from missing
        return {**signal_payload(row), "origin": PREVIEW}

    async def _decided(self, series: Series, candle: StoredCandle) -> JsonObject:
        """Another replica may be about to store it: then its row is waited for."""
        decider = self._deciders[series]
        while await decider.catch_up() is not Step.IDLE:
            if decider.missing is not None:
                raise _refusal(decider.missing) from decider.missing
            await asyncio.sleep(AGAIN_AFTER_SECONDS)
        stored = await self._stored(series, candle)
        if stored is None:
            raise ConflictError(
                f"the newest {series.timeframe} candle of {series.symbol.slashed} was given up"
            )
        return stored


def _refusal(missing: InputMissingError) -> ServiceError:
    return missing.hole if isinstance(missing, HoleError) else UnavailableError(missing.reason)
