"""How old the feed's newest frame was, second by second: over the last hour, and since the start.

One sample a wall second, by whoever leads. It is handed on as JSON, so that the next leader goes on
where the last one was killed; the seconds between have no sample, and are counted as that.
"""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final, Self

from market_service.quality.sketch import AgeSketch
from service_kit.events import FeedState, FeedStatus
from trading_core.timeframe import MINUTE_MS

HOUR_MINUTES: Final = 60

Json = dict[str, Any]  # Any: JSON


class AgeSpan:
    """Samples of some stretch of time."""

    def __init__(
        self, ages: AgeSketch | None = None, states: Mapping[FeedStatus, int] | None = None
    ) -> None:
        self.ages = ages or AgeSketch()
        self.states = Counter(states or {})
        """How many samples, each of a second, found the feed in this state."""

    @property
    def samples(self) -> int:
        return self.states.total()

    def add(self, state: FeedState) -> None:
        """An age is counted only while frames are due: not before the first, not after the end."""
        self.states[state.state] += 1
        if state.age_ms is not None and state.state is not FeedStatus.ENDED:
            self.ages.add(state.age_ms)

    def merge(self, other: Self) -> None:
        self.ages.merge(other.ages)
        self.states.update(other.states)

    def to_json(self) -> Json:
        return {
            "buckets": sorted(self.ages.buckets.items()),
            "largestMs": self.ages.largest_ms,
            "states": dict(self.states),
        }

    @classmethod
    def from_json(cls, told: Json) -> Self:
        buckets = {int(bucket): int(count) for bucket, count in told["buckets"]}
        states = {FeedStatus(name): int(count) for name, count in told["states"].items()}
        return cls(AgeSketch(buckets, int(told["largestMs"])), states)


class FeedAges:
    def __init__(self, since_ms: int) -> None:
        self.since_ms = since_ms
        """Wall time of the first sample."""
        self.whole = AgeSpan()
        self.faults: Counter[str] = Counter()
        """What went wrong with the exchange meanwhile, by name."""
        self._minutes: dict[int, AgeSpan] = {}

    def sample(self, wall_ms: int, state: FeedState) -> None:
        minute = wall_ms // MINUTE_MS
        self._minutes = _recent(self._minutes, minute)
        self._minutes.setdefault(minute, AgeSpan()).add(state)
        self.whole.add(state)

    def last_hour(self, wall_ms: int) -> AgeSpan:
        """The wall clock's minute and the 59 before it."""
        hour = AgeSpan()
        for span in _recent(self._minutes, wall_ms // MINUTE_MS).values():
            hour.merge(span)
        return hour

    def to_json(self) -> bytes:
        told = {
            "sinceMs": self.since_ms,
            "whole": self.whole.to_json(),
            "faults": dict(self.faults),
            "minutes": [[minute, span.to_json()] for minute, span in self._minutes.items()],
        }
        return json.dumps(told).encode()

    @classmethod
    def from_json(cls, told: bytes) -> Self:
        """Raises ValueError for what is nothing that `to_json` writes."""
        try:
            read = json.loads(told)
            found = cls(int(read["sinceMs"]))
            found.whole = AgeSpan.from_json(read["whole"])
            found.faults = Counter({str(kind): int(n) for kind, n in read["faults"].items()})
            found._minutes = {int(at): AgeSpan.from_json(span) for at, span in read["minutes"]}
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"no feed ages: {error!r}") from error
        return found


def first_second_of_hour(wall_ms: int) -> int:
    """Wall time from which `FeedAges.last_hour` counts."""
    return (wall_ms // MINUTE_MS - HOUR_MINUTES + 1) * MINUTE_MS


def _recent(minutes: Mapping[int, AgeSpan], minute: int) -> dict[int, AgeSpan]:
    """Nothing of the future either: somebody may have set the clock back."""
    return {at: span for at, span in minutes.items() if minute - HOUR_MINUTES < at <= minute}
