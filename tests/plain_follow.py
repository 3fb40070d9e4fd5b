"""Outcomes by a plain loop over bars, written apart from the code under test."""

from collections.abc import Iterator

from trading_core.candles import Candles
from trading_core.decision.sides import Side
from trading_core.outcomes.exit_reason import ExitReason
from trading_core.outcomes.outcome import Outcome
from trading_core.outcomes.position import Position

Bar = tuple[int, int, float, float, float, float]


def bars_of(candles: Candles, *finer: Candles) -> Iterator[Bar]:
    """Each bar, or what lies in it when that has the same open, high, low and close."""
    for row in candles.rows():
        opened, end = int(row[0]), int(row[0]) + candles.timeframe.duration_ms
        for at, inner in enumerate(finer):
            parts = inner.between(opened, end)
            if len(parts) == 0:
                continue
            story = [parts.open[0], parts.high.max(), parts.low.min(), parts.close[-1]]
            if story == row[1:5]:
                yield from bars_of(parts, *finer[at + 1 :])
                break
        else:
            yield opened, end, row[1], row[2], row[3], row[4]


def expected(position: Position, bars: list[Bar]) -> tuple[object, ...] | None:
    """Reason, price, time, furthest target, ambiguity: a loop in the words of the rules."""
    stop, target, last_close = position.stop, position.take_profits[0], position.entry
    for at, (opened, end, first, high, low, close) in enumerate(bars):
        if opened >= position.horizon_end_ms:
            break
        best, worst = (high, low) if position.side is Side.BUY else (low, high)
        if loses(position, first):
            return ExitReason.STOP, first, end, 0, False
        if loses(position, worst) and not gains(position, first, target):
            return ExitReason.STOP, stop, end, 0, gains(position, best, target)
        if gains(position, best, target):
            furthest = furthest_target(position, bars[at:])
            return ExitReason.TAKE_PROFIT_1, target, end, furthest, False
        last_close = close
    if bars and bars[-1][1] >= position.horizon_end_ms:
        return ExitReason.HORIZON, last_close, position.horizon_end_ms, 0, False
    return None


def furthest_target(position: Position, bars: list[Bar]) -> int:
    furthest = 0
    for opened, _, first, high, low, _ in bars:
        if opened >= position.horizon_end_ms:
            break
        best, worst = (high, low) if position.side is Side.BUY else (low, high)
        certain = first if loses(position, worst) else best
        reached = sum(gains(position, certain, level) for level in position.take_profits)
        furthest = max(furthest, reached)
        if loses(position, worst):
            break
    return furthest


def gains(position: Position, price: float, level: float) -> bool:
    return price >= level if position.side is Side.BUY else price <= level


def loses(position: Position, price: float) -> bool:
    return price <= position.stop if position.side is Side.BUY else price >= position.stop


def summary(outcome: Outcome | None) -> tuple[object, ...] | None:
    if outcome is None:
        return None
    return (
        outcome.exit_reason,
        outcome.exit_price,
        outcome.exit_ms,
        outcome.furthest_target,
        outcome.ambiguous,
    )
