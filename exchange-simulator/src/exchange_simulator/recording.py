"""One recording: a parquet or CSV file of closed candles, validated row by row when it is read.

Its name begins with the market (`ETHUSDT-1m-2024-07.parquet`); its columns are `timestamp`
(ms UTC of the open), `open`, `high`, `low`, `close`, `volume` (base asset).
"""

import hashlib
import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from exchange_simulator.bars import Bars
from exchange_simulator.candle_file import COLUMNS, read_columns
from exchange_simulator.errors import RecordingError
from exchange_simulator.fixed_point import FloatColumn, IntColumn, units_of
from trading_core.errors import InvalidSymbolError
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

LARGEST_VALUE: Final = 90_000_000.0
"""Above it a float no longer holds 8 decimal places."""

LATEST_MS: Final = 4_102_444_800_000
"""2100-01-01: timestamps beyond are another unit than milliseconds."""


@dataclass(frozen=True, slots=True)
class Recording:
    name: str
    symbol: Symbol
    timeframe: Timeframe
    bars: Bars

    @property
    def start_ms(self) -> int:
        return int(self.bars.open_ms[0])

    @property
    def end_ms(self) -> int:
        """Close of the last bar."""
        return int(self.bars.open_ms[-1]) + self.timeframe.duration_ms


def read_recordings(paths: Sequence[Path]) -> list[Recording]:
    """Raises: RecordingError."""
    return [read_recording(path) for path in paths]


def read_recordings_in_child(paths: Sequence[Path]) -> list[Recording]:
    """The same in a child process: what pyarrow takes, some 70 MB, ends with it.

    Raises: RecordingError.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as reader:
        return reader.submit(read_recordings, paths).result()


def read_recording(path: Path) -> Recording:
    """Raises: RecordingError."""
    if not path.is_file():
        raise RecordingError(f"{path}: no such file")
    symbol, named_timeframe = _read_name(path)
    columns = read_columns(path)
    opened = columns["timestamp"].astype(np.int64)
    timeframe = _spacing(path, opened, named_timeframe)
    values = {name: columns[name] for name in COLUMNS[1:]}
    _refuse_bad_rows(path, columns["timestamp"], values, timeframe)
    bars = Bars(opened, *(units_of(column) for column in values.values()))
    return Recording(path.name, symbol, timeframe, bars)


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_name(path: Path) -> tuple[Symbol, Timeframe | None]:
    market, *rest = path.stem.split("-")
    try:
        symbol = Symbol.parse(market.upper())
    except InvalidSymbolError as error:
        raise RecordingError(
            f"{path.name}: its name must begin with the market, like ETHUSDT-1m-2024-07.parquet"
        ) from error
    named = rest[0] if rest else ""
    return symbol, Timeframe(named) if named in set(Timeframe) else None


def _spacing(path: Path, opened: IntColumn, named: Timeframe | None) -> Timeframe:
    """The timeframe: the smallest distance of two rows, which the name may not contradict."""
    gaps = np.diff(opened)
    forward = gaps[gaps > 0]
    if not len(forward):
        if named is None:
            raise RecordingError(f"{path.name}: neither its name nor its rows tell the timeframe")
        return named
    found = next((t for t in Timeframe if t.duration_ms == forward.min()), None)
    if found is None:
        raise RecordingError(f"{path.name}: rows {forward.min()} ms apart are of no timeframe")
    if named not in (None, found):
        raise RecordingError(f"{path.name}: the name says {named}, but the rows are {found} apart")
    return found


def _refuse_bad_rows(
    path: Path, opened: FloatColumn, values: dict[str, FloatColumn], timeframe: Timeframe
) -> None:
    open_, high, low, close, volume = values.values()
    prices = np.stack((open_, high, low, close))
    broken_rules = {
        "a price that is not positive": (prices <= 0).any(axis=0),
        "a negative volume": volume < 0,
        "a value above 90 million": (prices > LARGEST_VALUE).any(axis=0) | (volume > LARGEST_VALUE),
        "a high below its other prices": high < prices.max(axis=0),
        "a low above its other prices": low > prices.min(axis=0),
        "a timestamp outside 1970 to 2100 in milliseconds": (opened < 0) | (opened > LATEST_MS),
        f"a timestamp that is not on the {timeframe} grid": opened % timeframe.duration_ms != 0,
        "a timestamp that is not after the one before": np.diff(opened, prepend=-1) <= 0,
    }
    for rule, broken in broken_rules.items():
        if broken.any():
            row = int(np.flatnonzero(broken)[0]) + 1
            raise RecordingError(f"{path.name}: row {row} has {rule}")
