"""How far what a model sees now lies from what it was fitted on; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from ml_service.learning.population_stability import (
    WINDOW_BARS,
    FloatArray,
    bin_shares,
    stability_index,
    weighted_mean,
)
from ml_service.registry.model_card import ModelCard

SMALL_BELOW: Final = 0.1
LARGE_FROM: Final = 0.25
"""Siddiqi's words for a PSI; see `population_stability` for what they are worth here."""

Extent = Literal["small", "moderate", "large"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureDrift:
    name: str
    psi: float
    extent: Extent
    usual_psi: float | None
    """What 99 of 100 windows of the fit stretch stay below; None where that is not known."""
    importance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """Of the last bars that were forecast against the fit stretch."""

    bars: int
    features: tuple[FeatureDrift, ...]
    """The most important first."""
    max_psi: float
    mean_psi: float
    weighted_psi: float
    """The mean by importance."""
    extent: Extent
    """Of the weighted one."""
    usual_weighted_psi: float | None

    @property
    def is_unusual(self) -> bool:
        """Large, and larger than in all but one of 100 windows that the model was fitted on."""
        usual = self.usual_weighted_psi
        return usual is not None and self.weighted_psi >= max(usual, LARGE_FROM)


def drift(features: FloatArray, card: ModelCard) -> Drift | None:
    """Of the newest window of (bars, features) in the card's order; None where it is not full."""
    if len(features) < WINDOW_BARS:
        return None
    psi = _psi_by_feature(features[-WINDOW_BARS:], card)
    values = np.array(list(psi.values()))
    weighted = float(weighted_mean(psi, card.importance))
    usual = card.usual_drift
    return Drift(
        bars=WINDOW_BARS,
        features=_by_importance(psi, card),
        max_psi=float(values.max()),
        mean_psi=float(values.mean()),
        weighted_psi=weighted,
        extent=extent(weighted),
        usual_weighted_psi=None if usual is None else usual.weighted_psi,
    )


def extent(psi: float) -> Extent:
    if psi < SMALL_BELOW:
        return "small"
    return "moderate" if psi < LARGE_FROM else "large"


def _psi_by_feature(window: FloatArray, card: ModelCard) -> dict[str, FloatArray]:
    found = {}
    for name, column in zip(card.feature_names, window.T, strict=True):
        bins = card.bins[name]
        shares = bin_shares(column, bins.edges)
        found[name] = stability_index(shares, bins.shares, len(column))
    return found


def _by_importance(psi: Mapping[str, FloatArray], card: ModelCard) -> tuple[FeatureDrift, ...]:
    usual = card.usual_drift.psi if card.usual_drift else {}
    rows = [
        FeatureDrift(
            name=name,
            psi=float(found),
            extent=extent(float(found)),
            usual_psi=usual.get(name),
            importance=card.importance.get(name, 0.0),
        )
        for name, found in psi.items()
    ]
    return tuple(sorted(rows, key=lambda one: -one.importance))
