"""From candles to labelled rows: what is learned from, and what is left out and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import reduce
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from ml_service.learning.errors import CandlesMissingError
from trading_core.candles import Candles
from trading_core.features.feature_set import FeatureSet
from trading_core.features.feature_table import feature_table
from trading_core.indicators.values import FloatArray
from trading_core.labels import (
    LOOK_AHEAD_BARS,
    SPANS_MISSING,
    THRESHOLD,
    UNKNOWN,
    classes,
    label_table,
)
from trading_core.time_range import TimeRange, without
from trading_core.timeframe import WINDOW_BARS

HOLES_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class LabelRule:
    """Whether the close so many bars later is more than `threshold`, a share, away."""

    look_ahead_bars: int = LOOK_AHEAD_BARS
    threshold: float = THRESHOLD

    def __str__(self) -> str:
        return f"{self.threshold * 100:g} % in {self.look_ahead_bars} bars"


@dataclass(frozen=True, slots=True, eq=False)
class TrainingData:
    """What is known of one market and timeframe."""

    candles: Candles
    outages: tuple[TimeRange, ...]
    first_available_ms: int
    """Open of the first bar that the exchange has."""
    since_ms: int = 0
    """No bar that opens before is a row; the candles before are for the windows of rows."""


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Labelled rows in ascending time; all of them finite."""

    open_time_ms: NDArray[np.int64]
    features: FloatArray
    """(rows, features)"""
    classes: NDArray[np.int64]
    """Down, neutral, up as 0, 1, 2."""
    left_out: Mapping[str, NDArray[np.int64]]
    """Open times of the bars that are no rows, by why; a bar counts once."""

    def __len__(self) -> int:
        return len(self.open_time_ms)

    def __getitem__(self, rows: slice | NDArray[np.bool_]) -> Self:
        return replace(
            self,
            open_time_ms=self.open_time_ms[rows],
            features=self.features[rows],
            classes=self.classes[rows],
        )

    @property
    def dropped(self) -> dict[str, int]:
        """How many bars are no rows, by why."""
        return {why: len(times) for why, times in self.left_out.items()}

    def newest(self, rows: int | None) -> Self:
        """At most so many; what was left out before the first of them is not counted."""
        if rows is None or len(self) <= rows:
            return self
        kept = self[-rows:]
        first_ms = kept.open_time_ms[0]
        left_out = {why: times[times >= first_ms] for why, times in self.left_out.items()}
        return replace(kept, left_out=left_out)

    def at(self, open_time_ms: NDArray[np.int64], why_not: str) -> Self:
        """The rows of these times only; the others are left out for `why_not`."""
        kept = np.isin(self.open_time_ms, open_time_ms)
        left_out = {**self.left_out, why_not: self.open_time_ms[~kept]}
        return replace(self[kept], left_out=left_out)


def build_dataset(
    data: TrainingData,
    feature_set: FeatureSet,
    label_rule: LabelRule,
    newest_rows: int | None = None,
) -> Dataset:
    """The features of every bar that has all of them and a label; of these the newest only.

    Left out: `window_not_stored` (the stored candles begin after those that the features of the
    bar are computed from), `not_warm`, `window_spans_outage`, `label_not_known_yet`,
    `label_spans_outage`.

    Raises CandlesMissingError where bars are missing that no outage explains.
    """
    _refuse_holes(data)
    candles = data.candles
    first_ms = max(_first_whole_window(data), data.since_ms)
    table = feature_table(feature_set, candles, first_ms, data.first_available_ms)
    before = len(candles) - len(table)
    labels = label_table(candles, label_rule.look_ahead_bars, label_rule.threshold)[before:]
    step_ms = candles.timeframe.duration_ms
    seen_ms = (-feature_set.look_back_bars * step_ms, step_ms)
    told_ms = (step_ms, (label_rule.look_ahead_bars + 1) * step_ms)
    times = table.open_time_ms
    reasons = {
        "not_warm": ~table.warm,
        "window_spans_outage": _touches(times, seen_ms, data.outages),
        "label_not_known_yet": labels == UNKNOWN,
        "label_spans_outage": (labels == SPANS_MISSING) | _touches(times, told_ms, data.outages),
    }
    kept = ~np.any(list(reasons.values()), axis=0)
    windowless = candles.between(data.since_ms, first_ms).open_time_ms
    left_out = {"window_not_stored": windowless, **_first_reason(times, reasons)}
    rows = Dataset(times[kept], table.values[kept], classes(labels[kept]), left_out)
    return rows.newest(newest_rows)


def share_times(datasets: Sequence[Dataset], why_not: str) -> tuple[Dataset, ...]:
    """The rows of bars that are in all of them, so that one can be compared with another."""
    shared = reduce(np.intersect1d, [one.open_time_ms for one in datasets])
    return tuple(one.at(shared, why_not) for one in datasets)


def _refuse_holes(data: TrainingData) -> None:
    holes = without(data.candles.gaps(), data.outages)
    if holes:
        named = ", ".join(_named(hole) for hole in holes[:HOLES_NAMED])
        more = f" and {len(holes) - HOLES_NAMED} more" if len(holes) > HOLES_NAMED else ""
        raise CandlesMissingError(
            f"bars are missing that the exchange has: {named}{more}; "
            "let them be collected, or train from a later bar on"
        )


def _named(hole: TimeRange) -> str:
    start, end = (datetime.fromtimestamp(ms / 1000, UTC) for ms in (hole.start_ms, hole.end_ms))
    return f"{start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M}"


def _first_whole_window(data: TrainingData) -> int:
    """Open of the first bar whose window, by the window rule, is stored from its start."""
    candles = data.candles
    if len(candles) == 0 or candles.first_open_ms <= data.first_available_ms:
        return data.first_available_ms
    block_ms = WINDOW_BARS * candles.timeframe.duration_ms
    return -(-candles.first_open_ms // block_ms) * block_ms + block_ms


def _touches(
    open_time_ms: NDArray[np.int64], around_ms: tuple[int, int], outages: Iterable[TimeRange]
) -> NDArray[np.bool_]:
    """Whether [open + around[0], open + around[1]) overlaps an outage."""
    touched = np.zeros(len(open_time_ms), dtype=np.bool_)
    for outage in outages:
        first = np.searchsorted(open_time_ms, outage.start_ms - around_ms[1], side="right")
        last = np.searchsorted(open_time_ms, outage.end_ms - around_ms[0], side="left")
        touched[first:last] = True
    return touched


def _first_reason(
    open_time_ms: NDArray[np.int64], reasons: Mapping[str, NDArray[np.bool_]]
) -> dict[str, NDArray[np.int64]]:
    """Each bar under the first reason that it has."""
    left_out = {}
    told = np.zeros(len(open_time_ms), dtype=np.bool_)
    for why, applies in reasons.items():
        left_out[why] = open_time_ms[applies & ~told]
        told |= applies
    return left_out
