"""Whether Binance can be reached from here, and by which of its hosts."""

from __future__ import annotations

import os
import urllib.error
import urllib.request
from dataclasses import dataclass

ATTEMPT_SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class Exchange:
    rest_url: str
    stream_url: str


BINANCE = Exchange("https://api.binance.com", "wss://stream.binance.com:9443")
# Serves market data only, also where the trading host does not answer.
BINANCE_DATA = Exchange("https://data-api.binance.vision", "wss://data-stream.binance.vision")


def known_exchanges() -> tuple[Exchange, ...]:
    """What the environment names, else Binance's hosts."""
    rest = os.environ.get("EXCHANGE_REST_URL")
    stream = os.environ.get("EXCHANGE_WS_URL")
    if rest or stream:
        return (Exchange(rest or BINANCE.rest_url, stream or BINANCE.stream_url),)
    return (BINANCE, BINANCE_DATA)


def reachable_exchange() -> Exchange | None:
    """The first that answers a ping within `ATTEMPT_SECONDS`."""
    return next((exchange for exchange in known_exchanges() if _answers(exchange)), None)


def _answers(exchange: Exchange) -> bool:
    url = f"{exchange.rest_url}/api/v3/ping"
    try:
        with urllib.request.urlopen(url, timeout=ATTEMPT_SECONDS) as answer:  # noqa: S310  # our URL
            return bool(answer.status == 200)  # noqa: PLR2004  # HTTP's own number
    except (OSError, ValueError):
        return False
