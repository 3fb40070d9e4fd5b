"""Where signals-service finds what it needs in tests."""

from collections.abc import Iterator, Mapping
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
    service_urls: Mapping[str, str]
    """By the name of the setting."""
    folder: Path
    bases: Iterator[str]
    """A market for each test."""

    def settings(self, market: DecidedMarket, **changed: object) -> SignalsSettings:
        """Of a signals-service that watches this market only."""
        symbols = (market.series.symbol,)
        given = {**self._urls(), "symbols": symbols, "clock_file": market.clock_file, **changed}
        return SignalsSettings.model_validate(given)

    def environment(self, market: DecidedMarket) -> dict[str, str]:
        """The same for one that runs as a process."""
        return {
            **{name.upper(): url for name, url in self._urls().items()},
            "SYMBOLS": market.series.symbol.slashed,
            "CLOCK_FILE": str(market.clock_file),
        }

    def _urls(self) -> dict[str, str]:
        own = {"database_url": self.database_url, "redis_url": self.redis_url}
        return {**own, **self.service_urls}
