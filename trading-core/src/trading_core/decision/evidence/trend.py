"""Trend: EMA 9, 21 and 50 in line, the price against EMA 200 and against VWAP."""

from trading_core.decision.engine import TrendRules
from trading_core.decision.evidence.ramp import FloatArray, evidence, in_atr, ramp
from trading_core.decision.evidence.wording import not_warm, side_of, without_scale
from trading_core.decision.inputs import BarInputs, DecisionInputs


def trend_value(rules: TrendRules, inputs: DecisionInputs) -> FloatArray:
    """All distances in ATR; alignment is the mean of EMA 9 over 21 and of EMA 21 over 50."""
    values, close = inputs.indicators, inputs.close
    fast = ramp(in_atr(values.ema_9 - values.ema_21, values.atr), rules.alignment_full_atr)
    slow = ramp(in_atr(values.ema_21 - values.ema_50, values.atr), rules.alignment_full_atr)
    above_ema_200 = ramp(in_atr(close - values.ema_200, values.atr), rules.ema_200_full_atr)
    above_vwap = ramp(in_atr(close - values.vwap, values.atr), rules.vwap_full_atr)
    return evidence(
        rules.alignment_share * ((fast + slow) / 2),
        rules.ema_200_share * above_ema_200,
        rules.vwap_share * above_vwap,
    )


def trend_sentence(bar: BarInputs) -> str:
    values = bar.indicators
    return without_scale(values.atr) or "; ".join(
        (
            _alignment(values.ema_9, values.ema_21, values.ema_50),
            _against("EMA 200", values.ema_200, bar.close),
            _against("VWAP", values.vwap, bar.close),
        )
    )


def _alignment(ema_9: float | None, ema_21: float | None, ema_50: float | None) -> str:
    if ema_9 is None or ema_21 is None or ema_50 is None:
        slowest = max((ema_9 is None) * 9, (ema_21 is None) * 21, (ema_50 is None) * 50)
        return not_warm(f"EMA {slowest}")
    if ema_9 > ema_21 > ema_50:
        return "EMA 9 is above EMA 21, above EMA 50"
    if ema_9 < ema_21 < ema_50:
        return "EMA 9 is below EMA 21, below EMA 50"
    return "EMA 9, 21 and 50 are not in line"


def _against(label: str, level: float | None, close: float) -> str:
    if level is None:
        return not_warm(label)
    return f"the close is {abs(close / level - 1):.2%} {side_of(close, level)} {label}"
