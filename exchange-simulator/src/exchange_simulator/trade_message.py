"""Trades as the exchange writes them: over REST and as frames, aggregated and one by one."""

from collections.abc import Iterable, Iterator
from typing import Final

import orjson

from exchange_simulator.aggregate_trades import AggregateTrade
from exchange_simulator.fixed_point import UNITS, decimal_text
from trading_core.symbol import Symbol

JsonObject = dict[str, object]

BEST_MATCH: Final = True


def aggregate_answer(trades: Iterable[AggregateTrade]) -> bytes:
    return orjson.dumps([_aggregate(trade) for trade in trades])


def aggregate_frame(symbol: Symbol, trade: AggregateTrade, event_ms: int) -> str:
    """An `aggTrade` event."""
    head = {"e": "aggTrade", "E": event_ms, "s": symbol.compact}
    return orjson.dumps(head | _aggregate(trade)).decode()


def trades_answer(trades: Iterable[AggregateTrade], limit: int) -> bytes:
    """The last `limit` single trades."""
    single = [
        {
            "id": number,
            "price": decimal_text(trade.price),
            "qty": decimal_text(quantity),
            "quoteQty": decimal_text(trade.price * quantity // UNITS),
            "time": trade.time_ms,
            "isBuyerMaker": trade.buyer_is_maker,
            "isBestMatch": BEST_MATCH,
        }
        for trade in trades
        for number, quantity in _single(trade)
    ]
    return orjson.dumps(single[-limit:])


def trade_frames(symbol: Symbol, trade: AggregateTrade, event_ms: int) -> Iterator[str]:
    """A `trade` event for each trade of an aggregate."""
    for number, quantity in _single(trade):
        fields: JsonObject = {
            "e": "trade",
            "E": event_ms,
            "s": symbol.compact,
            "t": number,
            "p": decimal_text(trade.price),
            "q": decimal_text(quantity),
            "T": trade.time_ms,
            "m": trade.buyer_is_maker,
            "M": BEST_MATCH,
        }
        yield orjson.dumps(fields).decode()


def _aggregate(trade: AggregateTrade) -> JsonObject:
    return {
        "a": trade.number,
        "p": decimal_text(trade.price),
        "q": decimal_text(trade.quantity),
        "f": trade.first_id,
        "l": trade.last_id,
        "T": trade.time_ms,
        "m": trade.buyer_is_maker,
        "M": BEST_MATCH,
    }


def _single(trade: AggregateTrade) -> Iterator[tuple[int, int]]:
    """Id and quantity of each trade: equal shares, the last one with what is left over."""
    count = trade.last_id - trade.first_id + 1
    share = trade.quantity // count
    for number in range(trade.first_id, trade.last_id):
        yield number, share
    yield trade.last_id, trade.quantity - (count - 1) * share
