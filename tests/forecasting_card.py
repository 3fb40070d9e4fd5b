"""Card of an invented model, for tests of what becomes of its forecasts."""

from dataclasses import replace
from typing import Any

from ml_service.learning.evaluation import Evaluation, Figures
from ml_service.registry.model_card import (
    FORMAT,
    CalibratorRecord,
    FeatureBins,
    ModelCard,
    SkillGate,
    Stretch,
)
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

HOURS = Series(Symbol("ETH", "USDT"), Timeframe.H1)
PRIOR = (0.3, 0.4, 0.3)
DECILES = FeatureBins(edges=tuple(n / 10 for n in range(1, 10)), shares=(0.1,) * 10)
"""Of a feature that is spread evenly over 0…1."""

_NOTHING = Stretch(from_ms=0, until_ms=1, bars=0)
_FIGURES = Figures(
    from_ms=0,
    until_ms=1,
    bars=0,
    log_loss=1.0,
    prior_log_loss=1.1,
    own_prior_log_loss=1.1,
    skill=0.1,
    skill_low=0.05,
    skill_high=0.15,
    skill_lower_bound=0.04,
    brier=0.6,
    prior_brier=0.66,
    expected_calibration_error=0.01,
    class_calibration_error=(0.01, 0.01, 0.01),
    accuracy=0.5,
    majority_rate=0.4,
    balanced_accuracy=0.45,
    class_shares=PRIOR,
    reliability=(),
    confusion=((0, 0, 0),) * 3,
)
_CARD = ModelCard(
    format=FORMAT,
    model_id="ETHUSDT-1h-invented-000000000001",
    symbol="ETHUSDT",
    timeframe=Timeframe.H1,
    feature_set="invented",
    feature_version=1,
    feature_hash="0" * 64,
    feature_names=("calm", "wild"),
    look_ahead_bars=2,
    threshold=0.01,
    trained_at_ms=0,
    seed=1,
    candles_hash="0" * 64,
    dropped={},
    fit=_NOTHING,
    early_stopping=_NOTHING,
    calibration=_NOTHING,
    untouched=_NOTHING,
    parameters={},
    rounds=1,
    class_weights=None,
    calibrator=CalibratorRecord(kind="temperature", temperature=1.0, curves=None),
    prior=PRIOR,
    evaluation=Evaluation(
        configurations=(),
        folds=(),
        walk_forward=_FIGURES,
        untouched=_FIGURES,
        calibrators={},
    ),
    importance={"calm": 1.0, "wild": 3.0},
    bins={"calm": DECILES, "wild": DECILES},
    gate=SkillGate(passed=True, lower_bound=0.04, sentence="it has skill"),
    packages={},
    trees_sha256="0" * 64,
)


def forecasting_card(**changes: Any) -> ModelCard:  # noqa: ANN401 - a field's type
    """Of a model with two features that looks two bars ahead for a move of one percent."""
    return replace(_CARD, **changes)
