import json
from collections.abc import Callable
from dataclasses import asdict, replace

import numpy as np
import pytest

from scored_signals import (
    FIRST_MS,
    HOURS,
    RULES,
    hours_of,
    market_of,
    signal_of,
    wandering_market,
)
from trading_core.candles import Candles
from trading_core.decision.sides import Side
from trading_core.errors import InvalidCandlesError
from trading_core.outcomes.exit_reason import ExitReason
from trading_core.outcomes.follow import outcomes_of
from trading_core.outcomes.position import Position, horizon_end_ms
from trading_core.risk_levels import RiskLevels, risk_levels
from trading_core.scorecard.buy_and_hold import buy_and_hold_percent
from trading_core.scorecard.market import Market
from trading_core.scorecard.random_entries import RandomEntries, random_entries
from trading_core.scorecard.score import TOO_FEW, ScoredSignal, score
from trading_core.scorecard.scorecard import scorecard
from trading_core.scorecard.wilson import wilson_interval
from trading_core.time_range import TimeRange
from trading_core.timeframe import HOUR_MS, Timeframe

WHOLE = TimeRange(FIRST_MS, FIRST_MS + HOURS * HOUR_MS + 1)


@pytest.fixture(scope="module")
def wandering() -> Market:
    return wandering_market()


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval_is_that_of_the_published_table(
    hits: int, count: int, low: float, high: float
) -> None:
    """R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3."""
    assert wilson_interval(hits, count) == pytest.approx((low, high), abs=5e-5)
    mirrored = wilson_interval(count - hits, count)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=5e-5)


def test_a_score_counts_every_way_out() -> None:
    signals = [
        *[signal_of(ExitReason.TAKE_PROFIT_1)] * 20,
        *[signal_of(ExitReason.STOP)] * 14,
        signal_of(ExitReason.STOP, ambiguous=True),
        *[signal_of(ExitReason.HORIZON)] * 5,
    ]
    ours = score(signals)
    assert (ours.n, ours.hits, ours.stopped, ours.expired, ours.ambiguous) == (40, 20, 15, 5, 1)
    assert ours.verdict is None
    assert ours.hit_rate == 0.5
    assert (ours.hit_rate_low, ours.hit_rate_high) == wilson_interval(20, 40)
    results = [one.outcome.net_r for one in signals]
    assert ours.mean_net_r == pytest.approx(np.mean(results))
    assert ours.net_r_standard_error == pytest.approx(np.std(results, ddof=1) / np.sqrt(40))
    assert ours.mean_profit_loss_percent == pytest.approx((20 * 1.25 - 15 * 1.5 + 5 * 0.5) / 40)


def test_under_thirty_outcomes_there_is_no_percentage() -> None:
    few = score([signal_of(ExitReason.STOP)] * 29)
    assert (few.n, few.stopped, few.verdict) == (29, 29, TOO_FEW)
    figures = (few.hit_rate, few.hit_rate_low, few.hit_rate_high)
    assert (*figures, few.mean_net_r, few.mean_profit_loss_percent) == (None,) * 5
    assert score([signal_of(ExitReason.STOP)] * 30).verdict is None


def test_groups_and_sides_are_never_mixed(wandering: Market) -> None:
    groups = {
        "live": [signal_of(ExitReason.STOP, hour=hour) for hour in range(1, 4)],
        "historical": [
            signal_of(ExitReason.TAKE_PROFIT_1, side, hour)
            for hour in range(1, 41)
            for side in Side
        ],
        "late": [],
    }
    card = scorecard(groups, wandering, draws=20)
    assert list(card) == ["live", "historical", "late"]
    assert (card["live"].total.n, card["live"].buy.n, card["live"].sell.n) == (3, 3, 0)
    assert (card["historical"].total.n, card["historical"].sell.n) == (80, 40)
    assert (card["late"].total.verdict, card["late"].baselines) == (TOO_FEW, None)


def test_too_few_signals_are_not_compared_with_random_ones(wandering: Market) -> None:
    card = scorecard({"live": [signal_of(ExitReason.STOP)] * 29}, wandering)
    baselines = card["live"].baselines
    assert baselines is not None
    assert baselines.random_entries is None
    assert baselines.always_hold_net_r == 0


def test_a_scorecard_is_ready_for_json(wandering: Market) -> None:
    signals = [signal_of(ExitReason.STOP, hour=hour) for hour in range(1, 41)]
    card = scorecard({"live": signals}, wandering, draws=20)
    text = json.dumps({name: asdict(group) for name, group in card.items()}, allow_nan=False)
    assert json.loads(text)["live"]["baselines"]["random_entries"]["draws"] == 20


def test_buying_and_holding_pays_fees_twice() -> None:
    candles = hours_of([100.0, 110.0, 121.0])
    entered_ms, left_ms = FIRST_MS + HOUR_MS, FIRST_MS + 3 * HOUR_MS
    gain = buy_and_hold_percent(candles, entered_ms, left_ms, 0.001)
    assert gain == pytest.approx(21 - 0.1 - 0.121)
    assert buy_and_hold_percent(candles, FIRST_MS, left_ms, 0.001) is None


def test_random_entries_are_drawn_alike_from_equal_seeds(wandering: Market) -> None:
    counts = {Side.BUY: 30, Side.SELL: 20}
    ours = random_entries(wandering, counts, WHOLE, 0.0, draws=50, seed=1)
    assert ours == random_entries(wandering, counts, WHOLE, 0.0, draws=50, seed=1)
    other = random_entries(wandering, counts, WHOLE, 0.0, draws=50, seed=2)
    assert ours != other


def test_random_entries_make_what_following_each_of_them_makes(wandering: Market) -> None:
    outcomes = [one.outcome for one in every_entry(wandering, Side.SELL)]
    drawn = drawn_from(wandering, {Side.SELL: 500})
    assert drawn.mean_net_r.mean == pytest.approx(np.mean([o.net_r for o in outcomes]), abs=0.01)
    hits = [one.exit_reason is ExitReason.TAKE_PROFIT_1 for one in outcomes]
    assert drawn.hit_rate.mean == pytest.approx(np.mean(hits), abs=0.01)
    percents = [one.profit_loss_percent for one in outcomes]
    assert drawn.mean_profit_loss_percent.mean == pytest.approx(np.mean(percents), abs=0.02)


def test_random_entries_spread_as_the_standard_error_says(wandering: Market) -> None:
    error = score(every_entry(wandering, Side.BUY)[:300]).net_r_standard_error
    assert error is not None
    spread = drawn_from(wandering, {Side.BUY: 300}).mean_net_r
    width = spread.percentile_95 - spread.percentile_5
    assert width == pytest.approx(2 * 1.645 * error, rel=0.15)


def test_signals_at_the_random_mean_stand_in_the_middle(wandering: Market) -> None:
    mean = drawn_from(wandering, {Side.BUY: 50, Side.SELL: 50}).mean_net_r.mean
    again = random_entries(wandering, {Side.BUY: 50, Side.SELL: 50}, WHOLE, mean, draws=400)
    assert again is not None
    assert again.share_below == pytest.approx(0.5, abs=0.08)


def test_in_a_rising_market_random_buys_win_and_random_sells_lose() -> None:
    rising = market_of((1000 * 1.01 ** np.arange(200)).tolist(), atr=8.0, reach=0.0)
    assert drawn_from(rising, {Side.BUY: 30}).hit_rate.mean > 0.5
    assert drawn_from(rising, {Side.SELL: 30}).hit_rate.mean < 0.2


def test_no_entry_is_drawn_where_no_signal_could_have_been_given(wandering: Market) -> None:
    too_quiet = replace(wandering, atr=np.full(HOURS, 0.5))
    assert random_entries(too_quiet, {Side.BUY: 30}, WHOLE, 0.0) is None
    not_warm = replace(wandering, atr=np.full(HOURS, np.nan))
    assert random_entries(not_warm, {Side.BUY: 30}, WHOLE, 0.0) is None
    after_the_end = TimeRange(WHOLE.end_ms, WHOLE.end_ms + HOUR_MS)
    assert random_entries(wandering, {Side.BUY: 30}, after_the_end, 0.0) is None


def test_a_market_has_one_atr_a_candle(wandering: Market) -> None:
    with pytest.raises(InvalidCandlesError, match="3 values of ATR"):
        replace(wandering, atr=np.ones(3))


def test_random_entries_look_inside_recorded_hours_as_the_signals_do(
    recording: Callable[[str], Candles],
) -> None:
    minutes = recording("ETHUSDT-1m-2024-07")[:6_000]
    hours = recording("ETHUSDT-1h-2017-2024").between(minutes.first_open_ms, minutes.last_open_ms)
    ranges = hours.high - hours.low
    market = Market(candles=hours, atr=ranges * 0.8, rules=RULES, horizon_bars=24, finer=(minutes,))
    whole = TimeRange(hours.first_open_ms, hours.closed_until_ms)
    drawn = random_entries(market, {Side.BUY: 100}, whole, 0.0, draws=400)
    assert drawn is not None
    outcomes = [one.outcome for one in every_entry(market, Side.BUY)]
    assert not any(one.ambiguous for one in outcomes)
    assert drawn.mean_net_r.mean == pytest.approx(np.mean([o.net_r for o in outcomes]), abs=0.02)


def drawn_from(market: Market, counts: dict[Side, int]) -> RandomEntries:
    period = TimeRange(FIRST_MS, market.candles.closed_until_ms + 1)
    drawn = random_entries(market, counts, period, 0.0, draws=200)
    assert drawn is not None
    return drawn


def every_entry(market: Market, side: Side) -> list[ScoredSignal]:
    """Followed one by one from every bar whose horizon the candles hold."""
    candles = market.candles
    positions = [
        position_of(levels, side, int(opened) + HOUR_MS, market.horizon_bars)
        for opened, close, atr in zip(candles.open_time_ms, candles.close, market.atr, strict=True)
        if isinstance(levels := risk_levels(RULES, side, float(close), float(atr)), RiskLevels)
        and opened + (market.horizon_bars + 1) * HOUR_MS <= candles.closed_until_ms
    ]
    outcomes = outcomes_of(positions, candles, market.finer)
    return [
        ScoredSignal(side, position.entered_at_ms, outcome)
        for position, outcome in zip(positions, outcomes, strict=True)
        if outcome is not None
    ]


def position_of(levels: RiskLevels, side: Side, entered_at_ms: int, bars: int) -> Position:
    return Position(
        side=side,
        timeframe=Timeframe.H1,
        entered_at_ms=entered_at_ms,
        horizon_end_ms=horizon_end_ms(Timeframe.H1, entered_at_ms, bars),
        entry=levels.entry,
        stop=levels.stop,
        take_profits=levels.take_profits,
        fee_rate=RULES.fee_per_side,
    )
