"""Latest wins: at most one message an interval, none twice, and a repetition now and then."""

import operator
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class _Slot(Generic[Value]):
    latest: Value
    sent: Value
    sent_at: float


class Throttle(Generic[Key, Value]):
    """Decides by key what goes out when; time is given, in seconds of any monotonic clock.

    A value that is the `same` as the last one sent is no news. With `repeat_seconds`, the latest
    value goes out again once nothing went for that long.
    """

    def __init__(
        self,
        interval_seconds: float,
        repeat_seconds: float | None = None,
        same: Callable[[Value, Value], bool] = operator.eq,
    ) -> None:
        self._interval = interval_seconds
        self._repeat = repeat_seconds
        self._same = same
        self._slots: dict[Key, _Slot[Value]] = {}

    def offer(self, key: Key, value: Value, now: float) -> bool:
        """Whether the value goes out now; else it waits, unless a later one replaces it."""
        slot = self._slots.get(key)
        if slot is not None:
            slot = self._slots[key] = replace(slot, latest=value)
            if not self._is_due(slot, now):
                return False
        self._slots[key] = _Slot(value, value, now)
        return True

    def due(self, now: float) -> list[tuple[Key, Value]]:
        """What has waited long enough; it counts as sent."""
        ready = [key for key, slot in self._slots.items() if self._is_due(slot, now)]
        for key in ready:
            latest = self._slots[key].latest
            self._slots[key] = _Slot(latest, latest, now)
        return [(key, self._slots[key].latest) for key in ready]

    def settle(self, key: Key, value: Value) -> None:
        """The value went out past the throttle: what waited before it is obsolete."""
        slot = self._slots.get(key)
        sent_at = float("-inf") if slot is None else slot.sent_at
        self._slots[key] = _Slot(value, value, sent_at)

    def latest(self, key: Key) -> Value | None:
        slot = self._slots.get(key)
        return None if slot is None else slot.latest

    def _is_due(self, slot: _Slot[Value], now: float) -> bool:
        waited = now - slot.sent_at
        if self._same(slot.latest, slot.sent):
            return self._repeat is not None and waited >= self._repeat
        return waited >= self._interval
