"""One frame on its way to those who listen to a stream."""

from dataclasses import dataclass
from typing import Protocol

from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True)
class StreamFrame:
    """`timeframe` is None where it tells no candle; `closing` is the word that one has closed."""

    stream: str
    payload: str
    symbol: Symbol
    timeframe: Timeframe | None = None
    closing: bool = False


class Outlet(Protocol):
    """Where frames go."""

    def wanted(self, stream: str) -> bool: ...

    def publish(self, frame: StreamFrame) -> None: ...
