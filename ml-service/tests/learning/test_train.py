from dataclasses import replace
from itertools import pairwise

import numpy as np
import orjson
import pytest

from lessons import HONEST, LEAKING, coin_tosses, lesson_data
from ml_service.learning.dataset import LabelRule, TrainingData, build_dataset
from ml_service.learning.errors import (
    ClassMissingError,
    TooLittleDataError,
    TrainingCancelledError,
    UnknownFeatureSetError,
)
from ml_service.learning.loaded_model import LoadedModel
from ml_service.learning.make_model import TrainedModel
from ml_service.learning.train import train
from ml_service.learning.training_plan import Step, Tell, TrainingPlan
from ml_service.registry.model_card import ModelCard
from trading_core.candles import Candles
from trading_core.frozen_json import from_json, to_json
from trading_core.indicators.values import FloatArray

KNOWN = {"spec16": HONEST, "leaking": LEAKING}
PLAN = TrainingPlan(feature_sets=("spec16",))
HOUR_MS = 3_600_000


def made(
    data: TrainingData, plan: TrainingPlan = PLAN, tell: Tell = lambda _: None
) -> tuple[TrainedModel, ...]:
    return train(data, plan, 2, tell, KNOWN).models


@pytest.fixture(scope="module")
def both(market: TrainingData) -> tuple[TrainedModel, ...]:
    return made(market, TrainingPlan(feature_sets=("leaking",)))


def test_the_same_data_and_seed_give_the_same_bytes_and_every_step_is_told(
    market: TrainingData, trained: TrainedModel
) -> None:
    told: list[Step] = []
    (again,) = made(market, tell=told.append)
    assert again.trees == trained.trees
    assert replace(again.card, trained_at_ms=1) == trained.card
    assert [one.done for one in told] == sorted(one.done for one in told)
    assert told[-1].done == told[-1].total == 7


def test_stretches_stand_in_order_with_gaps_between(trained: TrainedModel) -> None:
    card = trained.card
    for before, after in pairwise((card.fit, card.early_stopping, card.calibration)):
        assert after.from_ms - before.until_ms == 10 * HOUR_MS
    assert card.untouched.from_ms - card.calibration.until_ms == 10 * HOUR_MS
    assert card.dropped["label_not_known_yet"] == 5


def test_what_was_measured_is_what_the_stored_model_says(
    market: TrainingData, model: LoadedModel
) -> None:
    rows = build_dataset(market, HONEST, LabelRule())
    unseen = rows[rows.open_time_ms >= model.card.untouched.from_ms]
    said = np.array(model.probabilities(unseen.features))
    losses = -np.log(said[np.arange(len(unseen)), unseen.classes])
    assert model.card.evaluation.untouched.log_loss == losses.mean()
    assert model.card.evaluation.untouched.bars == len(unseen) == model.card.untouched.bars


def test_every_configuration_is_counted_and_one_is_chosen(both: tuple[TrainedModel, ...]) -> None:
    for card in (one.card for one in both):
        tried = card.evaluation.configurations
        assert len(tried) == 5
        assert sum(one.class_weights for one in tried) == 1
        (chosen,) = [one for one in tried if one.chosen]
        assert chosen.feature_set == card.feature_set
        assert chosen.log_loss == card.evaluation.walk_forward.log_loss


def test_a_card_survives_being_written(trained: TrainedModel) -> None:
    written = orjson.loads(orjson.dumps(to_json(trained.card)))
    assert from_json(ModelCard, written) == trained.card
    assert trained.card.importance.keys() == trained.card.bins.keys() == set(HONEST.names)


def test_a_feature_from_the_future_is_caught(both: tuple[TrainedModel, ...]) -> None:
    best, specified = (one.card for one in both)
    assert (best.feature_set, specified.feature_set) == ("leaking", "spec16")
    assert best.evaluation.walk_forward.skill > 0.5
    assert specified.evaluation.walk_forward.skill < 0.25
    assert not best.gate.passed
    assert "too good to be true" in best.gate.sentence


def test_the_gate_abstains_where_labels_are_random() -> None:
    plan = replace(PLAN, label_rule=LabelRule(threshold=0.001))
    (model,) = made(coin_tosses(400, seed=1), plan)
    assert not model.card.gate.passed
    assert "no edge" in model.card.gate.sentence


def test_only_the_newest_bars_are_looked_at_and_the_last_stretch_begins_when_told(
    market: TrainingData,
) -> None:
    from_ms = int(market.candles.open_time_ms[500])
    (model,) = made(market, replace(PLAN, lookback_rows=400, untouched_from_ms=from_ms))
    card = model.card
    assert card.fit.from_ms == market.candles.last_open_ms - (5 + 399) * HOUR_MS
    assert card.untouched.from_ms == from_ms
    assert card.calibration.until_ms == from_ms - 10 * HOUR_MS


def test_a_feature_set_that_is_hardly_warm_takes_no_part() -> None:
    known = {"spec16": HONEST, "leaking": replace(LEAKING, compute=_never_warm)}
    plan = TrainingPlan(feature_sets=("spec16", "leaking"))
    models = train(lesson_data(350), plan, 1, lambda _: None, known).models
    assert [one.card.feature_set for one in models] == ["spec16"]


def test_whoever_is_told_may_stop_it(market: TrainingData) -> None:
    def stop(step: Step) -> None:
        if step.done == 1:
            raise TrainingCancelledError

    with pytest.raises(TrainingCancelledError):
        made(market, tell=stop)


def test_too_little_data_a_missing_class_and_an_unknown_name_are_refused(
    market: TrainingData,
) -> None:
    with pytest.raises(TooLittleDataError, match="collect more history"):
        made(lesson_data(320))
    with pytest.raises(ClassMissingError, match="lower the threshold"):
        made(market, replace(PLAN, label_rule=LabelRule(threshold=0.5)))
    with pytest.raises(UnknownFeatureSetError, match="'made_up'"):
        made(market, replace(PLAN, feature_sets=("made_up",)))


def _never_warm(candles: Candles, since_ms: int, first_available_ms: int) -> FloatArray:
    return LEAKING.compute(candles, since_ms, first_available_ms) * np.nan
