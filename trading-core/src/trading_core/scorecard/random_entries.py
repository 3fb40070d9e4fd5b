"""The baseline of entries at random moments, with everything else as the signals have it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trading_core.candles import Candles
from trading_core.decision.sides import Side
from trading_core.errors import InvalidCandlesError
from trading_core.outcomes.book import LEFT_BY, Book
from trading_core.outcomes.exit_reason import ExitReason
from trading_core.outcomes.figures import net_r, profit_loss_percent
from trading_core.outcomes.follow import follow_book
from trading_core.outcomes.price_path import FloatArray, IntArray, price_path
from trading_core.risk_levels import RiskRules, risk_level_series
from trading_core.time_range import TimeRange

DRAWS: Final = 1_000
_PERCENTILES: Final = (5, 95)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Market:
    """Where entries may be drawn, and how they are followed: as the signals were.

    Raises InvalidCandlesError when there is not one ATR a candle.
    """

    candles: Candles
    """Of the signals' own timeframe, reaching from before the first signal to past the last."""
    atr: FloatArray
    """One a candle; NaN where it is not warm."""
    rules: RiskRules
    horizon_bars: int
    finer: tuple[Candles, ...] = ()

    def __post_init__(self) -> None:
        if self.atr.shape != self.candles.close.shape:
            raise InvalidCandlesError(f"{len(self.atr)} values of ATR, {len(self.candles)} candles")


@dataclass(frozen=True, slots=True)
class Distribution:
    """Of one figure over all draws."""

    mean: float
    percentile_5: float
    percentile_95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomEntries:
    """What as many random entries with the same mix of sides made, drawn again and again."""

    draws: int
    seed: int
    mean_net_r: Distribution
    hit_rate: Distribution
    mean_profit_loss_percent: Distribution
    share_below: float
    """The share of draws, 0…1, whose mean net R was below the signals' own."""


@dataclass(frozen=True, slots=True, eq=False)
class _Results:
    """Of entering one side at every bar where its levels hold."""

    net_r: FloatArray
    profit_loss_percent: FloatArray
    hit: NDArray[np.bool_]


def random_entries(
    market: Market,
    counts: Mapping[Side, int],
    period: TimeRange,
    own_mean_net_r: float,
    *,
    draws: int = DRAWS,
    seed: int = 0,
) -> RandomEntries | None:
    """Draw `counts` entries a side from the bars that close in `period`, with replacement.

    Each takes the levels of `market.rules` from its own bar, and only bars where a signal could
    have been given take part: ATR warm, target covering the fees if the rules ask for it. None
    where a side that is asked for has no such bar whose horizon lies within the candles.

    Every possible entry is followed once, the draws only choose; equal seeds draw alike.
    """
    asked = {side: count for side, count in counts.items() if count > 0}
    results = {side: _results_of_every_entry(market, side, period) for side in asked}
    if not asked or any(len(one.net_r) == 0 for one in results.values()):
        return None
    random = np.random.default_rng(seed)
    drawn = np.array([_draw(random, results, asked) for _ in range(draws)])
    return RandomEntries(
        draws=draws,
        seed=seed,
        mean_net_r=_distribution(drawn[:, 0]),
        hit_rate=_distribution(drawn[:, 1]),
        mean_profit_loss_percent=_distribution(drawn[:, 2]),
        share_below=float((drawn[:, 0] < own_mean_net_r).mean()),
    )


def _draw(
    random: np.random.Generator, results: dict[Side, _Results], counts: dict[Side, int]
) -> FloatArray:
    """Mean net R, hit rate and mean profit or loss in percent of one draw."""
    sums = np.zeros(3)
    for side, count in counts.items():
        chosen = random.integers(0, len(results[side].net_r), count)
        sums += (
            results[side].net_r[chosen].sum(),
            results[side].hit[chosen].sum(),
            results[side].profit_loss_percent[chosen].sum(),
        )
    return sums / sum(counts.values())


def _distribution(values: FloatArray) -> Distribution:
    low, high = np.percentile(values, _PERCENTILES)
    return Distribution(float(values.mean()), float(low), float(high))


def _results_of_every_entry(market: Market, side: Side, period: TimeRange) -> _Results:
    book = _book_of_every_entry(market, side, _rows_to_enter(market, period))
    if len(book) > 0:
        follow_book(book, price_path(market.candles, market.finer, side))
    hit = book.left_by == LEFT_BY.index(ExitReason.TAKE_PROFIT_1)
    return _Results(net_r(book), profit_loss_percent(book), hit)


def _rows_to_enter(market: Market, period: TimeRange) -> IntArray:
    bar_ms = market.candles.timeframe.duration_ms
    closed_ms = market.candles.open_time_ms + bar_ms
    if len(closed_ms) == 0:
        return np.empty(0, np.int64)
    in_period = (period.start_ms <= closed_ms) & (closed_ms < period.end_ms)
    return np.flatnonzero(in_period & (closed_ms + market.horizon_bars * bar_ms <= closed_ms[-1]))


def _book_of_every_entry(market: Market, side: Side, rows: IntArray) -> Book:
    candles, sign = market.candles, side.sign
    signs = np.full(len(rows), sign, np.int8)
    levels = risk_level_series(market.rules, signs, candles.close[rows], market.atr[rows])
    hold = levels.refusal_code == 0
    entry = sign * levels.entry[hold]
    entered_at_ms = candles.open_time_ms[rows[hold]] + candles.timeframe.duration_ms
    return Book(
        entry=entry,
        stop=sign * levels.stop[hold],
        targets=sign * levels.take_profits[:, hold].T,
        fee_rate=np.full(len(entry), market.rules.fee_per_side),
        horizon_end_ms=entered_at_ms + market.horizon_bars * candles.timeframe.duration_ms,
        followed_until_ms=entered_at_ms,
        last_close=entry.copy(),
        best=entry.copy(),
        worst=entry.copy(),
    )
