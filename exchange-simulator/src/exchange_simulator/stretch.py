"""Stretches: recordings of one symbol and timeframe that follow each other without a seam."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from exchange_simulator.bars import Bars
from exchange_simulator.errors import CombinationError
from exchange_simulator.recording import Recording
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True)
class Stretch:
    """Time that is covered, outages included, and its bars."""

    timeframe: Timeframe
    start_ms: int
    end_ms: int
    bars: Bars

    def whole_bars(self, first_ms: int, end_ms: int) -> Bars:
        """Bars that both open and close within [first_ms, end_ms]."""
        return self.bars.between(first_ms, end_ms - self.timeframe.duration_ms + 1)


def stretches_of(recordings: Iterable[Recording]) -> tuple[Stretch, ...]:
    """The stretches of one symbol's recordings: finest timeframe first, then newest first.

    Raises:
        CombinationError: two recordings overlap and differ where they do.

    """
    order = list(Timeframe)
    ordered = sorted(recordings, key=lambda r: (order.index(r.timeframe), r.start_ms))
    found: list[Stretch] = []
    for timeframe, group in groupby(ordered, key=lambda r: r.timeframe):
        found.extend(reversed(_joined(timeframe, list(group))))
    return tuple(found)


def _joined(timeframe: Timeframe, ordered: list[Recording]) -> list[Stretch]:
    first, *rest = ordered
    stretches = [Stretch(timeframe, first.start_ms, first.end_ms, first.bars)]
    for recording in rest:
        last = stretches[-1]
        if recording.start_ms > last.end_ms:
            stretches.append(
                Stretch(timeframe, recording.start_ms, recording.end_ms, recording.bars)
            )
        else:
            stretches[-1] = _extended(last, recording)
    return stretches


def _extended(stretch: Stretch, recording: Recording) -> Stretch:
    shared = stretch.bars.between(recording.start_ms, recording.end_ms)
    again = recording.bars.between(recording.start_ms, stretch.end_ms)
    pairs = zip(shared.columns, again.columns, strict=True)
    if not all(np.array_equal(one, other) for one, other in pairs):
        raise CombinationError(
            f"{recording.name}: differs from another {recording.timeframe} recording of "
            f"{recording.symbol.slashed} where they overlap"
        )
    beyond = recording.bars.between(stretch.end_ms, recording.end_ms)
    return Stretch(
        timeframe=stretch.timeframe,
        start_ms=stretch.start_ms,
        end_ms=max(stretch.end_ms, recording.end_ms),
        bars=Bars.joined((stretch.bars, beyond)),
    )
