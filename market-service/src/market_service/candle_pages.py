"""Stored candles as JSON bytes, made straight from the database's rows."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from market_service.page_cache import PageCache
from service_kit import candle_queries
from service_kit.candle_queries import Page, StoredCandle
from service_kit.database import Database, pooled_connection
from service_kit.series import Series


@dataclass(frozen=True, slots=True)
class PageAnswer:
    body: bytes
    etag: str | None = None
    """Only for a page that lies wholly in the past: no further close can change it."""


class CandlePages:
    """Every method raises StoreUnavailableError where Redis cannot answer either."""

    def __init__(self, engine: Database, cache: PageCache) -> None:
        self._engine = engine
        self._cache = cache

    async def ohlcv(self, series: Series, limit: int) -> bytes:
        """The newest `limit` candles, ascending, with every stored decimal."""
        return await self._cache.get_or_read(
            series, f"ohlcv-{limit}", lambda: self._read_ohlcv(series, limit)
        )

    async def candles(self, series: Series, page: Page) -> PageAnswer:
        """CCXT rows; the newest are cached, bounded ones in the past carry an ETag."""
        if page.since_ms is None and page.until_ms is None:
            return PageAnswer(
                await self._cache.get_or_read(
                    series, f"candles-{page.limit}", lambda: self._read_newest(series, page.limit)
                )
            )
        rows, closed_until = await self._read_page(series, page)
        body = _candles_json(series, closed_until, rows)
        is_past = page.until_ms is not None and page.until_ms <= (closed_until or 0)
        return PageAnswer(body, _etag(rows) if is_past else None)

    async def volumes(self, series: Series, bars: int) -> list[float]:
        """Of the newest closed bars, oldest first."""
        async with pooled_connection(self._engine) as connection:
            rows = await candle_queries.candle_rows(
                connection, series.symbol, series.timeframe, Page(limit=bars)
            )
        return [row[5] for row in rows]

    async def _read_ohlcv(self, series: Series, limit: int) -> bytes:
        async with pooled_connection(self._engine) as connection:
            stored = await candle_queries.stored_candles(
                connection, series.symbol, series.timeframe, Page(limit=limit)
            )
        symbol, timeframe = series.key
        candles = [_ohlcv_candle(series, candle) for candle in stored]
        answer = {"symbol": symbol, "timeframe": timeframe, "count": len(candles)}
        return orjson.dumps({**answer, "candles": candles})

    async def _read_newest(self, series: Series, limit: int) -> bytes:
        async with pooled_connection(self._engine) as connection:
            rows = await candle_queries.candle_rows(
                connection, series.symbol, series.timeframe, Page(limit=limit)
            )
        closed_until = rows[-1][0] + series.bar_ms if rows else None
        return _candles_json(series, closed_until, rows)

    async def _read_page(
        self, series: Series, page: Page
    ) -> tuple[list[candle_queries.CandleRow], int | None]:
        key = (series.symbol, series.timeframe)
        async with pooled_connection(self._engine) as connection:
            closed_until = await candle_queries.closed_until(connection, *key)
            rows = await candle_queries.candle_rows(connection, *key, page)
        return rows, closed_until


def _candles_json(
    series: Series, closed_until: int | None, rows: list[candle_queries.CandleRow]
) -> bytes:
    symbol, timeframe = series.key
    answer = {"symbol": symbol, "timeframe": timeframe, "closedUntil": closed_until}
    return orjson.dumps({**answer, "candles": rows})


def _etag(rows: list[candle_queries.CandleRow]) -> str:
    """Of the candles, so that a healed hole changes it; weak, because closedUntil moves on."""
    return f'W/"{hashlib.blake2b(orjson.dumps(rows), digest_size=12).hexdigest()}"'


def _ohlcv_candle(series: Series, candle: StoredCandle) -> dict[str, Any]:  # Any: JSON
    symbol, timeframe = series.key
    return {
        "id": str(candle_queries.candle_id(series.symbol, series.timeframe, candle.timestamp)),
        "symbol": symbol,
        "timeframe": timeframe,
        "timestamp": candle.timestamp,
        "open": trimmed(candle.open),
        "high": trimmed(candle.high),
        "low": trimmed(candle.low),
        "close": trimmed(candle.close),
        "volume": trimmed(candle.volume),
        "createdAt": _iso(candle.created_at_ms),
    }


def trimmed(decimal: str) -> str:
    """Without the zeros that a column of eight places adds: `2503.01000000` → `2503.01`."""
    return decimal.rstrip("0").rstrip(".") if "." in decimal else decimal


def _iso(time_ms: int) -> str:
    moment = datetime.fromtimestamp(time_ms / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
