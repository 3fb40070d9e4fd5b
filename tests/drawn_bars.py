"""Bars with any evidence, drawn from a seed, and the same bars changed so that one can compare."""

from dataclasses import replace
from random import Random

import numpy as np

from trading_core.decision.family import Family
from trading_core.decision.inputs import BarInputs, DecisionInputs
from trading_core.decision.prediction import PredictedDirection, Prediction, PredictionSeries
from trading_core.indicators.values import INDICATORS, IndicatorSeries, IndicatorSnapshot
from trading_core.patterns.pattern_type import PatternType
from trading_core.patterns.sightings import PatternSighting
from trading_core.timeframe import HOUR_MS
from trading_core.volume import VolumeAnalysis, volume_series

MIRRORED = {
    PatternType.HAMMER: PatternType.SHOOTING_STAR,
    PatternType.BULLISH_ENGULFING: PatternType.BEARISH_ENGULFING,
    PatternType.MORNING_STAR: PatternType.EVENING_STAR,
    PatternType.THREE_WHITE_SOLDIERS: PatternType.THREE_BLACK_CROWS,
    PatternType.DOJI: PatternType.DOJI,
}
MIRRORED |= {there: here for here, there in MIRRORED.items()}


def drawn_bar(random: Random, row: int = 0) -> BarInputs:
    """Any bar, in eighths, so that mirrored numbers are exact; a third of its values are absent."""

    def perhaps(first: int, last: int) -> float | None:
        return None if random.random() < 1 / 3 else random.randint(first, last) / 8

    opened_ms = (480_000 + row) * HOUR_MS
    middle, half_width = random.randint(15_000, 17_000) / 8, perhaps(0, 400)
    values = {name: perhaps(15_000, 17_000) for name in INDICATORS} | {
        "rsi": perhaps(0, 800),
        "macd_histogram": perhaps(-80, 80),
        "atr": perhaps(0, 400),
        "bollinger_middle": middle,
        "bollinger_upper": None if half_width is None else middle + half_width,
        "bollinger_lower": None if half_width is None else middle - half_width,
    }
    ages = sorted((random.randint(0, 7) for _ in range(random.randint(0, 4))), reverse=True)
    patterns = tuple(
        PatternSighting(
            opened_ms - age * HOUR_MS, random.choice(sorted(MIRRORED)), random.randint(1, 100)
        )
        for age in ages
    )
    ratio = random.uniform(0, 3)
    return BarInputs(
        opened_at_ms=opened_ms,
        close=random.randint(15_000, 17_000) / 8,
        indicators=IndicatorSnapshot(opened_at_ms=opened_ms, **values),
        patterns=random.choice((patterns, None)),
        volume=random.choice((VolumeAnalysis(1.0, ratio, ratio, ""), None)),
        prediction=random.choice((drawn_prediction(random), None)),
        absent=random.choice(({}, {Family.ML: "no answer in 2 s"})),
    )


def drawn_prediction(random: Random) -> Prediction:
    up = random.randint(0, 64)
    down = random.randint(0, 64 - up)
    return Prediction(
        p_up=up / 64,
        p_neutral=(64 - up - down) / 64,
        p_down=down / 64,
        direction=random.choice(list(PredictedDirection)),
        probability=0.5,
        model_id="3f0c",
        abstained=random.random() < 0.5,
        reason="no_skill",
    )


def drawn_history(random: Random) -> DecisionInputs:
    rows = [drawn_bar(random, row) for row in range(8)]
    seen = sorted((s for bar in rows for s in bar.patterns or ()), key=lambda s: s.opened_at_ms)
    traded = np.array([random.uniform(0, 10) for _ in rows])
    return DecisionInputs(
        indicators=IndicatorSeries.of([bar.indicators for bar in rows]),
        close=np.array([bar.close for bar in rows]),
        patterns=random.choice((seen, None)),
        volume=random.choice((volume_series(traded), None)),
        predictions=PredictionSeries.of([bar.prediction for bar in rows]),
    )


def mirrored(bar: BarInputs) -> BarInputs:
    """The same bar in a market that fell as it rose: every price reflected at the close."""
    values = {name: getattr(bar.indicators, name) for name in INDICATORS}
    flipped = {name: value and 2 * bar.close - value for name, value in values.items()}
    flipped |= {
        "rsi": None if values["rsi"] is None else 100 - values["rsi"],
        "atr": values["atr"],
        "bollinger_upper": flipped["bollinger_lower"],
        "bollinger_lower": flipped["bollinger_upper"],
        **{name: values[name] and -values[name] for name in values if name.startswith("macd")},
    }
    one = bar.prediction
    return replace(
        bar,
        indicators=IndicatorSnapshot(opened_at_ms=bar.opened_at_ms, **flipped),
        patterns=bar.patterns
        and tuple(replace(s, pattern_type=MIRRORED[s.pattern_type]) for s in bar.patterns),
        prediction=one and replace(one, p_up=one.p_down, p_down=one.p_up),
    )


def only(family: Family, bar: BarInputs) -> BarInputs:
    """The bar with evidence of one family, and volume, alone."""
    heard = {
        Family.TREND: {"ema_9", "ema_21", "ema_50", "ema_200", "vwap", "atr"},
        Family.MOMENTUM: {"rsi", "macd", "macd_signal", "macd_histogram", "atr"},
        Family.VOLATILITY: {"bollinger_upper", "bollinger_middle", "bollinger_lower", "atr"},
    }.get(family, {"atr"})
    values = {name: getattr(bar.indicators, name) if name in heard else None for name in INDICATORS}
    return replace(
        bar,
        indicators=IndicatorSnapshot(opened_at_ms=bar.opened_at_ms, **values),
        patterns=bar.patterns if family is Family.PATTERNS else None,
        prediction=bar.prediction if family is Family.ML else None,
    )


def first_rows(inputs: DecisionInputs, count: int) -> DecisionInputs:
    """What was known after so many bars."""
    times = inputs.indicators.open_time_ms[:count]
    volume, model = inputs.volume, inputs.predictions
    return DecisionInputs(
        indicators=IndicatorSeries.of([inputs.indicators.at(row) for row in range(count)]),
        close=inputs.close[:count],
        patterns=inputs.patterns
        and [seen for seen in inputs.patterns if seen.opened_at_ms <= times[-1]],
        volume=volume and volume[:count],
        predictions=model and PredictionSeries.of(model.predictions[:count]),
        absent=inputs.absent,
    )
