"""Klines as the exchange writes them: rows over REST, frames over WebSocket."""

from collections.abc import Iterable

from exchange_simulator.bars import Bar
from exchange_simulator.fixed_point import decimal_text
from exchange_simulator.trade_figures import trade_figures
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe


def kline_rows(bars: Iterable[Bar], timeframe: Timeframe) -> bytes:
    """The answer of `klines`: a JSON array of rows of 12 fields."""
    return f"[{','.join(_row(bar, timeframe) for bar in bars)}]".encode()


def kline_frame(
    symbol: Symbol, timeframe: Timeframe, bar: Bar, *, closed: bool, event_ms: int
) -> str:
    """A `kline` event; `x` alone says whether the candle has closed."""
    f = trade_figures(bar, timeframe)
    name, final = symbol.compact, "true" if closed else "false"
    return (
        f'{{"e":"kline","E":{event_ms},"s":"{name}","k":{{'
        f'"t":{bar.open_ms},"T":{bar.open_ms + timeframe.duration_ms - 1},"s":"{name}",'
        f'"i":"{timeframe}","f":{f.first_id},"L":{f.last_id},'
        f'"o":"{decimal_text(bar.open)}","c":"{decimal_text(bar.close)}",'
        f'"h":"{decimal_text(bar.high)}","l":"{decimal_text(bar.low)}",'
        f'"v":"{decimal_text(bar.volume)}","n":{f.trades},"x":{final},'
        f'"q":"{decimal_text(f.quote_volume)}","V":"{decimal_text(f.taker_base)}",'
        f'"Q":"{decimal_text(f.taker_quote)}","B":"0"}}}}'
    )


def _row(bar: Bar, timeframe: Timeframe) -> str:
    f = trade_figures(bar, timeframe)
    return (
        f'[{bar.open_ms},"{decimal_text(bar.open)}","{decimal_text(bar.high)}",'
        f'"{decimal_text(bar.low)}","{decimal_text(bar.close)}","{decimal_text(bar.volume)}",'
        f'{bar.open_ms + timeframe.duration_ms - 1},"{decimal_text(f.quote_volume)}",{f.trades},'
        f'"{decimal_text(f.taker_base)}","{decimal_text(f.taker_quote)}","0"]'
    )
