"""Card of an invented model, for tests of what becomes of its forecasts."""

from dataclasses import replace
from typing import Any

from ml_service.registry.model_card import FeatureBins, ModelCard
from model_cards import model_card
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

HOURS = Series(Symbol("ETH", "USDT"), Timeframe.H1)
PRIOR = (0.3, 0.4, 0.3)
DECILES = FeatureBins(edges=tuple(n / 10 for n in range(1, 10)), shares=(0.1,) * 10)
"""Of a feature that is spread evenly over 0…1."""

_CARD = replace(
    model_card(),
    model_id="ETHUSDT-1h-invented-000000000001",
    feature_names=("calm", "wild"),
    look_ahead_bars=2,
    threshold=0.01,
    prior=PRIOR,
    importance={"calm": 1.0, "wild": 3.0},
    bins={"calm": DECILES, "wild": DECILES},
)


def forecasting_card(**changes: Any) -> ModelCard:  # noqa: ANN401 - a field's type
    """Of a model with two features that looks two bars ahead for a move of one percent."""
    return replace(_CARD, **changes)
