"""A series' stored candles as training takes them, read in pieces that fit into memory."""

from collections.abc import AsyncIterator
from typing import Final

import numpy as np

from ml_service.learning.dataset import TrainingData
from ml_service.learning.errors import TooLittleDataError
from ml_service.training.history_range import first_wanted_ms, known_since
from ml_service.training.training_request import TrainingRequest
from service_kit import candle_queries
from service_kit.candle_queries import Page
from service_kit.candle_window_queries import StretchRead, read_stretch
from service_kit.coverage_queries import Reach, reach_of
from service_kit.database import Database, pooled_connection
from service_kit.series import Series
from trading_core.candles import VALUES, Candles
from trading_core.time_range import TimeRange

PIECE_BARS: Final = 100_000


async def read_history(database: Database, request: TrainingRequest, now_ms: int) -> TrainingData:
    """What is stored of bars that have closed by `now_ms`, event time.

    Raises TooLittleDataError where there is nothing, StoreUnavailableError.
    """
    series = request.series
    wanted = await _wanted(database, request, now_ms)
    reads = [read async for read in _pieces(database, series, wanted)]
    candles = _joined(series, reads)
    outages = tuple(sorted({outage for read in reads for outage in read.outages}))
    reach = await _reach(database, series)
    since_ms = known_since(candles, outages, reach, request.since_ms)
    return TrainingData(
        candles.between(since_ms, wanted.end_ms),
        outages,
        reach.first_available_ms or 0,
        request.since_ms or 0,
    )


async def _wanted(database: Database, request: TrainingRequest, now_ms: int) -> TimeRange:
    """From the first to the last stored bar that may be of use."""
    series = request.series
    until_ms = series.timeframe.bar_open(now_ms)
    async with pooled_connection(database) as connection:
        key = (connection, series.symbol, series.timeframe)
        newest = await candle_queries.open_times(*key, Page(1, None, until_ms))
        if not newest:
            raise _nothing_stored(series)
        end_ms = newest[0] + series.bar_ms
        first_ms = first_wanted_ms(
            series.timeframe, end_ms, request.lookback_rows, request.since_ms
        )
        oldest = await candle_queries.open_times(*key, Page(1, first_ms, end_ms))
    if not oldest:
        raise _nothing_stored(series)
    return TimeRange(oldest[0], end_ms)


async def _reach(database: Database, series: Series) -> Reach:
    """While the exchange's first bar is unknown, the first that is stored stands in for it."""
    async with pooled_connection(database) as connection:
        reach = await reach_of(connection, series)
        if reach.first_available_ms is not None:
            return reach
        key = (connection, series.symbol, series.timeframe)
        first = await candle_queries.open_times(*key, Page(1, 0))
    return reach._replace(first_available_ms=first[0] if first else None)


async def _pieces(
    database: Database, series: Series, wanted: TimeRange
) -> AsyncIterator[StretchRead]:
    for start_ms in range(wanted.start_ms, wanted.end_ms, PIECE_BARS * series.bar_ms):
        end_ms = min(start_ms + PIECE_BARS * series.bar_ms, wanted.end_ms)
        yield await read_stretch(database, series, TimeRange(start_ms, end_ms), start_ms)


def _joined(series: Series, reads: list[StretchRead]) -> Candles:
    parts = [read.fresh.candles for read in reads]
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in VALUES}
    columns["timestamp"] = np.concatenate([part.open_time_ms for part in parts])
    return Candles.from_columns(series.symbol, series.timeframe, columns)


def _nothing_stored(series: Series) -> TooLittleDataError:
    return TooLittleDataError(
        f"no {series.timeframe} candles of {series.symbol.slashed} are stored for that time; "
        "let them be collected, or import them"
    )
