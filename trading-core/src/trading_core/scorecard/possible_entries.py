"""What every entry that a signal could have made would have brought, each followed once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trading_core.decision.sides import Side
from trading_core.outcomes.book import LEFT_BY, Book
from trading_core.outcomes.exit_reason import ExitReason
from trading_core.outcomes.figures import net_r, profit_loss_percent
from trading_core.outcomes.follow import follow_book
from trading_core.outcomes.price_path import FloatArray, IntArray, price_path
from trading_core.risk_levels import risk_level_series
from trading_core.scorecard.market import Market
from trading_core.time_range import TimeRange


@dataclass(frozen=True, slots=True, eq=False)
class PossibleEntries:
    """Of one side: a row for every bar where its levels hold, ascending in time."""

    net_r: FloatArray
    profit_loss_percent: FloatArray
    hit: NDArray[np.bool_]
    exit_ms: IntArray

    def __len__(self) -> int:
        return len(self.net_r)


EntriesBySide = Mapping[Side, PossibleEntries]


def possible_entries(
    market: Market, counts: Mapping[Side, int], period: TimeRange
) -> EntriesBySide | None:
    """Of the sides that `counts` asks for, in its order, at the bars that close in `period`.

    None where nothing is asked for, or a side has no bar whose horizon lies within the candles.
    """
    asked = [side for side, count in counts.items() if count > 0]
    entries = {side: _entries(market, side, period) for side in asked}
    return entries if entries and all(map(len, entries.values())) else None


def draw_entries(
    entries: EntriesBySide, counts: Mapping[Side, int], draws: int, seed: int
) -> Iterator[Mapping[Side, IntArray]]:
    """The chosen rows by side, with replacement; equal seeds and counts draw alike."""
    random = np.random.default_rng(seed)
    for _ in range(draws):
        yield {side: random.integers(0, len(one), counts[side]) for side, one in entries.items()}


def _entries(market: Market, side: Side, period: TimeRange) -> PossibleEntries:
    book = _book_of_every_entry(market, side, _rows_to_enter(market, period))
    if len(book) > 0:
        follow_book(book, price_path(market.candles, market.finer, side))
    hit = book.left_by == LEFT_BY.index(ExitReason.TAKE_PROFIT_1)
    return PossibleEntries(net_r(book), profit_loss_percent(book), hit, book.exit_ms)


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
