"""Query parameters that many routes share, read and refused in one way."""

from typing import Annotated

from fastapi import Query
from pydantic import AfterValidator

from service_kit.errors import BadRequestError
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

LARGEST_TIMESTAMP_MS = 2**53
"""Above this a JSON number is no longer exact."""


def _check_symbol(text: str) -> str:
    Symbol.parse(text)
    return text


SymbolText = Annotated[
    str,
    AfterValidator(_check_symbol),
    Query(alias="symbol", description="`ETH/USDT` or `ETHUSDT`", max_length=41),
]
"""The symbol as it was spelt; `Symbol.parse` cannot fail on it."""

TimeframeParameter = Annotated[Timeframe, Query(alias="timeframe")]

TimestampParameter = Annotated[
    int | None, Query(ge=0, le=LARGEST_TIMESTAMP_MS, description="milliseconds UTC")
]

BarParameter = Annotated[
    int, Query(alias="timestamp", ge=0, le=LARGEST_TIMESTAMP_MS, description="the bar's open, ms")
]
"""Whether it lies on the timeframe's grid is for the route to check."""


def check_order(since_ms: int | None, until_ms: int | None) -> None:
    """Raises BadRequestError for a range that holds nothing; None is no bound."""
    if since_ms is not None and until_ms is not None and since_ms >= until_ms:
        raise BadRequestError("since must lie before until")
