"""Candles of one symbol and one timeframe as aligned columns of whole numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from exchange_simulator.fixed_point import IntColumn


@dataclass(frozen=True, slots=True)
class Bar:
    """One candle: open time in ms, prices and volume in units of 1e-8."""

    open_ms: int
    open: int
    high: int
    low: int
    close: int
    volume: int


@dataclass(frozen=True, slots=True)
class Bars:
    """Candles in time order, without duplicates; columns in the units of `Bar`."""

    open_ms: IntColumn
    open: IntColumn
    high: IntColumn
    low: IntColumn
    close: IntColumn
    volume: IntColumn

    @classmethod
    def empty(cls) -> Self:
        return cls(*(np.empty(0, np.int64) for _ in range(6)))

    @classmethod
    def single(cls, bar: Bar) -> Self:
        values = (bar.open_ms, bar.open, bar.high, bar.low, bar.close, bar.volume)
        return cls(*(np.array([value], np.int64) for value in values))

    @classmethod
    def joined(cls, parts: Sequence["Bars"]) -> Self:
        """Parts one after the other; they must already follow each other in time."""
        if not parts:
            return cls.empty()
        return cls(*map(np.concatenate, zip(*(part.columns for part in parts), strict=True)))

    @property
    def columns(self) -> tuple[IntColumn, ...]:
        return (self.open_ms, self.open, self.high, self.low, self.close, self.volume)

    def __len__(self) -> int:
        return len(self.open_ms)

    def part(self, first: int, end: int) -> "Bars":
        """Rows [first, end), without copying."""
        return Bars(*(column[first:end] for column in self.columns))

    def between(self, first_ms: int, end_ms: int) -> "Bars":
        """Bars that open in [first_ms, end_ms), without copying."""
        first, end = np.searchsorted(self.open_ms, (first_ms, end_ms))
        return self.part(int(first), int(end))

    def chosen(self, rows: IntColumn) -> "Bars":
        """Rows by index."""
        return Bars(*(column[rows] for column in self.columns))

    def bar(self, row: int) -> Bar:
        return Bar(*(int(column[row]) for column in self.columns))

    def rows(self) -> list[Bar]:
        return [Bar(*row) for row in zip(*(c.tolist() for c in self.columns), strict=True)]
