"""What a decision is made from: one bar's inputs, or history's."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from trading_core.decision.family import Family
from trading_core.decision.prediction import Prediction, PredictionSeries
from trading_core.errors import InvalidDecisionError
from trading_core.frozen_json import JsonObject, from_json, to_json
from trading_core.indicators.values import IndicatorSeries, IndicatorSnapshot
from trading_core.patterns.pattern_type import PatternType
from trading_core.patterns.sightings import PatternSighting
from trading_core.volume import VolumeAnalysis, VolumeSeries

NOT_GIVEN = "it was not asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class BarInputs:
    """Everything behind one decision, as it is stored with a signal.

    None is a source that was not there; `absent` says why, by the family's name. Patterns are the
    sightings of the engine's last `pattern_memory_bars` bars; others are not seen. They are kept by
    time, then in the order of `PatternType`, in whichever order they came.
    Raises InvalidDecisionError where the indicators are another bar's.
    """

    opened_at_ms: int
    close: float
    indicators: IndicatorSnapshot
    patterns: tuple[PatternSighting, ...] | None
    volume: VolumeAnalysis | None
    prediction: Prediction | None
    absent: Mapping[Family, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.indicators.opened_at_ms != self.opened_at_ms:
            raise InvalidDecisionError(
                f"the bar opens at {self.opened_at_ms}, "
                f"its indicators' bar at {self.indicators.opened_at_ms}"
            )
        if self.patterns is not None and len(self.patterns) > 1:
            object.__setattr__(self, "patterns", tuple(sorted(self.patterns, key=_place)))

    def why_absent(self, family: Family) -> str:
        return self.absent.get(family, NOT_GIVEN)

    @property
    def absences(self) -> dict[Family, str]:
        """Every source that was not there, and why."""
        sources = {
            Family.PATTERNS: self.patterns,
            Family.ML: self.prediction,
            Family.VOLUME: self.volume,
        }
        return {
            family: self.why_absent(family) for family, given in sources.items() if given is None
        }

    def to_json(self) -> JsonObject:
        return to_json(self)

    @classmethod
    def from_json(cls, json: object) -> "BarInputs":
        """Raises InvalidJsonError or InvalidDecisionError."""
        return from_json(cls, json)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DecisionInputs:
    """The same over history: one row a bar, ascending; `patterns` ascending, also older ones.

    Raises InvalidDecisionError where they do not, or where the columns are not of one length.
    """

    indicators: IndicatorSeries
    close: NDArray[np.float64]
    patterns: Sequence[PatternSighting] | None
    volume: VolumeSeries | None
    predictions: PredictionSeries | None
    absent: Mapping[Family, str] = field(default_factory=dict)
    _pattern_times: list[int] = field(init=False)

    def __post_init__(self) -> None:
        columns = (self.indicators, self.close, self.volume, self.predictions)
        if len({len(column) for column in columns if column is not None}) > 1:
            raise InvalidDecisionError("the columns of a decision's inputs are not of one length")
        times = [sighting.opened_at_ms for sighting in self.patterns or ()]
        if times != sorted(times):
            raise InvalidDecisionError("the patterns of a decision's inputs do not ascend in time")
        object.__setattr__(self, "_pattern_times", times)

    @classmethod
    def of(cls, bar: BarInputs) -> "DecisionInputs":
        """History of a single bar."""
        return cls(
            indicators=IndicatorSeries.of([bar.indicators]),
            close=np.array([bar.close], dtype=np.float64),
            patterns=bar.patterns,
            volume=None if bar.volume is None else VolumeSeries.of(bar.volume),
            predictions=(None if bar.prediction is None else PredictionSeries.of([bar.prediction])),
            absent=bar.absent,
        )

    def __len__(self) -> int:
        return len(self.close)

    def at(self, row: int, pattern_memory_ms: int) -> BarInputs:
        """One bar's inputs, with the sightings of so many milliseconds."""
        indicators = self.indicators.at(row)
        return BarInputs(
            opened_at_ms=indicators.opened_at_ms,
            close=float(self.close[row]),
            indicators=indicators,
            patterns=self._recent_patterns(indicators.opened_at_ms, pattern_memory_ms),
            volume=None if self.volume is None else self.volume.at(row),
            prediction=None if self.predictions is None else self.predictions.predictions[row],
            absent=self.absent,
        )

    def _recent_patterns(self, now_ms: int, memory_ms: int) -> tuple[PatternSighting, ...] | None:
        if self.patterns is None:
            return None
        first = bisect_right(self._pattern_times, now_ms - memory_ms)
        last = bisect_right(self._pattern_times, now_ms)
        return tuple(self.patterns[first:last])


_ORDER = {kind: order for order, kind in enumerate(PatternType)}


def _place(sighting: PatternSighting) -> tuple[int, int]:
    return sighting.opened_at_ms, _ORDER[sighting.pattern_type]
