"""The market that signals were given in: what their baselines are computed on."""

from dataclasses import dataclass

from trading_core.candles import Candles
from trading_core.errors import InvalidCandlesError
from trading_core.outcomes.price_path import FloatArray
from trading_core.risk_levels import RiskRules


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Market:
    """Where entries may be drawn, and how they are followed: as the signals were.

    Raises InvalidCandlesError when there is not one ATR a candle.
    """

    candles: Candles
    """Of the signals' own timeframe, reaching from before the first signal to past the last."""
    atr: FloatArray
    """One a candle; NaN where it is not warm."""
    rules: RiskRules
    horizon_bars: int
    finer: tuple[Candles, ...] = ()

    def __post_init__(self) -> None:
        if self.atr.shape != self.candles.close.shape:
            raise InvalidCandlesError(f"{len(self.atr)} values of ATR, {len(self.candles)} candles")
