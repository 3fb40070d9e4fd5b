"""Signals that were left in a given way, and a market of hours, for the scorecard's tests."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from trading_core.candles import Candles
from trading_core.decision.sides import Side
from trading_core.outcomes.exit_reason import ExitReason
from trading_core.outcomes.outcome import Outcome
from trading_core.risk_levels import RiskRules
from trading_core.scorecard.market import Market
from trading_core.scorecard.score import ScoredSignal
from trading_core.symbol import Symbol
from trading_core.timeframe import HOUR_MS, Timeframe

ETH = Symbol("ETH", "USDT")
FIRST_MS = 1_700_002_800_000
HOURS = 400
RULES = RiskRules(
    zone_fraction=0.005,
    narrow_zone_atr=0.25,
    stop_atr=1.5,
    take_profits_atr=(2.0, 3.0, 4.0),
    fee_per_side=0.001,
    target_must_cover_fees=True,
)
EXITS = {
    ExitReason.TAKE_PROFIT_1: (1.25, 1.25),
    ExitReason.STOP: (-1.125, -1.5),
    ExitReason.HORIZON: (0.25, 0.5),
}


def signal_of(
    reason: ExitReason, side: Side = Side.BUY, hour: int = 1, *, ambiguous: bool = False
) -> ScoredSignal:
    net_r, percent = EXITS[reason]
    entered_at_ms = FIRST_MS + hour * HOUR_MS
    outcome = Outcome(
        exit_reason=reason,
        exit_price=100.0,
        exit_ms=entered_at_ms + HOUR_MS,
        profit_loss_percent=percent,
        gross_r=net_r + 0.125,
        net_r=net_r,
        furthest_target=0,
        ambiguous=ambiguous,
        followed_timeframe=Timeframe.H1,
        bars_held=1,
        max_favourable_percent=1.0,
        max_adverse_percent=1.0,
    )
    return ScoredSignal(side, entered_at_ms, outcome)


def with_net_r(signal: ScoredSignal, net_r: float) -> ScoredSignal:
    return replace(signal, outcome=replace(signal.outcome, net_r=net_r))


def hours_of(closes: Sequence[float], reach: float = 0.01) -> Candles:
    """Hours without gaps whose range goes beyond open and close by that share."""
    ends = np.array(closes)
    opens = np.concatenate((ends[:1], ends[:-1]))
    columns = {
        "timestamp": FIRST_MS + HOUR_MS * np.arange(len(ends)),
        "open": opens,
        "high": np.maximum(opens, ends) * (1 + reach),
        "low": np.minimum(opens, ends) * (1 - reach),
        "close": ends,
        "volume": np.ones(len(ends)),
    }
    return Candles.from_columns(ETH, Timeframe.H1, columns)


def market_of(closes: Sequence[float], atr: float = 20.0, reach: float = 0.01) -> Market:
    candles = hours_of(closes, reach)
    return Market(candles=candles, atr=np.full(len(candles), atr), rules=RULES, horizon_bars=12)


def wandering_market() -> Market:
    random = np.random.default_rng(3)
    return market_of((2000 * np.cumprod(1 + random.normal(0, 0.008, HOURS))).tolist())


scored_signals = st.lists(
    st.builds(
        lambda reason, side, hour, net_r: with_net_r(signal_of(reason, side, hour), net_r),
        st.sampled_from(list(EXITS)),
        st.sampled_from(list(Side)),
        st.integers(0, 3_000),
        st.floats(-5, 5),
    ),
    max_size=60,
)
"""In no order; several may be entered, and left, in one hour."""
