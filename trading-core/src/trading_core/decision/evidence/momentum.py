"""Momentum: RSI's distance from 50, MACD's from its signal line."""

from trading_core.decision.engine import MomentumRules
from trading_core.decision.evidence.ramp import FloatArray, evidence, in_atr, ramp
from trading_core.decision.evidence.wording import not_warm, side_of, without_scale
from trading_core.decision.inputs import BarInputs, DecisionInputs


def momentum_value(rules: MomentumRules, inputs: DecisionInputs) -> FloatArray:
    values = inputs.indicators
    macd = ramp(in_atr(values.macd_histogram, values.atr), rules.macd_full_atr)
    return evidence(
        rules.rsi_share * ramp(values.rsi - 50.0, rules.rsi_full_distance),
        rules.macd_share * macd,
    )


def momentum_sentence(bar: BarInputs) -> str:
    values = bar.indicators
    return f"{_rsi(values.rsi)}; {_macd(values.macd_histogram, values.atr)}"


def _rsi(rsi: float | None) -> str:
    return not_warm("RSI") if rsi is None else f"RSI {rsi:.1f} is {side_of(rsi, 50)} 50"


def _macd(histogram: float | None, atr: float | None) -> str:
    if histogram is None:
        return not_warm("MACD")
    return without_scale(atr) or f"MACD is {side_of(histogram, 0, at='on')} its signal line"
