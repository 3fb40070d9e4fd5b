"""`./eth import`: candles from files into the database at hand, and what came of each file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from eth_cli.feed import utc_text
from eth_cli.open_market import Market
from eth_cli.program_lines import Json, program_lines
from eth_cli.running_stack import asked_symbol
from trading_core.timeframe import Timeframe

MODULE: Final = "market_service.import_candles"
LATEST_MS: Final = 4_102_444_800_000
"""2100-01-01."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    files: tuple[Path, ...]
    symbol: str | None = None
    timeframe: Timeframe | None = None
    skip_bad_rows: bool = False
    replace: bool = False
    gaps_are_holes: bool = False

    def checked(self) -> ImportRequest:
        """Raises WrongOptionError."""
        if self.symbol is not None:
            asked_symbol(self.symbol)
        return self

    def command(self) -> list[str]:
        given = {
            "--symbol": self.symbol,
            "--timeframe": self.timeframe and self.timeframe.value,
        }
        said = {
            "--skip-bad-rows": self.skip_bad_rows,
            "--replace": self.replace,
            "--gaps-are-holes": self.gaps_are_holes,
        }
        options = [part for name, value in given.items() if value for part in (name, value)]
        flags = [name for name, is_said in said.items() if is_said]
        return [sys.executable, "-m", MODULE, *options, *flags, "--", *map(str, self.files)]


def import_files(
    market: Market, request: ImportRequest, console: Console, tell: Callable[[Json], None]
) -> None:
    """Each file's report is told as soon as it is there.

    Raises StackError at the end when a file was refused, or when the program stops before.
    """
    bars = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bars:
        for report in _reports(program_lines(request.command(), market.environment()), bars):
            tell(report)


def report_lines(report: Json) -> Iterator[str]:
    """For people; of a refused file first why, then where."""
    if report["refused"]:
        yield f"{report['file']}: refused: {report['refused']}."
        yield from _bad_row_lines(report)
        yield from _difference_lines(report)
        return
    series = f"{report['symbol']} {report['timeframe']}"
    yield f"{report['file']}: {series}, {report['rows']:,} rows in {report['seconds']:.1f} s"
    if report["firstMs"] is not None:
        yield f"  {utc_text(report['firstMs'])} to {utc_text(report['lastMs'])} (opens)"
    replaced = f", {report['replaced']:,} replaced" if report["replaced"] else ""
    yield f"  {report['new']:,} new, {report['same']:,} already there{replaced}"
    yield from _gap_lines(report)
    yield from _bad_row_lines(report)
    yield f"  SHA-256 {report['sha256']}"


def _reports(lines: Iterator[Json], bars: Progress) -> Iterator[Json]:
    task = bars.add_task("", total=None, visible=False)
    for line in lines:
        if "report" in line:
            bars.update(task, visible=False)
            yield line["report"]
        else:
            told = {"description": line["file"], "completed": line["done"], "total": line["total"]}
            bars.update(task, visible=True, **told)


def _gap_lines(report: Json) -> Iterator[str]:
    if report["outages"]:
        yield (
            f"  {report['outages']} gaps ({report['outageBars']} bars) recorded as outages "
            "of the exchange"
        )
    if report["missingBars"]:
        yield f"  {report['missingBars']} bars are missing in between"


def _bad_row_lines(report: Json) -> Iterator[str]:
    bad = report["badRows"]
    if bad["count"] and not report["refused"]:
        yield f"  {bad['count']:,} rows left out:"
    for row in bad["first"]:
        at = "" if row["openMs"] is None else f" ({_when(row['openMs'])})"
        yield f"    row {row['number']}{at}: {row['reason']}"
    yield from _further(bad)


def _difference_lines(report: Json) -> Iterator[str]:
    different = report["differences"]
    for bar in different["first"]:
        stored, received = (" ".join(bar[name]) for name in ("stored", "received"))
        yield f"    {_when(bar['openMs'])}: stored {stored}, the file {received}"
    yield from _further(different)


def _further(listed: Json) -> Iterator[str]:
    further = listed["count"] - len(listed["first"])
    if further:
        yield f"    and {further:,} more"


def _when(open_ms: int) -> str:
    """A wrong row's time may be of no calendar."""
    return utc_text(open_ms) if open_ms < LATEST_MS else str(open_ms)
