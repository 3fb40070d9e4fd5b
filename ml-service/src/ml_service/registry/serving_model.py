"""Who answers for a series and role: a model, or nobody and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ml_service.learning.loaded_model import LoadedModel
from ml_service.registry.model_card import ModelCard
from ml_service.registry.role import Role
from trading_core.features.specification import SPEC16

AbstainReason = Literal["no_model", "no_skill", "model_unreadable"]


@dataclass(frozen=True, slots=True)
class ServingModel:
    loaded: LoadedModel

    @property
    def card(self) -> ModelCard:
        return self.loaded.card


@dataclass(frozen=True, slots=True)
class NobodyServes:
    reason: AbstainReason
    card: ModelCard | None
    """Of the newest model that could have served, whose prior is the best there is."""


def nobody_serves(cards: Iterable[ModelCard], role: Role, *, was_promoted: bool) -> NobodyServes:
    """Of the newest model of each feature set of one series."""
    able = [card for card in cards if may_serve(card, role)]
    newest = max(able, key=lambda card: card.trained_at_ms, default=None)
    if was_promoted:
        return NobodyServes("model_unreadable", newest)
    return NobodyServes("no_skill" if newest else "no_model", newest)


def may_serve(card: ModelCard, role: Role) -> bool:
    """Whether its features are what the role has."""
    return role is Role.CANDLES or card.feature_set == SPEC16.name
