"""The error family of trading-core.

TradingError
├── InvalidSymbolError       a text that names no market
├── InvalidTimeRangeError    a range that ends before it starts, or holds nothing
├── InvalidCandlesError      arrays that are not closed, ordered, aligned, finite candles
├── InvalidResamplingError   a pair of timeframes that does not nest
├── InvalidPositionError     a position's levels, horizon or stored progress that make no sense
├── InvalidEngineError       a table of weights and thresholds that breaks its own rules
├── InvalidDecisionError     inputs of a decision that contradict one another
└── InvalidJsonError         JSON that is not what was written
"""


class TradingError(ValueError):
    """Something given to trading-core breaks its rules."""


class InvalidSymbolError(TradingError):
    def __init__(self, text: str) -> None:
        super().__init__(f"{text[:40]!r} is not a symbol like ETH/USDT or ETHUSDT")


class InvalidTimeRangeError(TradingError):
    def __init__(self, start_ms: int, end_ms: int) -> None:
        super().__init__(f"a time range from {start_ms} to {end_ms} holds nothing")


class InvalidCandlesError(TradingError):
    """The sentence says which row breaks which rule."""


class InvalidResamplingError(TradingError):
    """The target timeframe is not a multiple of the source."""


class InvalidEngineError(TradingError):
    """The sentence says which rule of the decision's table is broken."""


class InvalidPositionError(TradingError):
    """The sentence says which level, horizon, bar or stored value does not fit."""


class InvalidDecisionError(TradingError):
    """Inputs of a decision that contradict one another, or come from another bar."""


class InvalidJsonError(TradingError):
    """The sentence says what was expected."""
