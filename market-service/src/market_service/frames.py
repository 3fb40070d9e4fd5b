"""Messages of the exchange's stream, read and checked; nothing that is not understood passes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson

from market_service.errors import InvalidCandleError, InvalidFrameError
from market_service.exact_candle import (
    ExactCandle,
    read_candle,
    read_price,
    read_time_ms,
    read_volume,
)
from market_service.fault_kind import FaultKind
from service_kit.series import Series
from trading_core.errors import InvalidSymbolError
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True)
class KlineFrame:
    """A bar as it stands; `closed` is the exchange's only word that it is final."""

    candle: ExactCandle
    closed: bool
    sent_at_ms: int
    """The exchange's event time."""


@dataclass(frozen=True, slots=True)
class TickerFrame:
    """The last price and the 24 hours until then."""

    symbol: Symbol
    sent_at_ms: int
    price: float
    open_24h: float
    high_24h: float
    low_24h: float
    volume_24h: float
    """In the base asset."""

    @property
    def change_24h_percent(self) -> float | None:
        return (self.price / self.open_24h - 1) * 100 if self.open_24h else None


@dataclass(frozen=True, slots=True)
class ShutdownNotice:
    """The server is about to end the connection."""


Frame = KlineFrame | TickerFrame | ShutdownNotice
FRAME_KINDS: Final[Mapping[type[Frame], str]] = {
    KlineFrame: "kline",
    TickerFrame: "ticker",
    ShutdownNotice: "shutdown",
}
"""As they are counted."""

_Fields = Mapping[str, Any]  # Any: JSON that is still to be checked


def parse_frame(message: str | bytes) -> Frame:
    """Read a raw or a combined (`{"stream", "data"}`) frame.

    Raises:
        InvalidFrameError: with the reason by which it is counted.

    """
    fields = _read_object(message)
    read = _READERS.get(str(fields.get("e")))
    if read is None:
        raise InvalidFrameError(FaultKind.UNKNOWN_EVENT)
    try:
        return read(fields)
    except InvalidCandleError as error:
        raise InvalidFrameError(error.reason) from error
    except KeyError as error:
        raise InvalidFrameError(FaultKind.MISSING_FIELD) from error


def _read_object(message: str | bytes) -> _Fields:
    try:
        content = orjson.loads(message)
    except orjson.JSONDecodeError as error:
        raise InvalidFrameError(FaultKind.NOT_JSON) from error
    if isinstance(content, dict) and "data" in content:
        content = content["data"]
    if not isinstance(content, dict):
        raise InvalidFrameError(FaultKind.NOT_AN_OBJECT)
    return content


def _read_kline(fields: _Fields) -> KlineFrame:
    kline = fields["k"]
    if not isinstance(kline, dict):
        raise InvalidFrameError(FaultKind.NOT_AN_OBJECT)
    if kline["s"] != fields["s"]:
        raise InvalidFrameError(FaultKind.UNKNOWN_SERIES)
    series = Series(_read_symbol(kline["s"]), _read_timeframe(kline["i"]))
    closed = kline["x"]
    if not isinstance(closed, bool):
        raise InvalidFrameError(FaultKind.BAD_FLAG)
    figures = [kline[name] for name in "ohlcv"]
    candle = read_candle(series, kline["t"], kline["T"], figures)
    return KlineFrame(candle, closed, read_time_ms(fields["E"]))


def _read_ticker(fields: _Fields) -> TickerFrame:
    price, opened, high, low = (float(read_price(fields[name])) for name in "cohl")
    if not price > 0:
        raise InvalidFrameError(FaultKind.BAD_RANGE)
    return TickerFrame(
        symbol=_read_symbol(fields["s"]),
        sent_at_ms=read_time_ms(fields["E"]),
        price=price,
        open_24h=opened,
        high_24h=high,
        low_24h=low,
        volume_24h=float(read_volume(fields["v"])),
    )


def _read_shutdown(_fields: _Fields) -> ShutdownNotice:
    return ShutdownNotice()


def _read_symbol(text: object) -> Symbol:
    try:
        return Symbol.parse(_read_text(text))
    except InvalidSymbolError as error:
        raise InvalidFrameError(FaultKind.UNKNOWN_SERIES) from error


def _read_timeframe(text: object) -> Timeframe:
    try:
        return Timeframe(_read_text(text))
    except ValueError as error:
        raise InvalidFrameError(FaultKind.UNKNOWN_SERIES) from error


def _read_text(value: object) -> str:
    if not isinstance(value, str):
        raise InvalidFrameError(FaultKind.UNKNOWN_SERIES)
    return value


_READERS: Final[Mapping[str, Callable[[_Fields], Frame]]] = {
    "kline": _read_kline,
    "24hrMiniTicker": _read_ticker,
    "24hrTicker": _read_ticker,
    "serverShutdown": _read_shutdown,
}
