"""The order book as the exchange writes it: best prices over REST and as a frame, and its depth."""

import orjson

from exchange_simulator.fixed_point import decimal_text
from exchange_simulator.order_book import OrderBook
from trading_core.symbol import Symbol


def book_ticker_answer(symbol: Symbol, book: OrderBook) -> dict[str, str]:
    names = ("bidPrice", "bidQty", "askPrice", "askQty")
    return {"symbol": symbol.compact, **dict(zip(names, _best(book), strict=True))}


def book_ticker_frame(symbol: Symbol, book: OrderBook, update: int) -> str:
    """A bookTicker has no event name and no event time."""
    best = dict(zip("bBaA", _best(book), strict=True))
    return orjson.dumps({"u": update, "s": symbol.compact, **best}).decode()


def depth_answer(book: OrderBook, update: int) -> bytes:
    sides = {
        name: [[decimal_text(level.price), decimal_text(level.quantity)] for level in side]
        for name, side in (("bids", book.bids), ("asks", book.asks))
    }
    return orjson.dumps({"lastUpdateId": update, **sides})


def _best(book: OrderBook) -> list[str]:
    """Where nothing was traded yet there are no bids, told as the exchange does: zeros."""
    bid = (book.bids[0].price, book.bids[0].quantity) if book.bids else (0, 0)
    ask = (book.asks[0].price, book.asks[0].quantity) if book.bids else (0, 0)
    return [decimal_text(units) for units in (*bid, *ask)]
