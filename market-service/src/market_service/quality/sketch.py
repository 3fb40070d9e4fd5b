"""Ages of the feed as a histogram of fixed size; a percentile of it is true to 2 %."""

import math
from collections import Counter
from collections.abc import Mapping
from typing import Final, Self

ACCURACY: Final = 0.02
"""A percentile lies within this share of an age that was added."""
LARGEST_MS: Final = 7 * 86_400_000
"""What is older counts as this old: so there are at most 507 buckets."""

_RATIO: Final = (1 + ACCURACY) / (1 - ACCURACY)
_LOG_RATIO: Final = math.log(_RATIO)


class AgeSketch:
    """Bucket i holds ages in (ratio^(i-1), ratio^i] ms, as DDSketch has them; no age is below 1."""

    def __init__(self, buckets: Mapping[int, int] | None = None, largest_ms: int = 0) -> None:
        self.buckets = Counter(buckets or {})
        self.largest_ms = largest_ms
        """Exact."""

    @property
    def count(self) -> int:
        return self.buckets.total()

    def add(self, age_ms: int) -> None:
        counted_ms = min(max(age_ms, 1), LARGEST_MS)
        self.buckets[math.ceil(math.log(counted_ms) / _LOG_RATIO)] += 1
        self.largest_ms = max(self.largest_ms, age_ms)

    def merge(self, other: Self) -> None:
        self.buckets.update(other.buckets)
        self.largest_ms = max(self.largest_ms, other.largest_ms)

    def percentile(self, share: float) -> int | None:
        """The age in ms that at least this share of all does not exceed; None of none."""
        wanted = math.ceil(share * self.count)
        seen = 0
        for bucket in sorted(self.buckets):
            seen += self.buckets[bucket]
            if seen >= wanted:
                middle_ms = 2 * _RATIO**bucket / (_RATIO + 1)
                return min(round(middle_ms), self.largest_ms)
        return None
