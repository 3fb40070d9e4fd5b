import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import csv

from exchange_simulator.bars import Bars
from exchange_simulator.faults.fault_desk import FaultDesk
from exchange_simulator.faults.script import read_script
from exchange_simulator.feed import Feed
from exchange_simulator.fixed_point import UNITS
from exchange_simulator.recorded_market import RecordedMarket
from exchange_simulator.recording import Recording
from service_kit.clock import Clock
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

ETH = Symbol("ETH", "USDT")
START_MS = 1_722_816_000_000  # 2024-08-05T00:00Z

BarsAt = Callable[[Timeframe, Sequence[int]], Bars]
RecordingAt = Callable[..., Recording]


@pytest.fixture(scope="session")
def bars_at() -> BarsAt:
    """Bars that open at these times, each with prices and a volume of its own."""

    def build(timeframe: Timeframe, opens_ms: Sequence[int]) -> Bars:
        opened = np.array(opens_ms, np.int64)
        number = opened // timeframe.duration_ms % 97
        open_ = (2_000 + number) * UNITS
        close = open_ + (number % 7 - 3) * UNITS // 100
        return Bars(
            open_ms=opened,
            open=open_,
            high=np.maximum(open_, close) + UNITS,
            low=np.minimum(open_, close) - UNITS // 2,
            close=close,
            volume=number * 12_345_000 + timeframe.duration_ms * 1_000,
        )

    return build


@pytest.fixture(scope="session")
def recording_at(bars_at: BarsAt) -> RecordingAt:
    def build(
        timeframe: Timeframe,
        first_ms: int,
        count: int,
        *,
        symbol: Symbol = ETH,
        without: Sequence[int] = (),
    ) -> Recording:
        opens = [first_ms + n * timeframe.duration_ms for n in range(count)]
        bars = bars_at(timeframe, [time_ms for time_ms in opens if time_ms not in without])
        return Recording(f"{symbol}-{timeframe}-test.parquet", symbol, timeframe, bars)

    return build


@pytest.fixture(scope="session")
def market(recording_at: RecordingAt) -> RecordedMarket:
    """Three days of minutes after ten days of hours."""
    minutes = recording_at(Timeframe.M1, START_MS, 3 * 1440)
    hours = recording_at(Timeframe.H1, START_MS - 10 * 24 * Timeframe.H1.duration_ms, 14 * 24)
    return RecordedMarket.of([minutes, hours], [ETH])


@pytest.fixture
def feed(market: RecordedMarket) -> Feed:
    return Feed("replay", "replay:test", market, START_MS, START_MS + 3 * 86_400_000, {})


@pytest.fixture
def clock_at(tmp_path: Path) -> Callable[..., Clock]:
    """A clock that stands at an event time, or one that runs on the given wall."""

    def build(
        event_ms: int, *, wall: Callable[[], float] = lambda: 0.0, running: bool = False
    ) -> Clock:
        path = tmp_path / "clock.json"
        state = {
            "event_epoch_ms": event_ms,
            "wall_epoch_ms": 0 if running else None,
            "speed": 60.0,
            "end_ms": None,
        }
        path.write_text(json.dumps(state))
        return Clock(path, wall)

    return build


class Wall:
    """A wall clock in milliseconds that stands until it is moved."""

    def __init__(self) -> None:
        self.ms = 0.0

    def __call__(self) -> float:
        return self.ms


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def armed(clock_at: Callable[..., Clock], wall: Wall) -> Callable[..., FaultDesk]:
    """A desk at 30 hours after the start, at 60×, with these faults armed at wall time 0."""

    def build(
        *faults: dict[str, object], seed: int = 7, state_path: Path | None = None
    ) -> FaultDesk:
        clock = clock_at(START_MS + 30 * 3_600_000, wall=wall, running=True)
        desk = FaultDesk(clock, [ETH], state_path=state_path)
        desk.arm(read_script({"seed": seed, "faults": list(faults)}))
        return desk

    return build


@pytest.fixture
def write_candles(tmp_path: Path) -> Callable[..., Path]:
    """A file of three minutes, as parquet or CSV, with columns replaced or left out."""

    def write(name: str = "ETHUSDT-1m-test.parquet", **changed: list[object] | None) -> Path:
        columns: dict[str, list[object] | None] = {
            "timestamp": [START_MS, START_MS + 60_000, START_MS + 120_000],
            "open": [2000.01, 2000.5, 2001.0],
            "high": [2001.0, 2002.0, 2003.0],
            "low": [1999.0, 2000.0, 2000.5],
            "close": [2000.5, 2001.0, 2002.25],
            "volume": [1.5, 0.0, 63.2312],
        }
        columns.update(changed)
        table = {column: values for column, values in columns.items() if values is not None}
        rows = [table.keys(), *zip(*table.values(), strict=True)]
        lines = (",".join("" if v is None else str(v) for v in row) for row in rows)
        text = "\n".join([*lines, ""])
        path = tmp_path / name
        if path.suffix == ".parquet":
            _write_parquet(path, text)
        else:
            path.write_text(text)
        return path

    return write


def _write_parquet(path: Path, text: str) -> None:
    table = csv.read_csv(pa.BufferReader(text.encode()))
    with pq.ParquetWriter(path, table.schema) as file:
        file.write_table(table)
