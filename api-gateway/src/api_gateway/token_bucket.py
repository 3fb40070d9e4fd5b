"""So many a second, and so many at once; whoever takes more is in debt."""


class TokenBucket:
    """Time is given, in seconds of any monotonic clock."""

    def __init__(self, per_second: float, burst: float, now: float) -> None:
        self._per_second = per_second
        self._burst = burst
        self._left = burst
        self._at = now

    def take(self, now: float) -> float:
        """How many are left after this one; below zero, how many too many were taken."""
        refilled = self._left + (now - self._at) * self._per_second
        self._left = min(self._burst, refilled) - 1
        self._at = now
        return self._left
