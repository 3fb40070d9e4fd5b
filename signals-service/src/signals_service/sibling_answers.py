"""What siblings answer about one closed bar, checked as it comes in."""

from pydantic import BaseModel, ConfigDict, field_validator
from pydantic.alias_generators import to_camel

from trading_core.decision.prediction import PredictedDirection, Prediction
from trading_core.indicators.values import INDICATORS, IndicatorSnapshot
from trading_core.patterns.pattern_type import PatternType
from trading_core.patterns.sightings import PatternSighting
from trading_core.volume import VolumeAnalysis


class SiblingAnswer(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, frozen=True, allow_inf_nan=False
    )


class UsedCandles(SiblingAnswer):
    """Exactly the candles that something was computed from: those that open in [from, until)."""

    from_ms: int
    until_ms: int
    hash: str


class IndicatorsAnswer(SiblingAnswer):
    candles: UsedCandles
    indicators: dict[str, float | None]
    timestamp: int

    @field_validator("indicators")
    @classmethod
    def _names_every_indicator(cls, given: dict[str, float | None]) -> dict[str, float | None]:
        if given.keys() != set(INDICATORS):
            raise ValueError(f"not the indicators {', '.join(INDICATORS)}")
        return given

    def snapshot(self) -> IndicatorSnapshot:
        return IndicatorSnapshot(opened_at_ms=self.timestamp, **self.indicators)


class FoundPattern(SiblingAnswer):
    timestamp: int
    pattern_type: PatternType
    strength: int


class PatternsAnswer(SiblingAnswer):
    candles: UsedCandles
    patterns: tuple[FoundPattern, ...]

    def sightings(self) -> tuple[PatternSighting, ...]:
        return tuple(
            PatternSighting(one.timestamp, one.pattern_type, one.strength) for one in self.patterns
        )


class VolumeFigures(SiblingAnswer):
    average: float
    current: float
    ratio: float
    verdict: str


class VolumeAnswer(SiblingAnswer):
    candles: UsedCandles
    volume: VolumeFigures

    def analysis(self) -> VolumeAnalysis:
        return VolumeAnalysis(**self.volume.model_dump())


class Probabilities(BaseModel):
    up: float
    neutral: float
    down: float


class PredictionAnswer(BaseModel):
    """Of ml-service, whose names are snake_case."""

    model_config = ConfigDict(frozen=True, protected_namespaces=(), allow_inf_nan=False)

    direction: PredictedDirection
    probability: float
    probabilities: Probabilities
    model_id: str | None
    abstained: bool
    reason: str | None
    degraded: bool = False

    def prediction(self) -> Prediction:
        """Raises InvalidDecisionError where the probabilities are not shares of 1."""
        shares = self.probabilities
        return Prediction(
            p_up=shares.up,
            p_neutral=shares.neutral,
            p_down=shares.down,
            direction=self.direction,
            probability=self.probability,
            model_id=self.model_id,
            abstained=self.abstained,
            reason=self.reason,
            degraded=self.degraded,
        )
