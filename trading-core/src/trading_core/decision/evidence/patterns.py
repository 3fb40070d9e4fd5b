"""Patterns: strength in the pattern's direction, decaying with age."""

import numpy as np
from numpy.typing import NDArray

from trading_core.decision.evidence.ramp import FloatArray, evidence
from trading_core.decision.family import Family
from trading_core.decision.inputs import BarInputs, DecisionInputs
from trading_core.patterns.sightings import PatternSighting
from trading_core.timeframe import Timeframe


def patterns_value(memory_bars: int, timeframe: Timeframe, inputs: DecisionInputs) -> FloatArray:
    """Σ over sightings of ±strength / 100 × (1 − age / memory), age in bars of time.

    Strengths of one age are whole numbers, so the order of sightings does not matter.
    """
    times = inputs.indicators.open_time_ms
    sightings = inputs.patterns or ()
    seen_ms = np.array([one.opened_at_ms for one in sightings], dtype=np.int64)
    signed = np.array([_signed_strength(one) for one in sightings], dtype=np.int64)
    by_age = []
    for age in range(memory_bars):
        strength = _at_rows(times, seen_ms + age * timeframe.duration_ms, signed)
        by_age.append((1 - age / memory_bars) * strength / 100)
    return evidence(*by_age)


def patterns_sentence(memory_bars: int, timeframe: Timeframe, bar: BarInputs) -> str:
    if bar.patterns is None:
        return f"patterns are absent: {bar.why_absent(Family.PATTERNS)}"
    if not bar.patterns:
        return f"no pattern in the last {memory_bars} bars"
    return "; ".join(_sighting(one, timeframe, bar) for one in bar.patterns)


def _signed_strength(sighting: PatternSighting) -> int:
    return sighting.pattern_type.direction.sign * sighting.strength


def _at_rows(
    times: NDArray[np.int64], effective_ms: NDArray[np.int64], signed: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The strengths summed at the rows of their times; those of no row are left out."""
    total = np.zeros(len(times), dtype=np.int64)
    rows = np.searchsorted(times, effective_ms)
    inside = rows < len(times)
    inside[inside] = times[rows[inside]] == effective_ms[inside]
    np.add.at(total, rows[inside], signed[inside])
    return total


def _sighting(sighting: PatternSighting, timeframe: Timeframe, bar: BarInputs) -> str:
    age = timeframe.bars_between(sighting.opened_at_ms, bar.opened_at_ms)
    name = sighting.pattern_type.replace("_", " ")
    kind = sighting.pattern_type.direction
    label = name if name.startswith(kind) else f"{kind} {name}"
    when = "now" if age == 0 else f"{age} {'bar' if age == 1 else 'bars'} ago"
    return f"{label} of strength {sighting.strength}, {when}"
