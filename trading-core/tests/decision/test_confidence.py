import json
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading_core.decision.confidence import (
    ChancePoint,
    Confidence,
    ConfidenceMap,
    ScoredOutcome,
    confidence,
    fit_confidence_map,
)
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.decision.sides import Side
from trading_core.errors import InvalidDecisionError, InvalidJsonError
from trading_core.timeframe import Timeframe

UNTIL_MS = 1_000_000


def drawn(seed: int, count: int) -> list[ScoredOutcome]:
    """Outcomes from a seed, many of them with equal scores."""
    random = Random(seed)  # noqa: S311 # a test's draw is no secret
    return [
        ScoredOutcome(
            score=random.choice((0.4, 0.5, -0.5, random.uniform(0.4, 1.0))),
            closed_at_ms=random.randrange(UNTIL_MS),
            target_reached=random.random() < 0.4,
            historical=random.random() < 0.5,
        )
        for _ in range(count)
    ]


def fit(found: list[ScoredOutcome], side: Side = Side.BUY) -> ConfidenceMap | None:
    return fit_confidence_map(DEFAULT_ENGINE, side, Timeframe.H1, found, UNTIL_MS)


def track_record(*chances: tuple[float, int, int]) -> list[ScoredOutcome]:
    """(score, count, how many of them reached the target)."""
    return [
        ScoredOutcome(
            score, closed_at_ms=row, target_reached=row < reached, historical=row % 2 == 0
        )
        for score, count, reached in chances
        for row in range(count)
    ]


def fitted(*chances: tuple[float, int, int]) -> ConfidenceMap:
    found = fit(track_record(*chances))
    assert found
    return found


def test_a_map_gives_the_mixed_chance_of_each_bin() -> None:
    found = fitted((0.4, 20, 5), (0.6, 20, 15))
    overall = 20 / 40
    assert found.points == (
        ChancePoint(0.4, (5 + 10 * overall + 1) / 32),
        ChancePoint(0.6, (15 + 10 * overall + 1) / 32),
    )
    assert (found.outcomes, found.historical_outcomes) == (40, 20)
    assert found.engine_version == DEFAULT_ENGINE.version


def test_between_the_points_the_chance_runs_straight_and_outside_it_stays() -> None:
    found = fitted((0.4, 20, 5), (0.6, 20, 15))
    low, high = (point.chance for point in found.points)
    assert found.chance(0.5) == pytest.approx((low + high) / 2)
    assert found.chance(0.1) == found.chance(-0.4) == low
    assert found.chance(0.9) == found.chance(-0.6) == high


def test_where_higher_scores_did_worse_the_bins_are_pooled() -> None:
    found = fitted((0.4, 20, 15), (0.6, 20, 5))
    assert [point.chance for point in found.points] == [0.5, 0.5]


@pytest.mark.parametrize("reached", [0, 40])
def test_nothing_is_ever_certain(reached: int) -> None:
    found = fitted((0.5, 40, reached))
    assert 0.01 < found.chance(0.5) < 0.99


def test_under_thirty_outcomes_there_is_no_map() -> None:
    assert fit(track_record((0.5, 29, 10))) is None
    assert fit(track_record((0.5, 30, 10)))


def test_only_outcomes_closed_before_are_learned_from() -> None:
    past = track_record((0.5, 40, 10))
    later = [ScoredOutcome(0.5, UNTIL_MS, target_reached=True, historical=False)] * 40
    assert fit(past + later) == fit(past)
    assert fit(later) is None


@given(st.integers(0, 2**32), st.integers(30, 120))
def test_every_map_rises_and_ignores_the_order_of_outcomes(seed: int, count: int) -> None:
    found = drawn(seed, count)
    chances = fit(found)
    assert chances
    steps = [chances.chance(score / 50) for score in range(51)]
    assert steps == sorted(steps)
    assert 0 < steps[0] <= steps[-1] < 1
    assert fit(found[::-1]) == chances


@given(st.integers(0, 2**32))
def test_a_map_comes_back_from_json_with_its_id(seed: int) -> None:
    chances = fit(drawn(seed, 60))
    assert chances
    again = ConfidenceMap.from_json(json.loads(json.dumps(chances.to_json())))
    assert again == chances
    assert again.id == chances.id
    assert replace(chances, fitted_until_ms=UNTIL_MS + 1).id != chances.id


def test_confidence_is_the_chance_in_percent() -> None:
    chances = fitted((0.4, 20, 5), (0.6, 20, 15))
    assert confidence(0.7, Side.BUY, chances) == Confidence(
        100 * chances.chance(0.7), calibrated=True
    )


@pytest.mark.parametrize(
    ("score", "percent"), [(0.45, 45.0), (-0.5, 50.0), (0.0, 0.0), (1.2, 100.0)]
)
def test_without_a_map_it_is_the_scores_and_says_so(score: float, percent: float) -> None:
    assert confidence(score, Side.SELL, None) == Confidence(percent, calibrated=False)


def test_a_hold_has_the_scores_confidence() -> None:
    chances = fitted((0.4, 20, 5), (0.6, 20, 15))
    assert confidence(-0.25, None, chances) == Confidence(25.0, calibrated=False)


def test_the_other_sides_map_is_refused() -> None:
    with pytest.raises(InvalidDecisionError, match="SELL"):
        confidence(-0.5, Side.SELL, fitted((0.5, 40, 20)))


def test_what_is_no_map_is_refused() -> None:
    stored = fitted((0.4, 20, 5), (0.6, 20, 15)).to_json()
    with pytest.raises(InvalidDecisionError):
        ConfidenceMap.from_json({**stored, "points": []})
    with pytest.raises(InvalidDecisionError):
        ConfidenceMap.from_json({**stored, "points": stored["points"][::-1]})
    with pytest.raises(InvalidJsonError):
        ConfidenceMap.from_json({**stored, "side": "HOLD"})
