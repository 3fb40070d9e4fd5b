"""The routes: parse, call one function, answer."""

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Header, Query, Response

from market_service.candle_pages import CandlePages, PageAnswer
from market_service.collect_candles import CandleCollector, Collected
from market_service.judge_volume import VolumeJudge
from market_service.latest_price import LatestPrice
from market_service.market_status import StatusBoard
from market_service.quality.board import QualityBoard, QualityQuestion
from market_service.quality.schemas import QualityReport
from market_service.schemas import (
    CandlePage,
    CollectedSeries,
    FetchRequest,
    Ohlcv,
    Price,
    Volume,
)
from service_kit.candle_queries import Page
from service_kit.envelope import Envelope, Responses, error_responses, success
from service_kit.errors import UnavailableError
from service_kit.query_parameters import (
    BarParameter,
    SymbolText,
    TimeframeParameter,
    TimestampParameter,
    check_order,
)
from service_kit.series import Series, watched_symbol
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe
from trading_core.volume import VolumeAnalysis, analyse_volume

NOT_MODIFIED: Final = 304
ERRORS: Final = error_responses(400, 404, 503)
UNCHANGED: Final[Responses] = {NOT_MODIFIED: {"description": "The page is the one you have."}}

OptionalTimeframe = Annotated[
    Timeframe | None, Query(alias="timeframe", description="one only; all without it")
]
SinceParameter = Annotated[
    TimestampParameter, Query(description="milliseconds UTC: judge the bars that open from then on")
]
OptionalSymbolText = Annotated[SymbolText | None, Query(alias="symbol")]

OhlcvLimit = Annotated[int, Query(ge=1, le=500)]
PageLimit = Annotated[int, Query(ge=1, le=5_000)]
VolumeBars = Annotated[int, Query(alias="candles", ge=1, le=500)]
FetchLimit = Annotated[int, Query(ge=1, le=1_000)]


@dataclass(frozen=True, slots=True)
class Market:
    """What the routes answer from."""

    symbols: tuple[Symbol, ...]
    prices: LatestPrice
    pages: CandlePages
    collector: CandleCollector
    status: StatusBoard
    volumes: VolumeJudge
    quality: QualityBoard

    def known(self, text: str) -> Symbol:
        """Raises NotFoundError for a market that is not watched."""
        return watched_symbol(self.symbols, text)


def market_router(market: Market) -> APIRouter:
    """The public contract's routes."""
    router = APIRouter(prefix="/api/market", tags=["market"], responses=ERRORS)

    @router.get("/price", response_model=Envelope[Price])
    async def price(symbol: SymbolText = "ETH/USDT") -> Response:
        return success(await market.prices.read(market.known(symbol)))

    @router.get("/ohlcv", response_model=Envelope[Ohlcv])
    async def ohlcv(
        symbol: SymbolText = "ETHUSDT",
        timeframe: TimeframeParameter = Timeframe.H1,
        limit: OhlcvLimit = 100,
    ) -> Response:
        series = Series(market.known(symbol), timeframe)
        return success(await market.pages.ohlcv(series, limit))

    @router.get("/candles", response_model=Envelope[CandlePage], responses=UNCHANGED)
    async def candles(
        symbol: SymbolText = "ETHUSDT",
        timeframe: TimeframeParameter = Timeframe.H1,
        since: TimestampParameter = None,
        until: TimestampParameter = None,
        limit: PageLimit = 500,
        if_none_match: Annotated[str | None, Header()] = None,
    ) -> Response:
        """Ascending; `since` inclusive, `until` exclusive. With `since` the oldest from there."""
        check_order(since, until)
        series = Series(market.known(symbol), timeframe)
        answer = await market.pages.candles(series, Page(limit, since, until))
        return _candle_page(answer, if_none_match)

    @router.get("/volume", response_model=Envelope[Volume])
    async def volume(
        symbol: SymbolText = "ETHUSDT",
        timeframe: TimeframeParameter = Timeframe.H1,
        bars: VolumeBars = 24,
    ) -> Response:
        series = Series(market.known(symbol), timeframe)
        volumes = await market.pages.volumes(series, bars)
        if not volumes:
            raise UnavailableError(f"there are no {timeframe} candles of {symbol} yet")
        return success(_volume(series, analyse_volume(volumes)))

    @router.get("/quality", response_model=Envelope[QualityReport])
    async def quality(
        symbol: SymbolText = "ETHUSDT",
        timeframe: OptionalTimeframe = None,
        since: SinceParameter = None,
    ) -> Response:
        """How whole each series is, how its bars came, and how old the feed was."""
        question = QualityQuestion(market.known(symbol), timeframe, since)
        return success(await market.quality.read(question))

    @router.post("/fetch", response_model=Envelope[FetchRequest])
    async def fetch(
        symbol: SymbolText = "ETH/USDT",
        timeframe: TimeframeParameter = Timeframe.H1,
        limit: FetchLimit = 500,
    ) -> Response:
        """Ask the exchange for the newest closed candles, stored or not."""
        series = Series(market.known(symbol), timeframe)
        fetched = await market.collector.fetch_newest(series, limit)
        request = FetchRequest(symbol=series.symbol.slashed, timeframe=timeframe, limit=limit)
        return success(request, message=f"{fetched.stored} new candles stored")

    return router


def operator_router(market: Market) -> APIRouter:
    """For siblings and for `eth status`; the gateway does not pass these on."""
    router = APIRouter(include_in_schema=False)

    @router.post("/collect")
    async def collect(timeframe: TimeframeParameter, symbol: OptionalSymbolText = None) -> Response:
        symbols = market.symbols if symbol is None else (market.known(symbol),)
        collected = [await market.collector.collect(Series(one, timeframe)) for one in symbols]
        return success([_collected(one).model_dump(by_alias=True) for one in collected])

    @router.post("/closed-bar")
    async def closed_bar(
        symbol: SymbolText, timeframe: TimeframeParameter, bar_open_ms: BarParameter
    ) -> Response:
        """What this service knows of exactly one closed bar: its volume."""
        series = Series(market.known(symbol), timeframe)
        judged = await market.volumes.at(series, series.checked_bar(bar_open_ms))
        return success(judged.to_json())

    @router.get("/status")
    async def status() -> Response:
        body = (await market.status.read()).model_dump_json(by_alias=True)
        return Response(body, media_type="application/json")

    return router


def _candle_page(answer: PageAnswer, known_tag: str | None) -> Response:
    if answer.etag is None:
        return success(answer.body)
    headers = {"ETag": answer.etag, "Cache-Control": "no-cache"}
    if known_tag is not None and _matches(answer.etag, known_tag):
        return Response(status_code=NOT_MODIFIED, headers=headers)
    return success(answer.body, headers=headers)


def _matches(etag: str, known: str) -> bool:
    """If-None-Match: a list of tags, weak or strong, or `*`."""
    tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
    return "*" in tags or etag.removeprefix("W/") in tags


def _volume(series: Series, analysis: VolumeAnalysis) -> Volume:
    return Volume(
        symbol=series.symbol.compact,
        timeframe=series.timeframe,
        avg_volume=analysis.average,
        current_volume=analysis.current,
        volume_ratio=analysis.ratio,
        analysis=analysis.verdict,
    )


def _collected(collected: Collected) -> CollectedSeries:
    return CollectedSeries(
        symbol=collected.series.symbol.compact,
        timeframe=collected.series.timeframe,
        stored=collected.fetched.stored,
        healed=collected.fetched.healed,
        holes=collected.holes,
        outages=collected.fetched.outages,
    )
