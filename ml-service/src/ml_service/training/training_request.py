"""What a training is asked for."""

from dataclasses import dataclass, field

from ml_service.learning.dataset import LabelRule
from ml_service.learning.training_plan import SEED
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRequest:
    """None is: whatever training does by itself."""

    symbol: str
    """In the compact spelling."""
    timeframe: Timeframe
    label_rule: LabelRule = field(default_factory=LabelRule)
    seed: int = SEED
    lookback_rows: int | None = None
    """Labelled rows to learn from, the newest; None is all there are."""
    since_ms: int | None = None
    """No bar that opens before."""
    untouched_from_ms: int | None = None
    """Bars from here on are only looked at by the last evaluation."""

    @classmethod
    def of(cls, series: Series, label_rule: LabelRule) -> "TrainingRequest":
        """Over all of its history, with the usual settings."""
        return cls(symbol=series.symbol.compact, timeframe=series.timeframe, label_rule=label_rule)

    @property
    def series(self) -> Series:
        return Series(Symbol.parse(self.symbol), self.timeframe)
