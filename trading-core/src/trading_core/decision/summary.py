"""One sentence for a decision: what decided, or what a HOLD was missing."""

from collections.abc import Sequence

from trading_core.decision.decision import Evidence
from trading_core.decision.family import Family
from trading_core.decision.inputs import BarInputs
from trading_core.risk_levels import LevelRefusal, RiskLevels


def taken_summary(
    score: float, threshold: float, rows: Sequence[Evidence], levels: RiskLevels
) -> str:
    """Of a BUY or SELL."""
    sign = _sign(score)
    speakers = sorted((row for row in rows if sign * row.points > 0), key=lambda r: -abs(r.points))
    said = ", ".join(f"{row.family} {row.points:+.3f}" for row in speakers)
    narrowed = "; the entry zone is narrowed to stay clear of the stop"
    return f"{_reached(score, threshold)}: {said}{narrowed if levels.zone_narrowed else ''}"


def refused_summary(score: float, threshold: float, refusal: LevelRefusal) -> str:
    """Of a HOLD although the score reached θ."""
    return f"HOLD: {refusal} ({_reached(score, threshold)})"


def missing_summary(
    score: float, threshold: float, rows: Sequence[Evidence], inputs: BarInputs
) -> str:
    """Of a HOLD below θ: how far, and the fewest families whose full voice would close the gap.

    A family that was not there cannot be asked for more; volume has no voice of its own.
    """
    sign, side = _sign(score), _side(score)
    missing = threshold - abs(score)
    return (
        f"HOLD: score {score:+.3f} is {missing:.3f} short of {side} at {sign * threshold:+.3f}; "
        f"{_turn(missing, score, _voices(rows, inputs))}"
    )


def _turn(missing: float, score: float, voices: Sequence[Evidence]) -> str:
    """Whose full voice is enough, though others' may be: those with the most room come first."""
    sign, side = _sign(score), _side(score)
    room = [(row.weight - sign * row.points, row.family.value) for row in voices]
    names = []
    for more, name in sorted(room, reverse=True):
        names.append(name)
        missing -= more
        if missing <= 0:
            return f"with the full voice of {' and '.join(names)} it would be {side}"
    return f"without the absent sources there is not enough evidence for {side}"


def _voices(rows: Sequence[Evidence], inputs: BarInputs) -> list[Evidence]:
    """The rows of the families that could speak; volume has no voice of its own."""
    mute = {Family.VOLUME}
    if inputs.patterns is None:
        mute.add(Family.PATTERNS)
    if inputs.prediction is None or inputs.prediction.abstained:
        mute.add(Family.ML)
    return [row for row in rows if row.family not in mute]


def _reached(score: float, threshold: float) -> str:
    return f"score {score:+.3f} reaches {_side(score)} at {_sign(score) * threshold:+.3f}"


def _sign(score: float) -> int:
    """A score of 0 leans to neither side; it is told how far BUY is."""
    return -1 if score < 0 else 1


def _side(score: float) -> str:
    return "SELL" if score < 0 else "BUY"
