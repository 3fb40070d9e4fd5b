import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from trading_core.decision.family import Family
from trading_core.decision.inputs import BarInputs, DecisionInputs
from trading_core.decision.prediction import Prediction
from trading_core.errors import InvalidDecisionError, InvalidJsonError
from trading_core.frozen_json import JsonObject
from trading_core.patterns.pattern_type import PatternType
from trading_core.patterns.sightings import PatternSighting
from trading_core.timeframe import HOUR_MS

MakeBar = Callable[..., BarInputs]


def test_inputs_come_back_from_json_bit_for_bit(make_bar: MakeBar) -> None:
    bar = make_bar(close=0.1 + 0.2, ema_200=None, rsi=1e-320, absent={Family.ML: "late"})
    again = BarInputs.from_json(json.loads(json.dumps(bar.to_json())))
    assert again == bar
    assert repr(again) == repr(bar)


def test_a_float_that_a_store_made_whole_is_a_float_again(make_bar: MakeBar) -> None:
    stored = {**make_bar().to_json(), "close": 2000}
    assert repr(BarInputs.from_json(stored).close) == "2000.0"


@pytest.mark.parametrize(
    "change",
    [
        {"close": "2000"},
        {"close": None},
        {"close": float("nan")},
        {"opened_at_ms": 1.5},
        {"patterns": [{"opened_at_ms": 0, "pattern_type": "unicorn", "strength": 1}]},
        {"patterns": "doji"},
        {"absent": {"moon": "full"}},
        {"absent": {"ml": 1}},
        {"prediction": {}},
    ],
)
def test_json_that_is_no_inputs_is_refused(make_bar: MakeBar, change: JsonObject) -> None:
    with pytest.raises(InvalidJsonError):
        BarInputs.from_json({**make_bar().to_json(), **change})


def test_a_missing_field_is_named(make_bar: MakeBar) -> None:
    stored = make_bar().to_json()
    del stored["volume"]
    with pytest.raises(InvalidJsonError, match="missing or unknown volume"):
        BarInputs.from_json(stored)


def test_a_prediction_from_before_models_could_degrade_is_readable(make_bar: MakeBar) -> None:
    stored = make_bar().to_json()
    del stored["prediction"]["degraded"]
    assert BarInputs.from_json(stored) == make_bar()


def test_patterns_are_kept_in_one_order(make_bar: MakeBar) -> None:
    now = make_bar().opened_at_ms
    old = PatternSighting(now - HOUR_MS, PatternType.THREE_BLACK_CROWS, 1)
    doji = PatternSighting(now, PatternType.DOJI, 1)
    star = PatternSighting(now, PatternType.MORNING_STAR, 1)
    assert make_bar(patterns=(star, doji, old)).patterns == (old, doji, star)


def test_every_absent_source_is_named(make_bar: MakeBar) -> None:
    bar = make_bar(volume=None, prediction=None, absent={Family.ML: "no answer in 2 s"})
    assert bar.absences == {Family.ML: "no answer in 2 s", Family.VOLUME: "it was not asked"}


def test_a_bar_with_the_indicators_of_another_is_refused(make_bar: MakeBar) -> None:
    with pytest.raises(InvalidDecisionError, match="its indicators' bar"):
        replace(make_bar(), opened_at_ms=0)


@pytest.mark.parametrize("p_up", [0.9, -0.1, float("nan")])
def test_probabilities_that_are_no_shares_are_refused(
    make_prediction: Callable[..., Prediction], p_up: float
) -> None:
    with pytest.raises(InvalidDecisionError, match="do not add up"):
        make_prediction(p_up=p_up)


def test_history_with_columns_of_two_lengths_is_refused(make_bar: MakeBar) -> None:
    with pytest.raises(InvalidDecisionError, match="one length"):
        replace(DecisionInputs.of(make_bar()), close=np.array([1.0, 2.0]))


def test_history_with_patterns_out_of_order_is_refused(make_bar: MakeBar) -> None:
    new, old = (PatternSighting(time_ms, PatternType.DOJI, 1) for time_ms in (HOUR_MS, 0))
    with pytest.raises(InvalidDecisionError, match="ascend"):
        replace(DecisionInputs.of(make_bar()), patterns=(new, old))
