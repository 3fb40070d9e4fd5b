"""The scorecard: each group of signals by side, and beside its baselines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trading_core.decision.sides import Side
from trading_core.scorecard.buy_and_hold import buy_and_hold_percent
from trading_core.scorecard.market import Market
from trading_core.scorecard.random_entries import (
    DRAWS,
    RandomEntries,
    entries_like,
    random_entries,
)
from trading_core.scorecard.score import Score, ScoredSignal, score
from trading_core.time_range import TimeRange


@dataclass(frozen=True, slots=True, kw_only=True)
class Baselines:
    """What the same time made without the signals."""

    always_hold_net_r: float
    """0: who never enters wins and loses nothing."""
    buy_and_hold_percent: float | None
    """From the first entry to the last exit; None without candles there."""
    random_entries: RandomEntries | None
    """None where the signals are too few, or no bar could have been entered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupScore:
    total: Score
    buy: Score
    sell: Score
    period: TimeRange | None
    """From the first entry to the last exit; None for an empty group."""
    baselines: Baselines | None
    """None for an empty group."""


def scorecard(
    groups: Mapping[str, Sequence[ScoredSignal]],
    market: Market,
    *,
    draws: int = DRAWS,
    seed: int = 0,
) -> dict[str, GroupScore]:
    """Each group by itself: whoever wants `live` and `historical` in one names such a group.

    The signals are of the market's symbol and timeframe, and were followed on its candles and
    the finer ones. The result is made of dataclasses, so `asdict` makes it ready for JSON.
    """
    return {name: _group_score(signals, market, draws, seed) for name, signals in groups.items()}


def period_of(signals: Sequence[ScoredSignal]) -> TimeRange | None:
    """From the first entry to the last exit; None of no signals."""
    if not signals:
        return None
    return TimeRange(
        min(signal.entered_at_ms for signal in signals),
        max(signal.outcome.exit_ms for signal in signals),
    )


def _group_score(
    signals: Sequence[ScoredSignal], market: Market, draws: int, seed: int
) -> GroupScore:
    period = period_of(signals)
    return GroupScore(
        total=score(signals),
        buy=score([one for one in signals if one.side is Side.BUY]),
        sell=score([one for one in signals if one.side is Side.SELL]),
        period=period,
        baselines=None if period is None else _baselines(signals, period, market, draws, seed),
    )


def _baselines(
    signals: Sequence[ScoredSignal], period: TimeRange, market: Market, draws: int, seed: int
) -> Baselines:
    return Baselines(
        always_hold_net_r=0.0,
        buy_and_hold_percent=buy_and_hold_percent(
            market.candles, period.start_ms, period.end_ms, market.rules.fee_per_side
        ),
        random_entries=_random_entries(signals, market, draws, seed),
    )


def _random_entries(
    signals: Sequence[ScoredSignal], market: Market, draws: int, seed: int
) -> RandomEntries | None:
    own_mean_net_r = score(signals).mean_net_r
    if own_mean_net_r is None:
        return None
    counts, period = entries_like(signals)
    return random_entries(market, counts, period, own_mean_net_r, draws=draws, seed=seed)
