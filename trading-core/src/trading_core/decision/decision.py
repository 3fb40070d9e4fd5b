"""A decision with its reasons."""

from dataclasses import dataclass

from trading_core.decision.family import Family
from trading_core.decision.inputs import BarInputs
from trading_core.decision.reasoning import observed
from trading_core.decision.sides import SignalType
from trading_core.frozen_json import JsonObject, to_json
from trading_core.risk_levels import RiskLevels


@dataclass(frozen=True, slots=True)
class Evidence:
    """One row of the "why"."""

    family: Family
    value: float
    """−1…1, positive for BUY."""
    weight: float
    points: float
    """weight × value, exactly."""
    sentence: str

    def points_json(self) -> JsonObject:
        return {"family": self.family.value, "points": self.points}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    signal_type: SignalType
    score: float
    """The exact sum of the evidence's points, in their order."""
    threshold: float
    """θ: BUY at or above it, SELL at or below its negative."""
    evidence: tuple[Evidence, ...]
    levels: RiskLevels | None
    """Of a BUY or SELL; None for HOLD."""
    summary: str
    """What decided; for HOLD, what was missing."""
    inputs: BarInputs

    def reasoning(self) -> JsonObject:
        """What a signal publishes as its `reasoning`; a HOLD's has points without sentences."""
        compact = self.signal_type is SignalType.HOLD
        return {
            **observed(self.inputs),
            "evidence": [row.points_json() if compact else to_json(row) for row in self.evidence],
            "score": self.score,
            "threshold": self.threshold,
            "summary": self.summary,
        }
