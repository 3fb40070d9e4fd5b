"""The result of one signal, once its position is left."""

from dataclasses import dataclass

from trading_core.outcomes.exit_reason import ExitReason
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Everything but `furthest_target` is final from the moment of leaving.

    Per unit of the base asset, with s = +1 for BUY and −1 for SELL:
    gross = s·(exit − entry), net = gross − fee rate·(entry + exit), risk = s·(entry − stop).
    """

    exit_reason: ExitReason
    exit_price: float
    exit_ms: int
    """Close of the bar in which it was left: the moment from which the outcome was known."""
    profit_loss_percent: float
    """100·net / entry."""
    gross_r: float
    """gross / risk: −1 at the stop."""
    net_r: float
    """net / risk."""
    furthest_target: int
    """0…3: the furthest take-profit that the price reached before the stop and the horizon.

    The position is left whole at take-profit 1, yet the price goes on, and a trader wants to
    know how far: until the stop's price, the horizon or take-profit 3 this number may still
    rise. 0 when take-profit 1 was not reached.
    """
    ambiguous: bool
    """Stop and target lay in one bar with nothing finer to look into, so the stop was counted."""
    followed_timeframe: Timeframe
    """Of the bar in which it was left."""
    bars_held: int
    """In bars of the signal's own timeframe, the one in which it was left included."""
    max_favourable_percent: float
    """The best price seen before leaving, in percent of the entry, ≥ 0, before fees.

    Of the bar in which it was left only the exit price counts: the order of the rest is unknown.
    """
    max_adverse_percent: float
    """The worst price seen before leaving, likewise: how far it went against the position, ≥ 0."""
