"""Names of streams: `ethusdt@kline_1m`, `ethusdt@ticker`, `ethusdt@aggTrade` and their like."""

from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe


def kline_stream(symbol: Symbol, timeframe: Timeframe) -> str:
    return f"{symbol.compact.lower()}@kline_{timeframe}"


def ticker_stream(symbol: Symbol) -> str:
    return f"{symbol.compact.lower()}@ticker"


def mini_ticker_stream(symbol: Symbol) -> str:
    return f"{symbol.compact.lower()}@miniTicker"


def aggregate_trade_stream(symbol: Symbol) -> str:
    return f"{symbol.compact.lower()}@aggTrade"


def trade_stream(symbol: Symbol) -> str:
    return f"{symbol.compact.lower()}@trade"


def book_ticker_stream(symbol: Symbol) -> str:
    return f"{symbol.compact.lower()}@bookTicker"
