"""BUY at or above +θ, SELL at or below −θ, else HOLD: over history, or at one bar.

One bar goes through the code for history as history of one row, so both agree bit for bit. Over
history only numbers are computed; sentences are made for the rows that are asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trading_core.decision.decision import Decision, Evidence
from trading_core.decision.engine import Engine
from trading_core.decision.evidence.sentences import sentences
from trading_core.decision.family import Family
from trading_core.decision.inputs import BarInputs, DecisionInputs
from trading_core.decision.sides import Side, SignalType
from trading_core.decision.summary import missing_summary, refused_summary, taken_summary
from trading_core.decision.weighing import ScoreSeries, weigh
from trading_core.risk_levels import LevelRefusal, RiskLevels, RiskLevelSeries, risk_level_series
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DecisionSeries:
    """Decisions over history, one row a bar."""

    engine: Engine
    timeframe: Timeframe
    inputs: DecisionInputs
    scores: ScoreSeries
    sign: NDArray[np.int8]
    """+1 BUY, −1 SELL, 0 HOLD."""
    reached_rows: NDArray[np.intp]
    """Rows whose score reached θ, ascending: those of BUY and SELL, and those refused."""
    levels: RiskLevelSeries
    """One row for each of `reached_rows`."""

    def __len__(self) -> int:
        return len(self.sign)

    def signal_type_at(self, row: int) -> SignalType:
        return _SIGNAL_TYPES[int(self.sign[row])]

    def levels_at(self, row: int) -> RiskLevels | LevelRefusal | None:
        """None where the score did not reach θ."""
        if abs(self.scores.score[row]) < self.engine.threshold:
            return None
        return self.levels.at(int(np.searchsorted(self.reached_rows, row)))

    def decision_at(self, row: int) -> Decision:
        """With every sentence; the row is counted from 0."""
        inputs = self.inputs.at(row, _memory_ms(self.engine, self.timeframe))
        evidence = self._evidence_at(row, inputs)
        levels = self.levels_at(row)
        score = float(self.scores.score[row])
        return Decision(
            signal_type=self.signal_type_at(row),
            score=score,
            threshold=self.engine.threshold,
            evidence=evidence,
            levels=levels if isinstance(levels, RiskLevels) else None,
            summary=_summary(score, self.engine.threshold, evidence, levels, inputs),
            inputs=inputs,
        )

    def decisions(self, since_row: int = 0) -> Iterator[Decision]:
        """In order of time."""
        return (self.decision_at(row) for row in range(since_row, len(self)))

    def _evidence_at(self, row: int, inputs: BarInputs) -> tuple[Evidence, ...]:
        values = self.scores.values[:, row].tolist()
        points = self.scores.points[:, row].tolist()
        said = sentences(self.engine, self.timeframe, inputs, points)
        weights = self.engine.weights.in_order
        return tuple(map(Evidence, _FAMILIES, values, weights, points, said))


def decide_history(engine: Engine, timeframe: Timeframe, inputs: DecisionInputs) -> DecisionSeries:
    """Every row by itself; a pattern counts for the rows that open after it, by their times."""
    scores = weigh(engine, timeframe, inputs)
    wanted = (scores.score >= engine.threshold).astype(np.int8)
    wanted -= (scores.score <= -engine.threshold).astype(np.int8)
    reached = np.flatnonzero(wanted)
    levels = risk_level_series(
        engine.risk, wanted[reached], inputs.close[reached], inputs.indicators.atr[reached]
    )
    sign = wanted.copy()
    sign[reached[levels.refusal_code > 0]] = 0
    return DecisionSeries(
        engine=engine,
        timeframe=timeframe,
        inputs=inputs,
        scores=scores,
        sign=sign,
        reached_rows=reached,
        levels=levels,
    )


def decide(engine: Engine, timeframe: Timeframe, bar: BarInputs) -> Decision:
    """The decision of one closed bar."""
    return decide_history(engine, timeframe, DecisionInputs.of(bar)).decision_at(0)


def _summary(
    score: float,
    threshold: float,
    evidence: tuple[Evidence, ...],
    levels: RiskLevels | LevelRefusal | None,
    inputs: BarInputs,
) -> str:
    if levels is None:
        return missing_summary(score, threshold, evidence, inputs)
    if isinstance(levels, LevelRefusal):
        return refused_summary(score, threshold, levels)
    return taken_summary(score, threshold, evidence, levels)


def _memory_ms(engine: Engine, timeframe: Timeframe) -> int:
    return engine.pattern_memory_bars * timeframe.duration_ms


_FAMILIES = tuple(Family)
_SIGNAL_TYPES = {
    Side.BUY.sign: SignalType.BUY,
    Side.SELL.sign: SignalType.SELL,
    0: SignalType.HOLD,
}
