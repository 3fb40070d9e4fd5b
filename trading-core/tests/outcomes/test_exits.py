from collections.abc import Callable

import pytest

from trading_core.candles import Candles
from trading_core.decision.sides import Side
from trading_core.outcomes.exit_reason import ExitReason
from trading_core.outcomes.follow import follow, outcomes_of
from trading_core.outcomes.outcome import Outcome
from trading_core.outcomes.position import Position
from trading_core.outcomes.progress import Progress
from trading_core.signal_state import SignalStatus
from trading_core.timeframe import MINUTE_MS, Timeframe

Bars = Callable[..., Candles]
BuildPosition = Callable[..., Position]

QUIET = (100.0, 100.5, 99.5, 100.0)
TO_TARGET_1 = (100.0, 102.25, 99.0, 101.0)
TO_TARGET_3 = (100.0, 104.0, 99.0, 103.0)
TO_STOP = (100.0, 101.0, 98.0, 99.0)
BOTH = (100.0, 102.5, 98.0, 101.0)


def outcome_of(position: Position, candles: Candles, *finer: Candles) -> Outcome:
    outcome = outcomes_of([position], candles, finer)[0]
    assert outcome is not None
    return outcome


def test_take_profit_1_is_left_at_its_level(bars: Bars, position: BuildPosition) -> None:
    asked = position()
    outcome = outcome_of(asked, bars(QUIET, TO_TARGET_1))
    assert (outcome.exit_reason, outcome.exit_price) == (ExitReason.TAKE_PROFIT_1, 102.0)
    assert outcome.exit_ms == asked.entered_at_ms + 2 * MINUTE_MS
    assert outcome.exit_reason.status is SignalStatus.CLOSED
    assert (outcome.bars_held, outcome.furthest_target, outcome.ambiguous) == (2, 1, False)
    assert outcome.gross_r == pytest.approx(2 / 1.5)


def test_a_level_is_reached_when_the_price_just_touches_it(
    bars: Bars, position: BuildPosition
) -> None:
    touched = outcome_of(position(), bars((100.0, 102.0, 99.0, 100.0)))
    assert touched.exit_reason is ExitReason.TAKE_PROFIT_1
    stopped = outcome_of(position(), bars((100.0, 101.0, 98.5, 100.0)))
    assert stopped.exit_reason is ExitReason.STOP


def test_the_stop_is_left_at_its_level_and_loses_one_risk(
    bars: Bars, position: BuildPosition
) -> None:
    outcome = outcome_of(position(), bars(TO_STOP))
    assert (outcome.exit_reason, outcome.exit_price) == (ExitReason.STOP, 98.5)
    assert (outcome.gross_r, outcome.furthest_target, outcome.ambiguous) == (-1.0, 0, False)
    assert outcome.exit_reason.status is SignalStatus.CLOSED


def test_a_bar_that_opens_beyond_the_stop_is_left_at_its_open(
    bars: Bars, position: BuildPosition
) -> None:
    outcome = outcome_of(position(), bars(QUIET, (97.0, 103.0, 96.0, 102.5)))
    assert (outcome.exit_reason, outcome.exit_price) == (ExitReason.STOP, 97.0)
    assert outcome.gross_r == -2.0
    assert not outcome.ambiguous


def test_a_bar_that_opens_beyond_the_target_is_left_at_the_target_and_no_better(
    bars: Bars, position: BuildPosition
) -> None:
    outcome = outcome_of(position(), bars(QUIET, (103.5, 104.5, 103.0, 103.0)))
    assert (outcome.exit_reason, outcome.exit_price) == (ExitReason.TAKE_PROFIT_1, 102.0)
    assert outcome.furthest_target == 3


def test_a_bar_that_opens_beyond_the_target_and_falls_to_the_stop_is_no_riddle(
    bars: Bars, position: BuildPosition
) -> None:
    outcome = outcome_of(position(), bars((103.5, 105.0, 98.0, 98.0)))
    assert (outcome.exit_reason, outcome.ambiguous) == (ExitReason.TAKE_PROFIT_1, False)
    assert outcome.furthest_target == 2, "take-profit 3 may have come after the stop's price"


def test_stop_and_target_in_one_bar_count_as_the_stop_and_are_flagged(
    bars: Bars, position: BuildPosition
) -> None:
    outcome = outcome_of(position(), bars(BOTH))
    assert (outcome.exit_reason, outcome.exit_price) == (ExitReason.STOP, 98.5)
    assert outcome.ambiguous
    assert outcome.furthest_target == 0


@pytest.mark.parametrize(
    ("minutes", "reason"),
    [
        ((TO_TARGET_1, (101.0, 101.0, 98.0, 98.0)), ExitReason.TAKE_PROFIT_1),
        ((TO_STOP, (99.0, 102.5, 99.0, 101.0)), ExitReason.STOP),
    ],
)
def test_finer_bars_say_which_of_both_came_first(
    bars: Bars, position: BuildPosition, minutes: tuple[object, ...], reason: ExitReason
) -> None:
    inside = bars(*minutes, *[(minutes[-1][3],) * 4] * 3)  # type: ignore[index]  # four prices
    highest, lowest, last = inside.high.max(), inside.low.min(), inside.close[-1]
    whole = bars((100.0, highest, lowest, last), timeframe=Timeframe.M5)
    asked = position(timeframe=Timeframe.M5)
    assert outcome_of(asked, whole).ambiguous
    outcome = outcome_of(asked, whole, inside)
    assert (outcome.exit_reason, outcome.ambiguous) == (reason, False)
    assert outcome.followed_timeframe is Timeframe.M1
    assert outcome.exit_ms == asked.entered_at_ms + MINUTE_MS


def test_finer_bars_that_tell_another_story_are_not_believed(
    bars: Bars, position: BuildPosition
) -> None:
    one_minute_of_five = bars(TO_TARGET_1)
    whole = bars(BOTH, timeframe=Timeframe.M5)
    outcome = outcome_of(position(timeframe=Timeframe.M5), whole, one_minute_of_five)
    assert outcome.ambiguous
    assert outcome.followed_timeframe is Timeframe.M5


def test_the_horizon_is_left_at_its_last_close(bars: Bars, position: BuildPosition) -> None:
    asked = position(horizon_bars=3)
    outcome = outcome_of(asked, bars(QUIET, QUIET, (100.0, 101.5, 99.0, 101.25), TO_STOP))
    assert (outcome.exit_reason, outcome.exit_price) == (ExitReason.HORIZON, 101.25)
    assert (outcome.exit_ms, outcome.bars_held) == (asked.horizon_end_ms, 3)
    assert outcome.exit_reason.status is SignalStatus.EXPIRED
    assert (outcome.max_favourable_percent, outcome.max_adverse_percent) == (1.5, 1.0)


def test_a_level_reached_in_the_horizons_own_bar_counts(
    bars: Bars, position: BuildPosition
) -> None:
    outcome = outcome_of(position(horizon_bars=2), bars(QUIET, TO_STOP))
    assert outcome.exit_reason is ExitReason.STOP


def test_a_horizon_within_an_outage_is_left_at_the_close_before_it(
    bars: Bars, position: BuildPosition
) -> None:
    before = bars(QUIET, (100.0, 101.0, 100.0, 100.75))
    asked = position(horizon_bars=4)
    waiting = follow(Progress.start(asked), before)
    assert waiting.outcome is None
    assert waiting.status is SignalStatus.ACTIVE
    after = bars(None, None, None, None, None, None, TO_STOP)
    outcome = follow(waiting, after).outcome
    assert outcome is not None
    assert (outcome.exit_reason, outcome.exit_price) == (ExitReason.HORIZON, 100.75)
    assert outcome.exit_ms == asked.horizon_end_ms


def test_a_position_is_closed_at_target_1_and_its_furthest_target_still_found(
    bars: Bars, position: BuildPosition
) -> None:
    left = follow(Progress.start(position()), bars(TO_TARGET_1))
    assert left.status is SignalStatus.CLOSED
    assert not left.settled
    later = follow(left, bars(None, (101.0, 103.0, 99.0, 103.0)))
    assert left.outcome is not None
    assert later.outcome is not None
    assert later.outcome.furthest_target == 2
    assert later.outcome.exit_ms == left.outcome.exit_ms
    assert later.outcome.net_r == left.outcome.net_r
    end = follow(later, bars(None, None, TO_TARGET_3))
    assert end.settled
    assert end.outcome is not None
    assert end.outcome.furthest_target == 3


def test_after_the_stops_price_no_further_target_counts(
    bars: Bars, position: BuildPosition
) -> None:
    left = follow(Progress.start(position()), bars(TO_TARGET_1))
    over = follow(left, bars(None, (101.0, 104.0, 98.0, 103.0), TO_TARGET_3))
    assert over.settled
    assert over.outcome == left.outcome


def test_nothing_changes_once_settled(bars: Bars, position: BuildPosition) -> None:
    stopped = follow(Progress.start(position()), bars(TO_STOP))
    assert follow(stopped, bars(None, TO_TARGET_3, TO_TARGET_3)) == stopped


def test_bars_from_before_the_entry_are_not_looked_at(bars: Bars, position: BuildPosition) -> None:
    asked = position()
    early = bars(TO_STOP, QUIET, since_ms=asked.entered_at_ms - MINUTE_MS)
    assert outcomes_of([asked], early) == (None,)


@pytest.mark.parametrize("side", Side)
def test_fees_are_paid_on_the_entry_and_on_the_exit(
    bars: Bars, position: BuildPosition, side: Side
) -> None:
    flat = bars((100.0, 100.0, 100.0, 100.0))
    outcome = outcome_of(position(side, horizon_bars=1), flat)
    assert outcome.profit_loss_percent == pytest.approx(-0.2)
    assert outcome.net_r == pytest.approx(-0.2 / 1.5)
    assert outcome.gross_r == 0.0
    free = outcome_of(position(side, horizon_bars=1, fee_rate=0.0), flat)
    assert free.profit_loss_percent == 0.0


def test_fees_are_of_the_value_traded(bars: Bars, position: BuildPosition) -> None:
    outcome = outcome_of(position(), bars(TO_TARGET_1))
    assert outcome.profit_loss_percent == pytest.approx(2 - 0.1 - 0.102)
    assert outcome.net_r == pytest.approx((2 - 0.1 - 0.102) / 1.5)


def test_excursions_end_with_the_exit(bars: Bars, position: BuildPosition) -> None:
    path = bars((100.0, 101.0, 99.25, 100.0), (100.0, 103.5, 98.75, 103.0))
    outcome = outcome_of(position(), path)
    assert outcome.max_favourable_percent == pytest.approx(2.0)
    assert outcome.max_adverse_percent == pytest.approx(0.75)


def test_bars_held_are_of_the_signals_own_timeframe(bars: Bars, position: BuildPosition) -> None:
    outcome = outcome_of(position(timeframe=Timeframe.M5), bars(*[QUIET] * 5, TO_STOP))
    assert outcome.bars_held == 2
    assert outcome.followed_timeframe is Timeframe.M1
