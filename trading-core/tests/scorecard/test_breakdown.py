from datetime import UTC, datetime
from math import fsum
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scored_signals import EXITS, FIRST_MS, scored_signals, signal_of
from trading_core.decision.confidence import Confidence
from trading_core.decision.sides import Side
from trading_core.outcomes.exit_reason import ExitReason
from trading_core.scorecard.breakdown import (
    ClaimedSignal,
    ConfidenceBin,
    Part,
    by_confidence,
    by_month,
    by_side,
    part,
)
from trading_core.scorecard.score import TOO_FEW, ScoredSignal
from trading_core.timeframe import HOUR_MS

COUNTS = ("n", "hits", "stopped", "expired", "ambiguous")


def claims_of(signals: list[ScoredSignal]) -> list[ClaimedSignal]:
    """Of every confidence, every third calibrated."""
    return [
        ClaimedSignal(signal, Confidence(number * 7 % 101, calibrated=number % 3 == 0))
        for number, signal in enumerate(signals)
    ]


@given(scored_signals)
def test_the_parts_of_every_breakdown_add_up_to_the_whole(signals: list[ScoredSignal]) -> None:
    whole = part(signals)
    for parts in (by_month(signals), by_side(signals), by_confidence(claims_of(signals))):
        found: list[Part] = list(parts.values())
        for name in COUNTS:
            assert sum(getattr(one, name) for one in found) == getattr(whole, name)
        assert fsum(one.total_net_r for one in found) == pytest.approx(whole.total_net_r, abs=1e-9)


@given(scored_signals, st.randoms())
def test_the_order_of_signals_changes_no_part(signals: list[ScoredSignal], random: Random) -> None:
    shuffled = random.sample(signals, len(signals))
    assert list(by_month(shuffled).items()) == list(by_month(signals).items())
    assert by_side(shuffled) == by_side(signals)


def test_a_month_is_that_of_the_exit_in_utc() -> None:
    midnight_ms = int(datetime(2023, 12, 1, tzinfo=UTC).timestamp() * 1000)
    hour = (midnight_ms - FIRST_MS) // HOUR_MS
    left_at_midnight = signal_of(ExitReason.STOP, hour=hour - 1)
    an_hour_before = signal_of(ExitReason.STOP, hour=hour - 2)
    found = by_month([left_at_midnight, an_hour_before, an_hour_before])
    assert [(month, one.n) for month, one in found.items()] == [("2023-11", 2), ("2023-12", 1)]


def test_a_side_that_was_never_taken_has_no_outcome() -> None:
    found = by_side([signal_of(ExitReason.STOP, Side.SELL)])
    assert [(side, one.n) for side, one in found.items()] == [(Side.BUY, 0), (Side.SELL, 1)]


@pytest.mark.parametrize(
    ("percent", "from_percent"),
    [(0.0, 0), (9.999, 0), (10.0, 10), (68.4, 60), (99.9, 90), (100.0, 90)],
)
def test_confidence_is_put_into_bins_of_ten_percent(percent: float, from_percent: int) -> None:
    claim = ClaimedSignal(signal_of(ExitReason.STOP), Confidence(percent, calibrated=True))
    ((found, one),) = by_confidence([claim]).items()
    assert found == ConfidenceBin(calibrated=True, from_percent=from_percent)
    assert found.until_percent == from_percent + 10
    assert one.mean_confidence == percent


def test_a_measured_chance_and_a_mere_score_never_share_a_bin() -> None:
    signal = signal_of(ExitReason.STOP)
    claims = [
        ClaimedSignal(signal, Confidence(percent, calibrated))
        for percent, calibrated in ((52.0, True), (58.0, True), (55.0, False), (41.0, True))
    ]
    found = by_confidence(claims)
    assert [(bin_.calibrated, bin_.from_percent, one.n) for bin_, one in found.items()] == [
        (False, 50, 1),
        (True, 40, 1),
        (True, 50, 2),
    ]
    assert found[ConfidenceBin(calibrated=True, from_percent=50)].mean_confidence == 55.0


def test_a_part_of_too_few_has_its_sum_and_no_percentage() -> None:
    few, enough = part([signal_of(ExitReason.STOP)] * 29), part([signal_of(ExitReason.STOP)] * 30)
    assert (few.verdict, few.mean_net_r, few.hit_rate) == (TOO_FEW, None, None)
    stop_net_r, _ = EXITS[ExitReason.STOP]
    assert few.total_net_r == 29 * stop_net_r
    assert enough.mean_net_r == stop_net_r
