"""Candles from files into a real PostgreSQL."""

import json
import zipfile
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from market_service.candle_store import CandleStore, SeenCandle
from market_service.coverage_store import CoverageStore
from market_service.exact_candle import ExactCandle
from market_service.import_candles.import_file import FileImporter, ImportOptions
from market_service.import_candles.import_report import ImportReport
from run_module import run_module
from service_kit.clock import Clock
from service_kit.database import create_database
from service_kit.series import Series
from service_kit.settings import DatabaseSettings
from trading_core.candle_origin import CandleOrigin
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import HOUR_MS, Timeframe

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.H1)
START_MS = 1_704_067_200_000
"""2024-01-01."""
MODULE = "market_service.import_candles"


@pytest.fixture
async def engine(database_settings: DatabaseSettings) -> AsyncIterator[AsyncEngine]:
    engine = create_database(database_settings)
    yield engine
    await engine.dispose()


def hour(bar: int) -> int:
    return START_MS + bar * HOUR_MS


def kline(bar: int, close: str = "2300.5") -> str:
    """A row as the exchange's public files have it."""
    last_ms = hour(bar + 1) - 1
    return f"{hour(bar)},2300.1,2311.0,2299.99,{close},12.34567891,{last_ms},28000.0,9,6.1,14000,0"


def write(folder: Path, bars: list[str], name: str = "ETHUSDT-1h-2024-01.csv") -> Path:
    path = folder / name
    path.write_text("".join(f"{bar}\n" for bar in bars))
    return path


async def imported(
    engine: AsyncEngine, path: Path, options: ImportOptions | None = None
) -> ImportReport:
    importer = FileImporter(engine, Clock(), options or ImportOptions())
    return await importer.import_file(path, lambda _file, _done, _total: None)


async def fetch(engine: AsyncEngine, query: str) -> list[Any]:
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(query)]
    finally:
        await connection.close()


async def test_a_file_imported_twice_is_stored_once(engine: AsyncEngine, tmp_path: Path) -> None:
    path = write(tmp_path, [kline(bar) for bar in range(200)])
    first, second = await imported(engine, path), await imported(engine, path)
    assert (first.refused, first.rows, first.new, first.same) == (None, 200, 200, 0)
    assert (second.refused, second.rows, second.new, second.same) == (None, 200, 0, 200)
    assert first.sha256 == second.sha256
    stored = await fetch(engine, "SELECT volume, origin::text FROM ohlcv_data")
    assert stored == [(Decimal("12.34567891"), "backfill")] * 200
    assert await fetch(engine, "SELECT * FROM ohlcv_revisions") == []


async def test_no_room_hears_of_an_import(engine: AsyncEngine, tmp_path: Path) -> None:
    await imported(engine, write(tmp_path, [kline(0)]))
    assert await fetch(engine, "SELECT * FROM room_events") == []


async def test_other_values_are_refused_and_named(engine: AsyncEngine, tmp_path: Path) -> None:
    await imported(engine, write(tmp_path, [kline(bar) for bar in range(3)]))
    changed = write(tmp_path, [kline(0), kline(1, "2305"), kline(2), kline(3)])
    report = await imported(engine, changed)
    assert report.refused is not None
    assert report.refused.startswith("the database has other values for 1 of its bars")
    (difference,) = report.differences.first
    assert difference.open_ms == hour(1)
    assert str(difference).count("'2305'") == str(difference).count("'2300.5'") == 1
    assert await fetch(engine, "SELECT count(*) FROM ohlcv_data") == [(3,)]


async def test_asked_to_replace_it_keeps_the_earlier_version(
    engine: AsyncEngine, tmp_path: Path
) -> None:
    await imported(engine, write(tmp_path, [kline(bar) for bar in range(3)]))
    changed = write(tmp_path, [kline(0), kline(1, "2305"), kline(2), kline(3)])
    report = await imported(engine, changed, ImportOptions(replace=True))
    assert (report.refused, report.new, report.replaced, report.same) == (None, 1, 1, 2)
    assert await fetch(engine, "SELECT timestamp, close FROM ohlcv_revisions") == [
        (hour(1), Decimal("2300.5"))
    ]


async def test_a_bad_row_keeps_the_whole_file_out(engine: AsyncEngine, tmp_path: Path) -> None:
    path = write(tmp_path, [*(kline(bar) for bar in range(150)), kline(150, "9999"), kline(151)])
    report = await imported(engine, path)
    assert report.refused is not None
    assert report.refused.startswith("1 of its 152 rows cannot be stored")
    assert report.bad_rows.first[0].open_ms == hour(150)
    assert await fetch(engine, "SELECT * FROM ohlcv_data") == []
    skipped = await imported(engine, path, ImportOptions(skip_bad_rows=True))
    assert (skipped.refused, skipped.new, skipped.bad_rows.count) == (None, 151, 1)
    assert (skipped.outages, skipped.missing_bars) == (0, 1)
    assert await fetch(engine, "SELECT * FROM outages") == []


async def test_a_text_that_breaks_off_while_it_is_stored_leaves_nothing(
    engine: AsyncEngine, tmp_path: Path
) -> None:
    bars = [kline(bar) for bar in range(3_000)]
    broken = await imported(engine, write(tmp_path, [*bars, '"1704067200000,2300']))
    assert broken.refused is not None
    assert broken.refused.startswith("line 3001 is no CSV")
    assert await fetch(engine, "SELECT * FROM ohlcv_data") == []
    assert (await imported(engine, write(tmp_path, bars))).new == 3_000


async def test_what_a_file_lacks_inside_is_an_outage(engine: AsyncEngine, tmp_path: Path) -> None:
    path = write(tmp_path, [kline(bar) for bar in (*range(10), *range(12, 20))])
    report = await imported(engine, path)
    assert (report.outages, report.outage_bars, report.missing_bars) == (1, 2, 0)
    ranges = "SELECT start_ms, end_ms FROM outages"
    assert await fetch(engine, ranges) == [(hour(10), hour(12))]
    assert (await imported(engine, path)).outages == 0
    filling = write(tmp_path, [kline(bar) for bar in range(10, 12)])
    assert (await imported(engine, filling)).new == 2
    assert await fetch(engine, ranges) == []


async def test_gaps_may_be_left_to_be_healed(engine: AsyncEngine, tmp_path: Path) -> None:
    path = write(tmp_path, [kline(bar) for bar in (*range(10), *range(12, 20))])
    report = await imported(engine, path, ImportOptions(gaps_are_holes=True))
    assert (report.outages, report.missing_bars) == (0, 2)
    assert await fetch(engine, "SELECT * FROM outages") == []


async def test_a_bar_that_is_stored_already_is_no_outage(
    engine: AsyncEngine, tmp_path: Path
) -> None:
    price = Decimal("2300.5")
    candle = ExactCandle(SERIES, hour(10), price, price, price, price, Decimal(1))
    await CandleStore(engine).save([SeenCandle(candle, CandleOrigin.LIVE, START_MS)])
    await CoverageStore(engine).record_outages(SERIES, [TimeRange(hour(11), hour(12))], START_MS)
    path = write(tmp_path, [kline(bar) for bar in (*range(10), *range(13, 20))])
    report = await imported(engine, path)
    assert (report.outages, report.outage_bars) == (1, 1)
    assert await fetch(engine, "SELECT start_ms, end_ms FROM outages") == [(hour(11), hour(13))]


async def test_bars_before_the_exchanges_first_are_refused(
    engine: AsyncEngine, tmp_path: Path
) -> None:
    coverage = CoverageStore(engine)
    await coverage.begin(SERIES, hour(500))
    await coverage.set_first_available(SERIES, hour(2))
    report = await imported(engine, write(tmp_path, [kline(bar) for bar in range(5)]))
    assert report.bad_rows.count == 2
    assert "has no bar so early" in str(report.bad_rows.first[0])


async def test_the_exchanges_zip_is_read(engine: AsyncEngine, tmp_path: Path) -> None:
    path = tmp_path / "ETHUSDT-1h-2024-01.zip"
    rows = "".join(f"{kline(bar)}\n" for bar in range(48))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ETHUSDT-1h-2024-01.csv", rows)
    assert (await imported(engine, path)).new == 48
    other = path.rename(tmp_path / "BTCUSDT-1h-2024-01.zip")
    assert (await imported(engine, other)).refused == (
        "the name ETHUSDT-1h-2024-01.csv says ETHUSDT, not BTCUSDT"
    )
    other.rename(path)
    (tmp_path / f"{path.name}.CHECKSUM").write_text(f"{'0' * 64}  {path.name}\n")
    refused = (await imported(engine, path)).refused
    assert refused is not None
    assert "CHECKSUM says 000" in refused


async def test_eight_years_of_hours_are_imported_exactly(
    engine: AsyncEngine, shared_data: Path
) -> None:
    path = shared_data / "ETHUSDT-1h-2017-2024.parquet"
    first, second = await imported(engine, path), await imported(engine, path)
    assert (first.refused, first.new, first.outages, first.outage_bars) == (None, 64_524, 28, 128)
    assert (second.new, second.same, second.outages) == (0, 64_524, 0)
    assert first.seconds < 30


async def test_the_program_says_how_far_it_is_and_what_came_of_it(
    database_url: str, tmp_path: Path
) -> None:
    good = write(tmp_path, [kline(bar) for bar in range(6_000)])
    output, code = await run_module(database_url, MODULE, str(good), str(tmp_path / "absent.csv"))
    lines = [json.loads(line) for line in output.splitlines()]
    assert lines[0] == {"file": good.name, "done": 5_000, "total": 6_000}
    assert lines[1]["report"]["new"] == 6_000
    assert lines[2]["report"]["refused"] == "it cannot be opened: No such file or directory"
    assert code == 1


async def test_a_simulated_market_takes_no_real_candles(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEED_KIND", "simulated")
    output, code = await run_module(database_url, MODULE, str(write(tmp_path, [kline(0)])))
    assert (output, code) == ("", 1)
