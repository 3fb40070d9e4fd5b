"""What no exchange offers but tests need: the feed's identity and the ledger. Loopback only."""

from typing import Annotated, Final

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse

from exchange_simulator.feed import Feed
from exchange_simulator.ledger import LedgerQuery, first_closed_after, ledger_json
from exchange_simulator.market import Market
from service_kit.clock import Clock
from service_kit.errors import ForbiddenError, NotFoundError
from service_kit.settings import LOOPBACK_HOSTS
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

LATEST_MS: Final = 2**53
MOST_ROWS: Final = 10_000_000

Milliseconds = Annotated[int | None, Query(ge=0, le=LATEST_MS)]


def refuse_strangers(request: Request) -> None:
    """A page of another site, open on this machine, is a stranger too.

    Raises: ForbiddenError.
    """
    if "origin" in request.headers:
        raise ForbiddenError("the control surface answers no web page")
    if request.client is None or request.client.host not in LOOPBACK_HOSTS:
        raise ForbiddenError("the control surface answers this machine only")


def control_router(feed: Feed, market: Market, clock: Clock) -> APIRouter:
    router = APIRouter(
        prefix="/control", tags=["Control"], dependencies=[Depends(refuse_strangers)]
    )

    @router.get("/feed")
    async def describe() -> Response:
        body = feed.description() | {"nowMs": clock.now_ms()}
        return Response(orjson.dumps(body), media_type="application/json")

    @router.get("/ledger")
    async def ledger(
        symbol: str,
        timeframe: Timeframe,
        since: Milliseconds = None,
        until: Milliseconds = None,
        limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = MOST_ROWS,
    ) -> Response:
        """Closed candles by open time in [since, until]; by default since the feed began."""
        now_ms = clock.now_ms()
        query = LedgerQuery(
            symbol=_listed(symbol, feed),
            timeframe=timeframe,
            first_ms=first_closed_after(timeframe, feed.start_ms) if since is None else since,
            end_ms=LATEST_MS if until is None else until + 1,
            limit=limit,
        )
        pieces = ledger_json(market.at(now_ms), query, now_ms)
        return StreamingResponse(pieces, media_type="application/json")

    return router


def _listed(text: str, feed: Feed) -> Symbol:
    symbol = Symbol.parse(text)
    if symbol not in feed.market.symbols:
        raise NotFoundError(f"{symbol.slashed} is not on this exchange")
    return symbol
