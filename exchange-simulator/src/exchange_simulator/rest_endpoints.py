"""The exchange's REST API under /api/v3: a table of questions, and one way to answer them all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import orjson
from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from exchange_simulator.answer import Answer
from exchange_simulator.binance_errors import BinanceError
from exchange_simulator.book_message import book_ticker_answer, depth_answer
from exchange_simulator.exchange import Exchange
from exchange_simulator.exchange_info import exchange_info
from exchange_simulator.faults.rest_faults import RestFaults
from exchange_simulator.fixed_point import decimal_text
from exchange_simulator.kline_message import kline_rows
from exchange_simulator.parameters import (
    Parameters,
    chosen_symbols,
    depth_query,
    kline_query,
    recent_query,
    ticker_type,
    trade_query,
)
from exchange_simulator.ticker_message import ticker_answer
from exchange_simulator.trade_message import aggregate_answer, trades_answer
from exchange_simulator.weight_limit import WeightLimit
from service_kit.clock import Clock

WEIGHT_HEADER: Final = "X-MBX-USED-WEIGHT-1M"

Answerer = Callable[[Exchange, Parameters, int], bytes]


@dataclass(frozen=True, slots=True)
class Question:
    """A path, who answers, and what it costs: for one symbol, for some, for all."""

    path: str
    answer: Answerer
    weights: tuple[int, int, int]

    def cost(self, parameters: Parameters) -> int:
        one, some, every = self.weights
        if "symbol" in parameters:
            return one
        return some if "symbols" in parameters else every


def ping(_exchange: Exchange, _parameters: Parameters, _now_ms: int) -> bytes:
    return b"{}"


def time(_exchange: Exchange, _parameters: Parameters, now_ms: int) -> bytes:
    return orjson.dumps({"serverTime": now_ms})


def info(exchange: Exchange, parameters: Parameters, now_ms: int) -> bytes:
    symbols = chosen_symbols(parameters, exchange.market.symbols)
    return orjson.dumps(exchange_info(exchange.market, symbols, now_ms))


def klines(exchange: Exchange, parameters: Parameters, now_ms: int) -> bytes:
    query = kline_query(parameters, exchange.market.symbols)
    return kline_rows(exchange.klines(query, now_ms), query.timeframe)


def ticker_24hr(exchange: Exchange, parameters: Parameters, now_ms: int) -> bytes:
    kind = ticker_type(parameters)
    market = exchange.market
    answers = [
        ticker_answer(symbol, exchange.last_day(symbol, now_ms), market.increments(symbol), kind)
        for symbol in chosen_symbols(parameters, market.symbols)
    ]
    return orjson.dumps(answers[0] if "symbol" in parameters else answers)


def ticker_price(exchange: Exchange, parameters: Parameters, now_ms: int) -> bytes:
    answers = [
        {
            "symbol": symbol.compact,
            "price": decimal_text(exchange.last_price(symbol, now_ms)),
        }
        for symbol in chosen_symbols(parameters, exchange.market.symbols)
    ]
    return orjson.dumps(answers[0] if "symbol" in parameters else answers)


def book_ticker(exchange: Exchange, parameters: Parameters, now_ms: int) -> bytes:
    answers = [
        book_ticker_answer(symbol, exchange.order_book(symbol, now_ms, 1))
        for symbol in chosen_symbols(parameters, exchange.market.symbols)
    ]
    return orjson.dumps(answers[0] if "symbol" in parameters else answers)


def depth(exchange: Exchange, parameters: Parameters, now_ms: int) -> bytes:
    symbol, levels = depth_query(parameters, exchange.market.symbols)
    return depth_answer(exchange.order_book(symbol, now_ms, levels), now_ms)


def aggregated(exchange: Exchange, parameters: Parameters, now_ms: int) -> bytes:
    query = trade_query(parameters, exchange.market.symbols)
    return aggregate_answer(exchange.trades(query, now_ms))


def trades(exchange: Exchange, parameters: Parameters, now_ms: int) -> bytes:
    query = recent_query(parameters, exchange.market.symbols)
    return trades_answer(exchange.trades(query, now_ms), query.limit)


QUESTIONS: Final = (
    Question("/ping", ping, (1, 1, 1)),
    Question("/time", time, (1, 1, 1)),
    Question("/exchangeInfo", info, (20, 20, 20)),
    Question("/klines", klines, (2, 2, 2)),
    Question("/ticker/24hr", ticker_24hr, (2, 2, 80)),
    Question("/ticker/price", ticker_price, (2, 4, 4)),
    Question("/ticker/bookTicker", book_ticker, (2, 4, 4)),
    Question("/depth", depth, (5, 5, 5)),
    Question("/aggTrades", aggregated, (4, 4, 4)),
    Question("/trades", trades, (25, 25, 25)),
)


def rest_router(
    exchange: Exchange, clock: Clock, limit: WeightLimit, faults: RestFaults
) -> APIRouter:
    """`clock` is the exchange's own; its wall is the right one."""
    router = APIRouter(prefix="/api/v3", tags=["Binance REST"])
    for question in QUESTIONS:
        endpoint = _endpoint(question, exchange, clock, limit, faults)
        router.add_api_route(question.path, endpoint, response_class=Response)
    return router


def _endpoint(
    question: Question, exchange: Exchange, clock: Clock, limit: WeightLimit, faults: RestFaults
) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        ip = request.client.host if request.client else ""
        parameters = dict(request.query_params)
        try:
            await faults.meet(request)
            limit.charge(ip, question.cost(parameters), clock.wall_ms())
            body = await run_in_threadpool(question.answer, exchange, parameters, clock.now_ms())
            answer, headers = Answer(200, body), {}
        except BinanceError as error:
            told = orjson.dumps({"code": error.code, "msg": error.message})
            answer, headers = Answer(error.status, told), dict(error.headers)
        sent = faults.spoilt(question.path, parameters, answer)
        headers[WEIGHT_HEADER] = str(limit.used(ip, clock.wall_ms()))
        return Response(sent.body, sent.status, headers, media_type=sent.media_type)

    return endpoint
