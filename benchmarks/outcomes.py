"""Bars followed a CPU second, with a position entered at every bar; beside a plain Python loop.

The market is a seeded random walk of hourly bars. A bar counts once for each position that holds
it, so the rates are of the same work, whoever does it.
"""

import argparse
import time
from collections.abc import Callable
from itertools import cycle

import numpy as np
import talib

from trading_core.candles import Candles
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.decision.sides import Side
from trading_core.outcomes.follow import follow_all, follow_book, outcomes_of
from trading_core.outcomes.ledger import book_of
from trading_core.outcomes.position import Position, horizon_end_ms
from trading_core.outcomes.price_path import FloatArray, price_path
from trading_core.outcomes.progress import Progress
from trading_core.risk_levels import RiskLevels, risk_levels
from trading_core.scorecard.market import Market
from trading_core.scorecard.random_entries import random_entries
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import Timeframe

FIRST_MS = 1_500_000_000_000 // Timeframe.H1.duration_ms * Timeframe.H1.duration_ms
LOOPED = 2_000
HORIZON_BARS = DEFAULT_ENGINE.horizon(Timeframe.H1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candles", type=int, default=65_000)
    candles = _market(parser.parse_args().candles)
    atr = talib.ATR(candles.high, candles.low, candles.close, 14)
    positions = _entered_at_every_bar(candles, atr)
    outcomes = outcomes_of(positions, candles)
    held = sum(one.bars_held for one in outcomes if one)
    looped_held = sum(one.bars_held for one in outcomes[:LOOPED] if one)
    print(f"{len(candles)} bars, {len(positions)} positions holding {held} bars in all")
    rows = candles.rows()
    loop = _rate(lambda: _loop(positions[:LOOPED], rows), looped_held)
    print(f"{'':44}{'bars/CPU s':>14}{'of the loop':>13}")
    _print("plain Python loop, exits only", loop, loop)
    _print(
        "outcomes_of, whole outcomes", _rate(lambda: outcomes_of(positions, candles), held), loop
    )
    _print("the walk alone, over arrays", _walk_rate(positions, candles, held), loop)
    _print_times(candles, atr, positions)


def _walk_rate(positions: list[Position], candles: Candles, held: int) -> float:
    books = {
        side: book_of([Progress.start(one) for one in positions if one.side is side], side)
        for side in Side
    }

    def walk_both() -> None:
        for side, book in books.items():
            follow_book(book, price_path(candles, (), side))

    return held / _cpu_seconds(walk_both)


def _print_times(candles: Candles, atr: FloatArray, positions: list[Position]) -> None:
    market = Market(candles=candles, atr=atr, rules=DEFAULT_ENGINE.risk, horizon_bars=HORIZON_BARS)
    counts = {Side.BUY: 1_500, Side.SELL: 1_500}
    period = TimeRange(candles.first_open_ms, candles.closed_until_ms)
    drawing = _cpu_seconds(lambda: random_entries(market, counts, period, 0.0))
    print(f"1,000 draws of 3,000 random entries: {drawing:.2f} CPU s")
    started = [Progress.start(one) for one in positions[:20]]
    bar = candles.between(positions[19].entered_at_ms, positions[19].horizon_end_ms)[:1]
    once = min(_cpu_seconds(lambda: follow_all(started, bar)) for _ in range(50))
    print(f"one new bar for 20 active positions: {once * 1e3:.2f} CPU ms")


def _market(count: int) -> Candles:
    random = np.random.default_rng(7)
    ends = 2000 * np.exp(np.cumsum(random.normal(0, 0.006, count + 1)))
    opens, closes = ends[:-1], ends[1:]
    reach = 1 + np.abs(random.normal(0, 0.003, (2, count)))
    columns = {
        "timestamp": FIRST_MS + Timeframe.H1.duration_ms * np.arange(count),
        "open": opens,
        "high": np.maximum(opens, closes) * reach[0],
        "low": np.minimum(opens, closes) / reach[1],
        "close": closes,
        "volume": np.ones(count),
    }
    return Candles.from_columns(Symbol("ETH", "USDT"), Timeframe.H1, columns)


def _entered_at_every_bar(candles: Candles, atr: FloatArray) -> list[Position]:
    rules = DEFAULT_ENGINE.risk
    bars = zip(candles.rows(), cycle(Side), atr.tolist(), strict=False)
    placed = ((row, side, risk_levels(rules, side, row[4], range_)) for row, side, range_ in bars)
    return [
        _position(int(row[0]) + Timeframe.H1.duration_ms, side, levels)
        for row, side, levels in placed
        if isinstance(levels, RiskLevels)
    ]


def _position(entered_at_ms: int, side: Side, levels: RiskLevels) -> Position:
    return Position(
        side=side,
        timeframe=Timeframe.H1,
        entered_at_ms=entered_at_ms,
        horizon_end_ms=horizon_end_ms(Timeframe.H1, entered_at_ms, HORIZON_BARS),
        entry=levels.entry,
        stop=levels.stop,
        take_profits=levels.take_profits,
        fee_rate=DEFAULT_ENGINE.risk.fee_per_side,
    )


def _loop(positions: list[Position], rows: list[list[float]]) -> list[float | None]:
    """The exit price of each, bar by bar: what the walk is measured against."""
    firsts = [(one.entered_at_ms - FIRST_MS) // Timeframe.H1.duration_ms for one in positions]
    return [
        _exit(one, rows[first : first + HORIZON_BARS])
        for one, first in zip(positions, firsts, strict=True)
    ]


def _exit(position: Position, rows: list[list[float]]) -> float | None:
    buys = position.side is Side.BUY
    stop, target = position.stop, position.take_profits[0]
    for _, opened, high, low, _, _ in rows:
        if (low <= stop) if buys else (high >= stop):
            return min(opened, stop) if buys else max(opened, stop)
        if (high >= target) if buys else (low <= target):
            return target
    return rows[-1][4] if rows else None


def _rate(work: Callable[[], object], bars: int) -> float:
    return bars / _cpu_seconds(work)


def _cpu_seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _print(name: str, rate: float, loop: float) -> None:
    print(f"{name:44}{rate:14,.0f}{rate / loop:13.1f}")


if __name__ == "__main__":
    main()
