"""What market-service is told from outside."""

from typing import Annotated, Final, Self
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, model_validator
from pydantic_settings import NoDecode

from service_kit.settings import (
    CommaSeparated,
    DatabaseSettings,
    FeedSettings,
    Port,
    RedisSettings,
    ServiceSettings,
    split_commas,
)
from trading_core.timeframe import Timeframe

BINANCE_REST_URL: Final = "https://api.binance.com"
BINANCE_REST_URLS: Final = (
    BINANCE_REST_URL,
    "https://api1.binance.com",
    "https://api2.binance.com",
    "https://api3.binance.com",
    "https://api4.binance.com",
    "https://data-api.binance.vision",
)
BINANCE_WS_URL: Final = "wss://stream.binance.com:9443"
BINANCE_WS_URLS: Final = (
    BINANCE_WS_URL,
    "wss://stream.binance.com:443",
    "wss://data-stream.binance.vision",
)
BINANCE_HOSTS: Final = (".binance.com", ".binance.vision")
BACKFILL_BARS: Final[dict[Timeframe, int | None]] = {
    Timeframe.M1: 10_000,
    Timeframe.M5: 10_000,
    Timeframe.M15: 10_000,
    Timeframe.M30: 10_000,
    Timeframe.H1: None,
    Timeframe.H4: None,
    Timeframe.D1: None,
}
"""How many bars of history are fetched at first; None is all that the exchange has."""


def _read_backfill(value: object) -> object:
    """`"1m=20000,1h=all"` changes those timeframes and leaves the others."""
    parts = split_commas(value)
    if not isinstance(parts, list):
        return value
    return {**BACKFILL_BARS, **dict(_read_part(str(part)) for part in parts)}


def _read_part(part: str) -> tuple[Timeframe, int | None]:
    name, _, bars = part.partition("=")
    if bars != "all" and not (bars.isascii() and bars.isdigit() and int(bars) > 0):
        raise ValueError(f"{part[:40]!r} is not like 1m=20000 or 1h=all")
    return Timeframe(name), None if bars == "all" else int(bars)


BackfillBars = Annotated[
    dict[Timeframe, int | None], NoDecode, BeforeValidator(_read_backfill), Field(min_length=1)
]
Url = Annotated[str, Field(pattern=r"^https?://[^\s]+$")]
StreamUrl = Annotated[str, Field(pattern=r"^wss?://[^\s]+$")]


class MarketSettings(ServiceSettings, DatabaseSettings, RedisSettings, FeedSettings):
    port: Port = 8101
    exchange_rest_url: Url = BINANCE_REST_URL
    exchange_rest_alternates: CommaSeparated | None = None
    """Asked in turn where the first refuses this place; without them, Binance's own for Binance."""
    exchange_ws_url: StreamUrl = BINANCE_WS_URL
    exchange_ws_alternates: CommaSeparated | None = None
    backfill_bars: BackfillBars = BACKFILL_BARS

    @model_validator(mode="after")
    def _refuse_two_exchanges(self) -> Self:
        """History of one market under the prices of another would be a lie."""
        if _is_binance(self.exchange_rest_url) != _is_binance(self.exchange_ws_url):
            raise ValueError("EXCHANGE_REST_URL and EXCHANGE_WS_URL are of different exchanges")
        return self

    @property
    def rest_urls(self) -> tuple[str, ...]:
        """The one to ask first, then those to ask where it refuses."""
        return _in_turn(self.exchange_rest_url, self.exchange_rest_alternates, BINANCE_REST_URLS)

    @property
    def ws_urls(self) -> tuple[str, ...]:
        return _in_turn(self.exchange_ws_url, self.exchange_ws_alternates, BINANCE_WS_URLS)


def _is_binance(url: str) -> bool:
    return (urlsplit(url).hostname or "").endswith(BINANCE_HOSTS)


def _in_turn(first: str, told: tuple[str, ...] | None, known: tuple[str, ...]) -> tuple[str, ...]:
    others = told if told is not None else known if _is_binance(first) else ()
    return tuple(dict.fromkeys(url.rstrip("/") for url in (first, *others)))
