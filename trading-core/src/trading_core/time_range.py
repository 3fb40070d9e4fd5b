"""Half-open stretches of event time: holes, outages, pages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from trading_core.errors import InvalidTimeRangeError
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True, order=True)
class TimeRange:
    """[start_ms, end_ms), never empty.

    Raises InvalidTimeRangeError when it would be.
    """

    start_ms: int
    end_ms: int

    def __post_init__(self) -> None:
        if self.end_ms <= self.start_ms:
            raise InvalidTimeRangeError(self.start_ms, self.end_ms)

    @property
    def duration_ms(self) -> int:
        return self.end_ms - self.start_ms

    def overlap(self, other: Self) -> Self | None:
        start_ms = max(self.start_ms, other.start_ms)
        end_ms = min(self.end_ms, other.end_ms)
        return type(self)(start_ms, end_ms) if start_ms < end_ms else None

    def whole_bars(self, timeframe: Timeframe) -> Self | None:
        """The part that whole bars fill; None where none fits."""
        step_ms = timeframe.duration_ms
        start_ms = -(-self.start_ms // step_ms) * step_ms
        end_ms = timeframe.bar_open(self.end_ms)
        return type(self)(start_ms, end_ms) if start_ms < end_ms else None


def without(ranges: Iterable[TimeRange], excluded: Iterable[TimeRange]) -> tuple[TimeRange, ...]:
    """What is left of each range once the excluded ones, in any order, are cut out."""
    cuts = sorted(excluded)
    return tuple(piece for stretch in ranges for piece in _remainder(stretch, cuts))


def _remainder(stretch: TimeRange, cuts: list[TimeRange]) -> Iterator[TimeRange]:
    start_ms = stretch.start_ms
    for cut in cuts:
        end_ms = min(cut.start_ms, stretch.end_ms)
        if start_ms < end_ms:
            yield TimeRange(start_ms, end_ms)
        start_ms = max(start_ms, cut.end_ms)
    if start_ms < stretch.end_ms:
        yield TimeRange(start_ms, stretch.end_ms)
