"""The command `./eth import`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from eth_cli.feed import FeedKind
from eth_cli.import_candles import ImportRequest, import_files, report_lines
from eth_cli.open_market import describe_market, open_market
from eth_cli.program_lines import Json
from eth_cli.told import told
from trading_core.timeframe import Timeframe


def import_command(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…",
            help="CSV, parquet, or the exchange's zips, like ETHUSDT-1h-2024-01.zip.",
        ),
    ],
    *,
    symbol: Annotated[
        str | None, typer.Option(help="Like ETH/USDT, where a name does not say it.")
    ] = None,
    timeframe: Annotated[
        Timeframe | None, typer.Option(help="Where a name does not say it.")
    ] = None,
    skip_bad_rows: Annotated[
        bool, typer.Option("--skip-bad-rows", help="Import the other rows of such a file.")
    ] = False,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Where other values are stored, keep them as revisions."),
    ] = False,
    gaps_are_holes: Annotated[
        bool, typer.Option("--gaps-are-holes", help="Do not take gaps for outages of the exchange.")
    ] = False,
    feed: Annotated[
        FeedKind | None, typer.Option(help="Whose database; else the running stack's, or the live.")
    ] = None,
    data_dir: Annotated[Path | None, typer.Option("--data-dir", help="Folder of the data.")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="For programs: one report a line.")
    ] = False,
) -> None:
    """Store candles from files; a stack may run, and need not."""
    console = Console(highlight=False, soft_wrap=True, markup=False, stderr=as_json)

    def tell(report: Json) -> None:
        if as_json:
            sys.stdout.write(json.dumps(report) + "\n")
            sys.stdout.flush()
        else:
            console.print("\n".join(report_lines(report)))

    def run() -> None:
        request = ImportRequest(
            files=tuple(files),
            symbol=symbol,
            timeframe=timeframe,
            skip_bad_rows=skip_bad_rows,
            replace=replace,
            gaps_are_holes=gaps_are_holes,
        ).checked()
        with open_market(data_dir, feed, symbol) as market:
            console.print(describe_market(market))
            import_files(market, request, console, tell)

    raise typer.Exit(told(run))
