"""Closed candles of one market and timeframe, as arrays that cannot be wrong."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trading_core.errors import InvalidCandlesError
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import Timeframe

PRICES: Final = ("open", "high", "low", "close")
VALUES: Final = (*PRICES, "volume")
COLUMNS: Final = ("timestamp", *VALUES)
"""Column names as tables and recordings have them; the order of a CCXT row."""

_LARGEST_WHOLE_FLOAT: Final = 2.0**53


@dataclass(frozen=True, slots=True, eq=False)
class Candles:
    """Closed bars in ascending time: aligned, contiguous, read-only arrays of one length.

    Bars may be missing (see `gaps`), but every one that is there obeys the rules:
    finite, 0 < low ≤ open, close ≤ high, volume ≥ 0, on the timeframe's grid, no duplicate.
    Whether a bar has closed is for whoever adds it to know; an open one is a `LiveCandle`.

    Raises InvalidCandlesError, which names the first row that breaks a rule.
    """

    symbol: Symbol
    timeframe: Timeframe
    open_time_ms: NDArray[np.int64]
    open: NDArray[np.float64]
    high: NDArray[np.float64]
    low: NDArray[np.float64]
    close: NDArray[np.float64]
    volume: NDArray[np.float64]
    """In the base asset."""

    def __post_init__(self) -> None:
        self._set("open_time_ms", _sealed(_whole_milliseconds(self.open_time_ms), np.int64))
        for name in VALUES:
            self._set(name, _sealed(getattr(self, name), np.float64))
        _check_shape(self)
        _check_times(self)
        _check_values(self)

    @classmethod
    def from_columns(
        cls, symbol: Symbol, timeframe: Timeframe, columns: Mapping[str, ArrayLike]
    ) -> Self:
        """From arrays or lists by the names in `COLUMNS`; further columns are ignored.

        Raises InvalidCandlesError, also when a column is missing.
        """
        missing = next((name for name in COLUMNS if name not in columns), None)
        if missing is not None:
            raise InvalidCandlesError(f"candles lack the column {missing!r}")
        return cls(symbol, timeframe, *(_as_numbers(columns[name], name) for name in COLUMNS))

    @classmethod
    def from_rows(
        cls, symbol: Symbol, timeframe: Timeframe, rows: Sequence[Sequence[object]]
    ) -> Self:
        """From CCXT rows `[open ms, open, high, low, close, volume]`, numbers or decimal strings.

        Raises InvalidCandlesError, also for rows of another shape.
        """
        if len(rows) == 0:
            return cls.empty(symbol, timeframe)
        table = _as_table(rows)
        return cls(symbol, timeframe, *table.T)

    @classmethod
    def empty(cls, symbol: Symbol, timeframe: Timeframe) -> Self:
        nothing = np.empty(0)
        return cls.from_columns(symbol, timeframe, dict.fromkeys(COLUMNS, nothing))

    def __len__(self) -> int:
        return len(self.open_time_ms)

    def __getitem__(self, bars: slice) -> Self:
        """The consecutive bars of a slice, over the same memory.

        Raises InvalidCandlesError for a slice with a step: its gaps would mean nothing.
        """
        if bars.step not in (None, 1):
            raise InvalidCandlesError("candles are sliced without a step")
        part = object.__new__(type(self))
        part._set("symbol", self.symbol)
        part._set("timeframe", self.timeframe)
        for name in ("open_time_ms", *VALUES):
            part._set(name, getattr(self, name)[bars])
        return part

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Candles) and self.content_hash() == other.content_hash()

    def __hash__(self) -> int:
        return hash(self.content_hash())

    @property
    def first_open_ms(self) -> int:
        """Open time of the oldest bar. Raises InvalidCandlesError when there is none."""
        return self._open_at(0)

    @property
    def last_open_ms(self) -> int:
        """Open time of the newest bar. Raises InvalidCandlesError when there is none."""
        return self._open_at(-1)

    @property
    def closed_until_ms(self) -> int:
        """Close of the newest bar. Raises InvalidCandlesError when there is none."""
        return self.last_open_ms + self.timeframe.duration_ms

    def between(self, since_ms: int, until_ms: int) -> Self:
        """Bars that open in [since_ms, until_ms)."""
        first, last = np.searchsorted(self.open_time_ms, (since_ms, until_ms))
        return self[int(first) : int(last)]

    def closed_by(self, time_ms: int) -> Self:
        """Bars whose close is not after `time_ms`."""
        last = np.searchsorted(
            self.open_time_ms, time_ms - self.timeframe.duration_ms, side="right"
        )
        return self[: int(last)]

    def gaps(self, within: TimeRange | None = None) -> tuple[TimeRange, ...]:
        """Missing bars, as the longest possible ranges, ascending.

        Only whole bars inside `within` are asked for; without it, those between the first bar
        and the last.
        """
        if within is None and len(self) > 0:
            within = TimeRange(self.first_open_ms, self.closed_until_ms)
        asked = within and within.whole_bars(self.timeframe)
        if asked is None:
            return ()
        step_ms = self.timeframe.duration_ms
        present = self.between(asked.start_ms, asked.end_ms).open_time_ms
        edges = np.concatenate(([asked.start_ms - step_ms], present, [asked.end_ms]))
        before = np.flatnonzero(np.diff(edges) > step_ms)
        return tuple(TimeRange(int(edges[i]) + step_ms, int(edges[i + 1])) for i in before)

    def rows(self) -> list[list[float]]:
        """CCXT rows `[open ms, open, high, low, close, volume]`; the time is an int."""
        columns = (getattr(self, name).tolist() for name in ("open_time_ms", *VALUES))
        return [list(row) for row in zip(*columns, strict=True)]

    def content_hash(self) -> str:
        """SHA-256, in hexadecimal, of market, timeframe and every value.

        The same on every machine and for every way the candles were read.
        """
        digest = hashlib.sha256(f"{self.symbol.slashed} {self.timeframe}\n".encode())
        digest.update(self.open_time_ms.astype("<i8").tobytes())
        for name in VALUES:
            positive_zero = getattr(self, name) + 0.0
            digest.update(positive_zero.astype("<f8").tobytes())
        return digest.hexdigest()

    def _open_at(self, index: int) -> int:
        if len(self) == 0:
            raise InvalidCandlesError(f"there are no {self.symbol} {self.timeframe} candles")
        return int(self.open_time_ms[index])

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)


_Scalar = TypeVar("_Scalar", bound=np.generic)


def _as_numbers(values: ArrayLike, name: str) -> NDArray[Any]:
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise InvalidCandlesError(f"the column {name!r} is not one row of numbers") from error
    if array.size and array.dtype.kind not in "iuf":
        raise InvalidCandlesError(f"the column {name!r} holds something else than numbers")
    return array


def _as_table(rows: Sequence[Sequence[object]]) -> NDArray[np.float64]:
    try:
        table = np.array(rows, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise InvalidCandlesError(f"candle rows are not {len(COLUMNS)} numbers each") from error
    if table.shape[1:] != (len(COLUMNS),):
        raise InvalidCandlesError(f"candle rows are not {len(COLUMNS)} numbers each")
    return table


def _whole_milliseconds(times: NDArray[Any]) -> NDArray[Any]:
    if times.dtype.kind == "f":
        whole = (times == np.floor(times)) & (np.abs(times) <= _LARGEST_WHOLE_FLOAT)
        _refuse(~whole, times, "its timestamp is not a whole number of milliseconds")
    return times


def _sealed(array: NDArray[Any], dtype: type[_Scalar]) -> NDArray[_Scalar]:
    """A contiguous copy: even behind a read-only view somebody may be able to write."""
    sealed: NDArray[_Scalar] = np.array(array, dtype=dtype, order="C")
    sealed.setflags(write=False)
    return sealed


def _check_shape(candles: Candles) -> None:
    shape = candles.open_time_ms.shape
    if len(shape) != 1 or any(getattr(candles, name).shape != shape for name in VALUES):
        raise InvalidCandlesError("candle columns are not of one length")


def _check_times(candles: Candles) -> None:
    times = candles.open_time_ms
    step_ms = candles.timeframe.duration_ms
    _refuse(times < 0, times, "its timestamp is negative")
    _refuse(times % step_ms != 0, times, f"it is not aligned to {candles.timeframe}")
    _refuse(np.diff(times, prepend=-1) <= 0, times, "it does not come after the row before it")


def _check_values(candles: Candles) -> None:
    times = candles.open_time_ms
    for name in VALUES:
        _refuse(~np.isfinite(getattr(candles, name)), times, f"its {name} is not finite")
    _refuse(candles.low <= 0, times, "its low is not positive")
    _refuse(candles.low > np.minimum(candles.open, candles.close), times, "its low is not lowest")
    _refuse(
        candles.high < np.maximum(candles.open, candles.close), times, "its high is not highest"
    )
    _refuse(candles.volume < 0, times, "its volume is negative")


def _refuse(broken: NDArray[np.bool_], times: NDArray[Any], rule: str) -> None:
    if broken.any():
        row = int(broken.argmax())
        raise InvalidCandlesError(f"candle row {row} (timestamp {times[row]}): {rule}")
