from dataclasses import replace
from uuid import UUID

import pytest

from ml_service.learning.dataset import LabelRule
from ml_service.registry.role import Role
from ml_service.training.label_rules import LabelRules
from ml_service.training.schemas import TrainAnswer, TrainBody, TrainingStatus
from ml_service.training.training import (
    TrainedFigures,
    Training,
    TrainingResult,
    TrainingState,
    Verdict,
)
from ml_service.training.training_request import TrainingRequest
from trading_core.frozen_json import from_json, to_json
from trading_core.timeframe import Timeframe

MODEL = TrainedFigures(
    model_id="ETHUSDT-1h-spec16-0123456789ab",
    feature_set="spec16",
    training_samples=408,
    test_samples=62,
    accuracy=0.42,
    majority_rate=0.44,
    balanced_accuracy=0.39,
    log_loss=1.06,
    prior_log_loss=1.1,
    log_loss_skill=0.0364,
    skill_low=0.01,
    skill_high=0.05,
    expected_calibration_error=0.03,
    has_skill=True,
    gate="skill 3.64%",
    verdicts=(Verdict(role=Role.CANDLES, promoted=True, sentence="no model served"),),
)
RUNNING = Training(
    id=UUID("2f0f6c4e-8f3f-4a55-9a43-3f9f8a2b7c11"),
    asked=TrainingRequest(symbol="ETHUSDT", timeframe=Timeframe.H1),
    state=TrainingState.RUNNING,
    stage="walking forward",
    done=3,
    total=12,
    result=None,
    cancel_asked=False,
    asked_at_ms=1,
    seen_at_ms=2,
    ended_at_ms=None,
)
RESULT = TrainingResult(sentence="it serves", models=(MODEL,), seconds=2.5, peak_memory_bytes=9)


@pytest.mark.parametrize("value", [RUNNING.asked, RESULT])
def test_what_the_table_keeps_comes_back_as_it_was(value: TrainingRequest | TrainingResult) -> None:
    assert from_json(type(value), to_json(value)) == value


def test_how_much_is_done_is_a_share_of_one() -> None:
    assert RUNNING.share == 0.25
    assert replace(RUNNING, total=0, done=0).share == 0
    assert replace(RUNNING, state=TrainingState.DONE).share == 1
    assert replace(RUNNING, done=13).share == 1


def test_a_running_training_has_no_models_yet() -> None:
    status = TrainingStatus.of(RUNNING)
    assert (status.models, status.message, status.seconds) == ([], None, None)


def test_accuracy_is_never_told_without_the_majority_rate() -> None:
    over = replace(RUNNING, state=TrainingState.DONE, result=RESULT)
    answer = TrainAnswer.of(over, MODEL, RESULT.sentence)
    assert (answer.metrics.accuracy, answer.metrics.majority_rate) == (0.42, 0.44)
    assert answer.model_path == "ETHUSDT-1h-spec16-0123456789ab.ubj"
    (model,) = TrainingStatus.of(over).models
    assert model.metrics == answer.metrics
    assert [(one.role, one.promoted) for one in model.serves] == [("candles", True)]


def test_a_body_says_what_is_asked() -> None:
    usual = TrainBody().request(LabelRules())
    assert usual == TrainingRequest(symbol="ETHUSDT", timeframe=Timeframe.H1, lookback_rows=500)
    asked = TrainBody(symbol="BTC/USDT", lookback_periods=None, threshold=0.01).request(
        LabelRules({Timeframe.H1: LabelRule(9, 0.02)})
    )
    assert (asked.symbol, asked.lookback_rows, asked.label_rule) == (
        "BTCUSDT",
        None,
        LabelRule(9, 0.01),
    )
