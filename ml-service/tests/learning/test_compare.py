from dataclasses import replace

from lessons import HONEST
from ml_service.learning.compare import Comparison, compare
from ml_service.learning.dataset import TrainingData
from ml_service.learning.loaded_model import LoadedModel
from ml_service.registry.model_card import CalibratorRecord

CROOKED = CalibratorRecord(
    kind="temperature", temperature=1e6, curves=None, offsets=(3.0, 0.0, 0.0)
)


def compared(champion: LoadedModel, challenger: LoadedModel, data: TrainingData) -> Comparison:
    return compare(champion, challenger, data, {"spec16": HONEST})


def with_untouched_from(model: LoadedModel, from_ms: int) -> LoadedModel:
    untouched = replace(model.card.untouched, from_ms=from_ms)
    return replace(model, card=replace(model.card, untouched=untouched))


def test_the_better_one_on_the_challengers_untouched_stretch_wins(
    model: LoadedModel, market: TrainingData
) -> None:
    worse = replace(model, card=replace(model.card, calibrator=CROOKED))
    told = compared(worse, model, market)
    assert told.better
    assert told.sentence.startswith("better: log-loss")
    assert f"on {model.card.untouched.bars} bars that neither has seen" in told.sentence
    back = compared(model, worse, market)
    assert not back.better
    assert back.sentence.startswith("not better")


def test_a_model_is_not_better_than_itself(model: LoadedModel, market: TrainingData) -> None:
    assert not compared(model, model, market).better


def test_what_the_champion_saw_is_not_compared(model: LoadedModel, market: TrainingData) -> None:
    champion = with_untouched_from(model, int(market.candles.open_time_ms[-65]))
    assert "on 60 bars that neither has seen" in compared(champion, model, market).sentence


def test_the_champion_stays_where_nothing_is_unseen_by_both(
    model: LoadedModel, market: TrainingData
) -> None:
    champion = with_untouched_from(model, market.candles.closed_until_ms)
    told = compared(champion, model, market)
    assert not told.better
    assert told.sentence == "only 0 bars remain that neither model has seen"


def test_models_of_other_labels_are_not_compared(model: LoadedModel, market: TrainingData) -> None:
    other = replace(model, card=replace(model.card, threshold=0.01))
    told = compared(model, other, market)
    assert not told.better
    assert "another question, 1 % in 5 bars, than the model that serves, 0." in told.sentence
    assert f"`./eth models promote {model.card.model_id}` lets it serve" in told.sentence
