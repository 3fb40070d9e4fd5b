import math
from dataclasses import replace

import numpy as np
import pytest

from lessons import HONEST
from ml_service.learning.dataset import LabelRule, TrainingData, build_dataset
from ml_service.learning.errors import ContributionsDifferError
from ml_service.learning.forest import Forest
from ml_service.learning.loaded_model import LoadedModel
from trading_core.indicators.values import FloatArray


@pytest.fixture(scope="module")
def features(market: TrainingData) -> FloatArray:
    return build_dataset(market, HONEST, LabelRule()).features


def test_one_bar_alone_equals_the_batch_bit_for_bit(
    model: LoadedModel, features: FloatArray
) -> None:
    together = model.probabilities(features)
    assert [model.predict(row).probabilities for row in features] == together


def test_the_likeliest_class_is_named(model: LoadedModel, features: FloatArray) -> None:
    for row in features[::50]:
        said = model.predict(row)
        assert said.probabilities[said.class_index] == max(said.probabilities)
        assert math.fsum(said.probabilities) == pytest.approx(1)


def test_contributions_add_up_to_the_margin(model: LoadedModel, features: FloatArray) -> None:
    for row in features[::10]:
        said = model.predict(row)
        assert list(said.contributions) == [*HONEST.names, "bias"]
        margin = said.margins[said.class_index]
        assert math.fsum(said.contributions.values()) == pytest.approx(margin, rel=1e-5, abs=1e-5)


def test_what_is_explained_together_is_what_is_asked_for_alone(
    model: LoadedModel, features: FloatArray
) -> None:
    margins, shares = model.forest.explained(features)
    assert np.array_equal(margins, model.forest.margins(features))
    assert np.array_equal(shares, model.forest.contributions(features))
    assert shares.sum(axis=2, dtype=np.float64) == pytest.approx(margins, rel=1e-5, abs=1e-5)


class CrookedForest(Forest):
    def explained(self, features: FloatArray) -> tuple[np.ndarray, np.ndarray]:
        margins, shares = super().explained(features)
        return margins, shares + np.float32(0.01)


def test_contributions_that_do_not_add_up_are_refused(
    model: LoadedModel, features: FloatArray
) -> None:
    crooked = replace(model, forest=CrookedForest(model.forest.booster))
    with pytest.raises(ContributionsDifferError, match=model.card.model_id):
        crooked.predict(features[0])


def test_trees_of_other_features_are_refused(model: LoadedModel) -> None:
    other = replace(model.card, feature_names=("range_3",))
    with pytest.raises(ValueError, match="take 2 features, not 1"):
        LoadedModel.of(model.forest.ubj, other)
