"""Purged, embargoed, expanding walk-forward: each fold is predicted from its past alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from sklearn.model_selection import TimeSeriesSplit

from ml_service.learning.stretches import Parts, parts


@dataclass(frozen=True, slots=True)
class Fold:
    parts: Parts
    """Of the past: their rows end a gap before the test's."""
    past: slice
    """All rows whose labels are known a gap before the test."""
    test: slice


def folds(rows: int, gap: int, count: int, first_share: float) -> Iterator[Fold]:
    """Folds of one length that fill the rows after the first share of them, ascending."""
    test_rows = int(rows * (1 - first_share)) // count
    splitter = TimeSeriesSplit(n_splits=count, gap=gap, test_size=test_rows)
    for past, test in splitter.split(range(rows)):
        first, end = int(test[0]), int(test[-1]) + 1
        yield Fold(parts(first, gap), slice(0, len(past)), slice(first, end))
