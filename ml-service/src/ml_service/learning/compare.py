"""Champion and challenger on bars that neither of them has seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from ml_service.learning.dataset import (
    Dataset,
    LabelRule,
    TrainingData,
    build_dataset,
    share_times,
)
from ml_service.learning.figures import log_losses
from ml_service.learning.loaded_model import LoadedModel
from ml_service.registry.model_card import ModelCard
from trading_core.features.catalogue import FEATURE_SETS
from trading_core.features.feature_set import FeatureSet

LEAST_COMPARED: Final = 30
"""Bars; on fewer nothing is decided."""


@dataclass(frozen=True, slots=True)
class Comparison:
    better: bool
    """The challenger, which then replaces the champion."""
    sentence: str


def compare(
    champion: LoadedModel,
    challenger: LoadedModel,
    data: TrainingData,
    known: Mapping[str, FeatureSet] = FEATURE_SETS,
) -> Comparison:
    """By log-loss, from where the later of the two untouched stretches begins on.

    `data` reach as far as what the challenger was trained on. Where nothing, or too little,
    remains unseen by both, the champion stays.
    Raises CandlesMissingError for holes.
    """
    rule, served = label_rule_of(challenger.card), label_rule_of(champion.card)
    if rule != served:
        return _stays(another_question(challenger.card, f"the model that serves, {served}"))
    since_ms = max(one.card.untouched.from_ms for one in (champion, challenger))
    unseen = [
        _since(build_dataset(data, known[one.card.feature_set], rule), since_ms)
        for one in (champion, challenger)
    ]
    before, after = share_times(unseen, "not_in_both")
    if len(before) < LEAST_COMPARED:
        return _stays(f"only {len(before)} bars remain that neither model has seen")
    return _verdict(_log_loss(champion, before), _log_loss(challenger, after), len(before))


def another_question(card: ModelCard, than: str) -> str:
    """Why a model does not come to serve by itself, and how it does."""
    return (
        f"it answers another question, {label_rule_of(card)}, than {than};"
        f" `./eth models promote {card.model_id}` lets it serve"
    )


def label_rule_of(card: ModelCard) -> LabelRule:
    return LabelRule(card.look_ahead_bars, card.threshold)


def _stays(sentence: str) -> Comparison:
    return Comparison(better=False, sentence=sentence)


def _since(rows: Dataset, since_ms: int) -> Dataset:
    return rows[rows.open_time_ms >= since_ms]


def _log_loss(model: LoadedModel, rows: Dataset) -> float:
    said = np.array(model.probabilities(rows.features))
    return float(log_losses(said, rows.classes).mean())


def _verdict(champion: float, challenger: float, bars: int) -> Comparison:
    measured = f"log-loss {challenger:.4f} against {champion:.4f} of the model that serves"
    better = challenger < champion
    word = "better" if better else "not better"
    return Comparison(better, f"{word}: {measured}, on {bars} bars that neither has seen")
