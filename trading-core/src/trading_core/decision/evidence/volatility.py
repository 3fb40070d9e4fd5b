"""Volatility: a close stretched towards a Bollinger band speaks against going on that way.

So it works as a brake on trend and momentum, which read the same move as strength.
"""

import numpy as np

from trading_core.decision.engine import VolatilityRules
from trading_core.decision.evidence.ramp import FloatArray, evidence, rise
from trading_core.decision.evidence.wording import not_warm
from trading_core.decision.inputs import BarInputs, DecisionInputs


def volatility_value(rules: VolatilityRules, inputs: DecisionInputs) -> FloatArray:
    """From position = (close − middle) / (upper − middle): 1 on the upper band, −1 on the lower."""
    values = inputs.indicators
    half_width = values.bollinger_upper - values.bollinger_middle
    position = np.divide(
        inputs.close - values.bollinger_middle,
        half_width,
        out=np.full_like(half_width, np.nan),
        where=half_width > 0,
    )
    stretched_down = rise(-position, rules.stretch_from, rules.stretch_full)
    stretched_up = rise(position, rules.stretch_from, rules.stretch_full)
    return evidence(stretched_down - stretched_up)


def volatility_sentence(bar: BarInputs) -> str:
    upper, middle = bar.indicators.bollinger_upper, bar.indicators.bollinger_middle
    if upper is None or middle is None:
        return not_warm("Bollinger 20")
    if upper <= middle:
        return "the Bollinger bands have no width: the price has not moved"
    position = (bar.close - middle) / (upper - middle)
    band = "upper" if position >= 0 else "lower"
    return f"the close is {abs(position):.0%} of the way to the {band} Bollinger band"
