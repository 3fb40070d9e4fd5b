"""Against a plain loop over bars, written apart; and that cutting and mirroring change nothing."""

import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plain_follow import bars_of, expected, summary
from trading_core.candles import Candles
from trading_core.decision.sides import Side
from trading_core.errors import InvalidPositionError
from trading_core.outcomes.exit_reason import ExitReason
from trading_core.outcomes.follow import follow, follow_all, outcomes_of
from trading_core.outcomes.position import Position, horizon_end_ms
from trading_core.outcomes.progress import Progress
from trading_core.resampling import resample
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import MINUTE_MS, Timeframe

ENTERED_MS = 1_722_816_000_000
ETH = Symbol("ETH", "USDT")
MINUTES = 60
ASKED = TimeRange(ENTERED_MS, ENTERED_MS + MINUTES * MINUTE_MS)
STEP = 1 / 8

Bars = Callable[..., Candles]
BuildPosition = Callable[..., Position]


def minute_market(seed: int) -> Candles:
    """Minutes around 100, on a grid that float64 holds exactly, a third of them never traded."""
    random = np.random.default_rng(seed)
    jumps, moves = random.integers(-4, 5, (2, MINUTES))
    up, down = random.integers(0, 5, (2, MINUTES))
    closes = 800 + np.cumsum(jumps + moves)
    opens = closes - moves
    columns = {
        "timestamp": ENTERED_MS + MINUTE_MS * np.arange(MINUTES),
        "open": opens * STEP,
        "high": (np.maximum(opens, closes) + up) * STEP,
        "low": (np.minimum(opens, closes) - down) * STEP,
        "close": closes * STEP,
        "volume": np.ones(MINUTES),
    }
    traded = random.random(MINUTES) > random.choice([0.0, 1 / 3])
    there = {name: column[traded] for name, column in columns.items()}
    return Candles.from_columns(ETH, Timeframe.M1, there)


minute_markets = st.integers(0, 2**32).map(minute_market)


@st.composite
def positions(draw: st.DrawFn) -> Position:
    side = draw(st.sampled_from(Side))
    distances = sorted(draw(st.lists(st.integers(1, 48), min_size=3, max_size=3)))
    first, second, third = (100 + side.sign * one * STEP for one in distances)
    return Position(
        side=side,
        timeframe=Timeframe.M15,
        entered_at_ms=ENTERED_MS,
        horizon_end_ms=horizon_end_ms(Timeframe.M15, ENTERED_MS, draw(st.integers(1, 4))),
        entry=100.0,
        stop=100 - side.sign * draw(st.integers(1, 24)) * STEP,
        take_profits=(first, second, third),
        fee_rate=0.001,
    )


def built_of(minutes: Candles, timeframe: Timeframe) -> Candles:
    """Coarser bars of what there is: what is missing was an outage."""
    outages = minutes.gaps(ASKED)
    return resample(minutes, timeframe, complete_until_ms=ASKED.end_ms, outages=outages).candles


@settings(max_examples=25)
@given(minute_markets, positions())
def test_minutes_are_followed_as_the_plain_loop_does(minutes: Candles, position: Position) -> None:
    outcome = outcomes_of([position], minutes)[0]
    assert summary(outcome) == expected(position, list(bars_of(minutes)))


@settings(max_examples=25)
@given(minute_markets, positions(), st.integers(0, MINUTES), st.integers(0, MINUTES))
def test_coarse_bars_with_some_finer_ones_are_followed_as_the_plain_loop_does(
    minutes: Candles, position: Position, since: int, until: int
) -> None:
    whole, fives = built_of(minutes, Timeframe.M15), built_of(minutes, Timeframe.M5)
    some = minutes.between(ENTERED_MS + since * MINUTE_MS, ENTERED_MS + until * MINUTE_MS)
    outcome = outcomes_of([position], whole, [some, fives])[0]
    assert summary(outcome) == expected(position, list(bars_of(whole, fives, some)))


@settings(max_examples=25)
@given(minute_markets, positions())
def test_looking_inside_gives_what_following_the_finest_gives(
    minutes: Candles, position: Position
) -> None:
    whole, fives = built_of(minutes, Timeframe.M15), built_of(minutes, Timeframe.M5)
    outcome = outcomes_of([position], whole, [fives, minutes])[0]
    finest = outcomes_of([position], minutes)[0]
    if outcome and finest and outcome.exit_reason is ExitReason.HORIZON:
        finest = replace(finest, followed_timeframe=Timeframe.M15)
    if finest is not None:  # an outage at the end leaves the minutes waiting for a later one
        assert outcome == finest


@settings(max_examples=15)
@given(minute_markets, st.lists(positions(), min_size=1, max_size=5), st.data())
def test_cutting_the_bars_anywhere_changes_nothing(
    minutes: Candles, together: list[Position], data: st.DataObject
) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(minutes)), max_size=5)))
    states = tuple(map(Progress.start, together))
    for first, end in zip([0, *cuts], [*cuts, len(minutes)], strict=True):
        stored = [Progress.from_json(json.loads(json.dumps(one.to_json()))) for one in states]
        states = follow_all(stored, minutes[:end] if first % 2 else minutes[first:end])
    assert states == follow_all(tuple(map(Progress.start, together)), minutes)
    assert states == tuple(follow(Progress.start(one), minutes) for one in together)


@settings(max_examples=25)
@given(minute_markets, positions())
def test_a_mirrored_market_gives_the_other_side_the_same(
    minutes: Candles, position: Position
) -> None:
    other_way = Candles(
        ETH,
        Timeframe.M1,
        minutes.open_time_ms,
        open=200 - minutes.open,
        high=200 - minutes.low,
        low=200 - minutes.high,
        close=200 - minutes.close,
        volume=minutes.volume,
    )
    first, second, third = (200 - level for level in position.take_profits)
    other_side = replace(
        position,
        side=Side.SELL if position.side is Side.BUY else Side.BUY,
        stop=200 - position.stop,
        take_profits=(first, second, third),
        fee_rate=0.001,
    )
    ours, theirs = outcomes_of([position], minutes)[0], outcomes_of([other_side], other_way)[0]
    if ours is None or theirs is None:
        assert ours == theirs
        return
    assert theirs == replace(
        ours,
        exit_price=200 - ours.exit_price,
        net_r=theirs.net_r,
        profit_loss_percent=theirs.profit_loss_percent,
    )


@settings(max_examples=25)
@given(minute_markets, positions())
def test_net_is_gross_less_the_fees_of_both_sides(minutes: Candles, position: Position) -> None:
    outcome = outcomes_of([position], minutes)[0]
    if outcome is None:
        return
    risk = abs(position.entry - position.stop)
    fees = position.fee_rate * (position.entry + outcome.exit_price)
    assert outcome.net_r == pytest.approx(outcome.gross_r - fees / risk)
    assert outcome.profit_loss_percent == pytest.approx(outcome.net_r * risk, rel=1e-9)
    assert outcome.max_favourable_percent >= 0 <= outcome.max_adverse_percent
    assert outcome.gross_r <= -1 or outcome.exit_reason is not ExitReason.STOP


def test_bars_coarser_than_the_signals_own_are_refused(bars: Bars, position: BuildPosition) -> None:
    hours = bars((100.0, 101.0, 99.0, 100.0), timeframe=Timeframe.H1)
    with pytest.raises(InvalidPositionError, match="cannot follow"):
        outcomes_of([position(timeframe=Timeframe.M15)], hours)


def test_finer_bars_of_another_market_are_refused(bars: Bars, position: BuildPosition) -> None:
    five = bars((100.0, 101.0, 99.0, 100.0), timeframe=Timeframe.M5)
    with pytest.raises(InvalidPositionError, match="do not lie inside"):
        outcomes_of(
            [position(timeframe=Timeframe.M5)],
            five,
            [Candles.empty(Symbol("BTC", "USDT"), Timeframe.M1)],
        )


def test_a_bar_that_was_followed_in_part_is_refused(bars: Bars, position: BuildPosition) -> None:
    quiet = (100.0, 101.0, 99.0, 100.0)
    asked = Progress.start(position(timeframe=Timeframe.M5))
    partly = follow(asked, bars(quiet, quiet))
    with pytest.raises(InvalidPositionError, match="up to where a position was followed"):
        follow(partly, bars(quiet, timeframe=Timeframe.M5))


def test_without_bars_nothing_happens(position: BuildPosition) -> None:
    started = Progress.start(position())
    assert follow(started, Candles.empty(ETH, Timeframe.M1)) == started
