from collections.abc import Callable
from dataclasses import replace
from math import inf, nan
from typing import Any

import pytest

from trading_core.decision.sides import Side
from trading_core.errors import InvalidPositionError
from trading_core.outcomes.position import Position
from trading_core.outcomes.progress import Progress
from trading_core.timeframe import MINUTE_MS, Timeframe

BuildPosition = Callable[..., Position]


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize(
    "broken",
    [
        {"stop": nan},
        {"take_profits": (102.0, 103.0, inf)},
        {"entry": -100.0},
        {"stop": 100.0},
        {"take_profits": (100.0, 103.0, 104.0)},
        {"take_profits": (102.0, 104.0, 103.0)},
        {"fee_rate": 1.0},
        {"fee_rate": nan},
    ],
)
def test_levels_and_fees_that_make_no_sense_are_refused(
    position: BuildPosition, side: Side, broken: dict[str, Any]
) -> None:
    with pytest.raises(InvalidPositionError):
        replace(position(side), **broken)


def test_the_levels_of_the_other_side_are_refused(position: BuildPosition) -> None:
    with pytest.raises(InvalidPositionError, match="not in order for a SELL"):
        replace(position(Side.BUY), side=Side.SELL)


@pytest.mark.parametrize("offset_ms", [-MINUTE_MS, 0, MINUTE_MS])
def test_a_horizon_is_made_of_whole_bars_of_the_signals_own(
    position: BuildPosition, offset_ms: int
) -> None:
    asked = position(timeframe=Timeframe.M5)
    with pytest.raises(InvalidPositionError, match="whole 5m bars"):
        replace(asked, horizon_end_ms=asked.entered_at_ms + offset_ms)


@pytest.mark.parametrize("stored", [{}, {"position": None}, {"position": {"side": "HOLD"}}])
def test_what_is_no_stored_progress_is_refused(stored: dict[str, Any]) -> None:
    with pytest.raises(InvalidPositionError, match="no stored progress"):
        Progress.from_json(stored)


def test_what_is_no_stored_outcome_is_refused(position: BuildPosition) -> None:
    stored = Progress.start(position()).to_json()
    with pytest.raises(InvalidPositionError, match="no stored progress: Outcome"):
        Progress.from_json({**stored, "outcome": {"exit_reason": "boredom"}})
