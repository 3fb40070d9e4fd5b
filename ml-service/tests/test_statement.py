import math

import numpy as np

from ml_service.learning.loaded_model import LoadedModel
from ml_service.registry.role import Role
from ml_service.registry.serving_model import NobodyServes, ServingModel, nobody_serves
from ml_service.seen_bar import BarReason, SeenBar
from ml_service.statement import state
from model_cards import model_card
from tiny_models import tiny_model

PRIOR = (0.2, 0.5, 0.3)
MODEL = tiny_model()
LOADED = LoadedModel.of(MODEL.trees, MODEL.card)
ROW = np.linspace(1, 100, len(MODEL.card.feature_names))


def bar(flaw: BarReason | None = None) -> SeenBar:
    return SeenBar(MODEL.card.feature_names, ROW, flaw)


def test_a_model_speaks_and_its_contributions_add_up_to_the_margin() -> None:
    said = state(ServingModel(LOADED), bar(), PRIOR)
    expected = LOADED.predict(ROW)
    assert said.probabilities == expected.probabilities
    assert said.probability == max(said.probabilities)
    assert said.model_id == MODEL.card.model_id
    assert said.contributions is not None
    margin = expected.margins[expected.class_index]
    assert math.isclose(sum(said.contributions.values()), margin, rel_tol=1e-5, abs_tol=1e-5)


def test_a_bar_that_cannot_be_judged_is_answered_by_the_prior() -> None:
    for flaw in ("not_warm", "outage"):
        said = state(ServingModel(LOADED), bar(flaw), PRIOR)
        assert (said.direction, said.probability) == ("neutral", 0.5)
        assert (said.model_id, said.contributions, said.abstains_for) == (None, None, flaw)


def test_where_nobody_serves_the_reason_is_told() -> None:
    said = state(NobodyServes("no_skill", MODEL.card), bar(), PRIOR)
    assert (said.probabilities, said.abstains_for) == (PRIOR, "no_skill")


def test_nobody_serves_for_a_reason() -> None:
    skilled, wide = model_card(), model_card("scale_free")
    assert nobody_serves([], Role.CANDLES, was_promoted=False).reason == "no_model"
    assert nobody_serves([skilled], Role.CANDLES, was_promoted=False).reason == "no_skill"
    assert nobody_serves([wide], Role.INDICATORS, was_promoted=False).reason == "no_model"
    unreadable = nobody_serves([skilled, wide], Role.INDICATORS, was_promoted=True)
    assert (unreadable.reason, unreadable.card) == ("model_unreadable", skilled)
