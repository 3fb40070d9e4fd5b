"""Whether the evaluation would catch what is too good to be true: trainings of some seconds each.

They need neither database nor network.
"""

from collections.abc import Mapping

import pytest

from lessons import HONEST, SHIFTED, TRAILING, coin_tosses, lesson_data
from ml_service.learning.dataset import LabelRule, TrainingData
from ml_service.learning.train import train
from ml_service.learning.training_plan import TrainingPlan
from ml_service.registry.model_card import ModelCard
from trading_core.features.catalogue import FEATURE_SETS
from trading_core.features.feature_set import FeatureSet

pytestmark = pytest.mark.integration

PLAN = TrainingPlan(feature_sets=("spec16",))


def made(
    data: TrainingData, known: Mapping[str, FeatureSet], plan: TrainingPlan = PLAN
) -> ModelCard:
    return train(data, plan, 1, lambda _: None, known).models[0].card


def test_restlessness_is_foretold_and_the_gate_lets_it_pass() -> None:
    card = made(lesson_data(6_000), {"spec16": HONEST})
    assert card.gate.passed
    assert 0.02 < card.evaluation.untouched.skill < 0.25
    assert card.evaluation.walk_forward.expected_calibration_error < 0.1


def test_labels_shifted_by_the_horizon_are_caught() -> None:
    data = lesson_data(1_500)
    aligned, shifted = (made(data, {"spec16": one}) for one in (TRAILING, SHIFTED))
    assert aligned.evaluation.untouched.skill < 0.25
    assert shifted.evaluation.untouched.skill > 0.5
    assert "too good to be true" in shifted.gate.sentence


@pytest.mark.parametrize("seed", range(5))
def test_random_labels_never_pass(seed: int) -> None:
    plan = TrainingPlan(feature_sets=("spec16",), label_rule=LabelRule(threshold=0.001))
    assert not made(coin_tosses(1_200, seed), {"spec16": HONEST}, plan).gate.passed


def test_the_features_of_the_product_foretell_restlessness_too() -> None:
    models = train(lesson_data(3_000), TrainingPlan(), 1, lambda _: None, FEATURE_SETS).models
    assert "spec16" in [one.card.feature_set for one in models]
    assert models[0].card.evaluation.walk_forward.skill > 0
