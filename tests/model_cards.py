"""Cards as training makes them, with figures that could be true."""

import hashlib
import math
from dataclasses import replace

from ml_service.learning.evaluation import Configuration, Evaluation, Figures, ReliabilityBin
from ml_service.registry.model_card import (
    FORMAT,
    CalibratorRecord,
    FeatureBins,
    ModelCard,
    SkillGate,
    Stretch,
)
from ml_service.registry.model_id import model_id_of
from trading_core.features.catalogue import FEATURE_SETS
from trading_core.timeframe import Timeframe

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
FROM_MS = 1_503_014_400_000
UNTOUCHED_MS = 1_704_067_200_000
PRIOR = (0.27, 0.45, 0.28)
TEMPERATURE = CalibratorRecord(kind="temperature", temperature=1.1, curves=None)


def figures(from_ms: int = UNTOUCHED_MS, days: int = 250, skill: float = 0.034) -> Figures:
    bars = days * 24
    return Figures(
        from_ms=from_ms,
        until_ms=from_ms + days * DAY_MS,
        bars=bars,
        log_loss=1.062 * (1 - skill),
        prior_log_loss=1.062,
        own_prior_log_loss=1.051,
        skill=skill,
        skill_low=skill - 0.011,
        skill_high=skill + 0.012,
        skill_lower_bound=skill - 0.013,
        brier=0.612,
        prior_brier=0.634,
        expected_calibration_error=0.0142,
        class_calibration_error=(0.012, 0.018, 0.011),
        accuracy=0.487,
        majority_rate=0.461,
        balanced_accuracy=0.402,
        class_shares=(0.26, 0.461, 0.279),
        reliability=_reliability(bars),
        confusion=_confusion(bars),
    )


def _reliability(bars: int) -> tuple[ReliabilityBin, ...]:
    shares = (0.31, 0.35, 0.2, 0.1, 0.03, 0.01)
    lows = [1 / 3 + number / 15 for number in range(len(shares))]
    return tuple(
        ReliabilityBin(
            low=low,
            high=low + 1 / 15,
            count=round(share * bars),
            mean_probability=low + 0.031,
            hit_rate=low + 0.03 + 0.02 * math.sin(9 * low),
        )
        for low, share in zip(lows, shares, strict=True)
    )


def _confusion(bars: int) -> tuple[tuple[int, int, int], ...]:
    shares = ((0.06, 0.14, 0.06), (0.05, 0.35, 0.061), (0.05, 0.149, 0.08))
    down, neutral, up = (tuple(round(share * bars) for share in row) for row in shares)
    return (down[0], down[1], down[2]), (neutral[0], neutral[1], neutral[2]), (up[0], up[1], up[2])


def evaluation() -> Evaluation:
    skills = (0.041, 0.018, 0.052, 0.033, -0.006)
    starts = [UNTOUCHED_MS - (len(skills) - n) * 300 * DAY_MS for n in range(len(skills))]
    folds = tuple(figures(at, 300, skill) for at, skill in zip(starts, skills, strict=True))
    return Evaluation(
        configurations=_configurations(),
        folds=folds,
        walk_forward=figures(starts[0], 300 * len(skills), 0.0276),
        untouched=figures(),
        calibrators={"none": 1.0301, "temperature": 1.0263, "isotonic": 1.0279},
    )


def _configurations() -> tuple[Configuration, ...]:
    return tuple(
        Configuration(
            feature_set=feature_set,
            parameters={"max_depth": depth, "eta": 0.05, "min_child_weight": 20.0},
            class_weights=False,
            log_loss=1.0671 + worse + 0.001 * abs(depth - 4),
            skill=0.028 - worse - 0.001 * abs(depth - 4),
            chosen=feature_set == "scale_free" and depth == 4,
        )
        for feature_set, worse in (("scale_free", 0.0), ("spec16", 0.021))
        for depth in (3.0, 4.0, 6.0)
    )


def model_card(
    feature_set: str = "spec16",
    trees: bytes = b"trees",
    *,
    symbol: str = "ETHUSDT",
    timeframe: Timeframe = Timeframe.H1,
    trained_at_ms: int = UNTOUCHED_MS + 250 * DAY_MS,
    passed: bool = True,
) -> ModelCard:
    known = FEATURE_SETS[feature_set]
    weights = {name: 0.21 * 0.82**n for n, name in enumerate(known.names)}
    bins = FeatureBins(edges=tuple(float(n) for n in range(9)), shares=(0.1,) * 10)
    card = ModelCard(
        format=FORMAT,
        model_id="",
        symbol=symbol,
        timeframe=timeframe,
        feature_set=feature_set,
        feature_version=known.version,
        feature_hash=known.schema_hash,
        feature_names=known.names,
        look_ahead_bars=5,
        threshold=0.005,
        trained_at_ms=trained_at_ms,
        seed=7,
        candles_hash=hashlib.sha256(b"candles").hexdigest(),
        dropped={"not_warm": 1_000, "window_spans_outage": 1_344, "label_spans_outage": 140},
        fit=Stretch(from_ms=FROM_MS, until_ms=UNTOUCHED_MS - 600 * DAY_MS, bars=41_000),
        early_stopping=_days(-598, -302, 7_100),
        calibration=_days(-300, -2, 7_150),
        untouched=_days(0, 250, 6_000),
        parameters={"max_depth": 4.0, "eta": 0.05},
        rounds=212,
        class_weights=None,
        calibrator=TEMPERATURE,
        prior=PRIOR,
        evaluation=evaluation(),
        importance=weights,
        bins=dict.fromkeys(known.names, bins),
        gate=_gate(passed),
        packages={"xgboost": "3.2.0", "numpy": "2.3.4", "TA-Lib": "0.6.7"},
        trees_sha256=hashlib.sha256(trees).hexdigest(),
    )
    return replace(card, model_id=model_id_of(card, trees))


def _days(first: int, last: int, bars: int) -> Stretch:
    return Stretch(
        from_ms=UNTOUCHED_MS + first * DAY_MS, until_ms=UNTOUCHED_MS + last * DAY_MS, bars=bars
    )


def _gate(passed: bool) -> SkillGate:  # noqa: FBT001 - the outcome itself
    if passed:
        sentence = "with 99 % confidence its skill on the untouched stretch is above 2.10 %"
        return SkillGate(passed=True, lower_bound=0.021, sentence=sentence)
    sentence = "its skill on the untouched stretch may be nothing: the 99 % bound is −0.80 %"
    return SkillGate(passed=False, lower_bound=-0.008, sentence=sentence)
