"""Where signals-service finds what it needs in tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from decided_market import DecidedMarket
from signals_service.settings import SignalsSettings

NOWHERE = "http://127.0.0.1:9"
"""Nobody listens there."""


@dataclass(frozen=True, slots=True)
class SignalSiblings:
    database_url: str
    redis_url: str
    analysis_service_url: str
    patterns_service_url: str
    market_service_url: str
    ml_service_url: str
    folder: Path
    bases: Iterator[str]
    """A market for each test."""

    def settings(self, market: DecidedMarket, **changed: object) -> SignalsSettings:
        """Of a signals-service that watches this market only."""
        urls = {name: getattr(self, name) for name in self.__slots__ if name.endswith("_url")}
        symbols = (market.series.symbol,)
        given = {**urls, "symbols": symbols, "clock_file": market.clock_file, **changed}
        return SignalsSettings(**given)

    def environment(self, market: DecidedMarket) -> dict[str, str]:
        """The same for one that runs as a process."""
        urls = {name: getattr(self, name) for name in self.__slots__ if name.endswith("_url")}
        return {
            **{name.upper(): url for name, url in urls.items()},
            "SYMBOLS": market.series.symbol.slashed,
            "CLOCK_FILE": str(market.clock_file),
        }
