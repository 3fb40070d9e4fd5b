"""The volume of one closed bar against the bars before it, from exactly the candles it names."""

from dataclasses import dataclass
from typing import Any

from service_kit import candle_queries
from service_kit.candle_queries import Page
from service_kit.database import Database, pooled_connection
from service_kit.errors import CandlesMissingError
from service_kit.series import Series
from trading_core.candles import Candles
from trading_core.time_range import TimeRange
from trading_core.volume import AVERAGE_BARS, VolumeAnalysis, analyse_volume


@dataclass(frozen=True, slots=True)
class JudgedVolume:
    candles: Candles
    """The last `AVERAGE_BARS` up to the bar, or what the exchange has of them; never none."""
    analysis: VolumeAnalysis

    def to_json(self) -> dict[str, Any]:  # Any: JSON
        volume = self.analysis
        return {
            "symbol": self.candles.symbol.compact,
            "timeframe": self.candles.timeframe.value,
            "timestamp": self.candles.last_open_ms,
            "candles": {
                "fromMs": self.candles.first_open_ms,
                "untilMs": self.candles.closed_until_ms,
                "hash": self.candles.content_hash(),
            },
            "volume": {
                "average": volume.average,
                "current": volume.current,
                "ratio": volume.ratio,
                "verdict": volume.verdict,
            },
        }


class VolumeJudge:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def at(self, series: Series, open_ms: int) -> JudgedVolume:
        """Judge a bar that is stored; asking again gives the same until a candle is revised.

        Raises:
            CandlesMissingError: the bar, or one that its average needs, is not stored.
            StoreUnavailableError: the database is away.

        """
        bar = TimeRange(open_ms, open_ms + series.bar_ms)
        async with pooled_connection(self._database) as connection:
            key = (connection, series.symbol, series.timeframe)
            first_ms = await candle_queries.first_available(*key)
            start_ms = series.timeframe.window_start(open_ms, first_ms or 0)
            newest = await candle_queries.candles(*key, Page(AVERAGE_BARS, until_ms=bar.end_ms))
            candles = newest.between(start_ms, bar.end_ms)
            if len(candles) == 0 or candles.last_open_ms != open_ms:
                raise CandlesMissingError(series.symbol, series.timeframe, [bar])
            if len(candles) == AVERAGE_BARS:
                start_ms = candles.first_open_ms
            missing = await candle_queries.holes(*key, TimeRange(start_ms, bar.end_ms))
        if missing:
            raise CandlesMissingError(series.symbol, series.timeframe, missing)
        return JudgedVolume(candles, analyse_volume(candles.volume.tolist()))
