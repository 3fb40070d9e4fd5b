"""One file into the tables, in one transaction: whole or not at all."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from market_service.candle_store import CandleStore, FileSaving, SavedFile, SeenCandle
from market_service.coverage_store import CoverageStore
from market_service.find_gaps import bar_count
from market_service.import_candles.errors import (
    DifferentCandlesError,
    FileRefusedError,
    RowsRefusedError,
)
from market_service.import_candles.file_row import BadRow, FileRow
from market_service.import_candles.file_rows import FileRows, file_rows
from market_service.import_candles.file_series import file_series
from market_service.import_candles.import_report import ImportReport, Listed
from market_service.import_candles.row_check import LISTED, RowCheck
from market_service.import_candles.shown_text import shown_text
from market_service.import_candles.source_file import SourceFile, open_source
from service_kit import candle_queries
from service_kit.clock import Clock
from service_kit.database import Database, pooled_connection
from service_kit.series import Series
from trading_core.candle_origin import CandleOrigin
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import Timeframe

TELL_EVERY_ROWS: Final = 5_000

Tell = Callable[[str, int, int], None]
"""Takes the file's name, rows read so far, and about how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    symbol: Symbol | None = None
    timeframe: Timeframe | None = None
    skip_bad_rows: bool = False
    replace: bool = False
    gaps_are_holes: bool = False


class FileImporter:
    def __init__(self, database: Database, clock: Clock, options: ImportOptions) -> None:
        self._database = database
        self._candles = CandleStore(database)
        self._coverage = CoverageStore(database)
        self._clock = clock
        self._options = options

    async def import_file(self, path: Path, tell: Tell) -> ImportReport:
        """Raises StoreUnavailableError; then nothing of the file is stored, or all of it is."""
        started = time.monotonic()
        report = ImportReport(file=shown_text(path.name))
        try:
            with open_source(path) as source:
                report = replace(report, sha256=source.sha256)
                series = file_series(source.name, self._options.symbol, self._options.timeframe)
                symbol, timeframe = series.key
                report = replace(report, symbol=symbol, timeframe=timeframe)
                saved, check = await self._save(source, series, tell)
                report = _stored(report, saved, check)
                report = await self._settle_gaps(series, report)
        except FileRefusedError as error:
            report = _refused(report, error)
        return replace(report, seconds=round(time.monotonic() - started, 3))

    async def _save(
        self, source: SourceFile, series: Series, tell: Tell
    ) -> tuple[SavedFile, RowCheck]:
        now_ms = self._clock.now_ms()
        check = RowCheck(series, now_ms, await self._first_available(series))
        with file_rows(source) as rows:
            file_series(rows.name, series.symbol, series.timeframe)
            told = _told(rows, partial(tell, shown_text(source.name)))
            async with self._candles.saving(series) as saving:
                await saving.receive(
                    SeenCandle(candle, CandleOrigin.BACKFILL, now_ms)
                    for candle in check.candles(told)
                )
                self._refuse_wrong_rows(check)
                source.refuse_changed()
                await self._refuse_differences(saving)
                return await saving.store(), check

    def _refuse_wrong_rows(self, check: RowCheck) -> None:
        if check.rows == 0:
            raise FileRefusedError("it holds no row")
        check.refuse_other_spacing()
        if check.bad_count and not self._options.skip_bad_rows:
            raise RowsRefusedError(check.rows, check.bad_count, check.bad_rows)

    async def _refuse_differences(self, saving: FileSaving) -> None:
        count, first = await saving.differences(LISTED)
        if count and not self._options.replace:
            raise DifferentCandlesError(count, first)

    async def _first_available(self, series: Series) -> int:
        async with pooled_connection(self._database) as connection:
            key = (connection, series.symbol, series.timeframe)
            return await candle_queries.first_available(*key) or 0

    async def _settle_gaps(self, series: Series, report: ImportReport) -> ImportReport:
        """What the file lacks between its first bar and its last, the exchange never had.

        Unless rows were left out: then nobody knows which of the gaps are their bars.
        """
        if report.first_ms is None or report.last_ms is None:
            return report
        span = TimeRange(report.first_ms, report.last_ms + series.bar_ms)
        gaps = await self._coverage.holes(series, span)
        bars = bar_count(gaps, series.timeframe)
        if self._options.gaps_are_holes or report.bad_rows.count:
            return replace(report, missing_bars=bars)
        await self._coverage.record_outages(series, gaps, self._clock.now_ms())
        return replace(report, outages=len(gaps), outage_bars=bars)


def _told(rows: FileRows, tell: Callable[[int, int], None]) -> Iterator[FileRow | BadRow]:
    for number, row in enumerate(rows.rows, start=1):
        if number % TELL_EVERY_ROWS == 0:
            tell(number, max(number, rows.about))
        yield row


def _stored(report: ImportReport, saved: SavedFile, check: RowCheck) -> ImportReport:
    return replace(
        report,
        rows=check.rows,
        first_ms=check.first_ms,
        last_ms=check.last_ms,
        new=saved.new,
        replaced=saved.replaced,
        same=check.rows - check.bad_count - saved.new - saved.replaced,
        bad_rows=Listed(count=check.bad_count, first=tuple(check.bad_rows)),
    )


def _refused(report: ImportReport, error: FileRefusedError) -> ImportReport:
    report = replace(report, refused=error.sentence)
    if isinstance(error, RowsRefusedError):
        listed = Listed(count=error.count, first=error.first)
        return replace(report, rows=error.rows, bad_rows=listed)
    if isinstance(error, DifferentCandlesError):
        return replace(report, differences=Listed(count=error.count, first=error.first))
    return report
