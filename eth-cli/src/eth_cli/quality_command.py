"""The command `./eth quality`."""

from __future__ import annotations

import http
import json
import sys
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import urlencode

import typer
from rich.console import Console

from eth_cli.feed import parse_start
from eth_cli.quality_table import print_feed, print_quality
from eth_cli.ready_check import http_answer
from eth_cli.running_stack import RunningStack, running_stack
from eth_cli.stack_errors import StackError, WrongOptionError
from eth_cli.told import told
from trading_core.symbol import Symbol

Json = dict[str, Any]  # Any: JSON

ANSWER_SECONDS: Final = 60.0
"""Where millions of candles are stored, counting them takes a while."""
NOT_WHOLE: Final = 1


def quality_command(
    *,
    symbol: Annotated[
        str | None, typer.Option(help="One market only, like ETH/USDT; else all watched.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="Judge the bars that open from then on, ISO 8601.")
    ] = None,
    data_dir: Annotated[Path | None, typer.Option("--data-dir", help="Folder of the data.")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="For programs: one line a market.")
    ] = False,
) -> None:
    """Show how whole the stored candles are; exit code 1 when something is missing."""
    reports: list[Json] = []

    def run() -> None:
        since_ms = parse_start(since, "--since") if since else None
        stack = running_stack(data_dir)
        reports.extend(read_quality(stack, one, since_ms) for one in stack.watched(symbol))
        if as_json:
            _write(reports)
        else:
            _show(reports)

    failed = told(run)
    whole = all(report["whole"] for report in reports)
    raise typer.Exit(failed or (0 if whole else NOT_WHOLE))


def read_quality(stack: RunningStack, symbol: Symbol, since_ms: int | None) -> Json:
    """Raises StackError when nobody answers, WrongOptionError for what cannot be answered."""
    asked = {"symbol": symbol.compact} | ({} if since_ms is None else {"since": str(since_ms)})
    path = f"/api/market/quality?{urlencode(asked)}"
    status, body = http_answer(stack.state.ports["market"], path, ANSWER_SECONDS)
    if status == http.HTTPStatus.BAD_REQUEST:
        raise WrongOptionError(f"--{json.loads(body)['error']['message']}.")
    if status != http.HTTPStatus.OK:
        raise StackError(
            f"market-service does not say how whole its candles are (status {status or 'none'})."
        )
    report: Json = json.loads(body)["data"]
    return report


def _write(reports: list[Json]) -> None:
    for report in reports:
        sys.stdout.write(json.dumps(report) + "\n")


def _show(reports: list[Json]) -> None:
    console = Console(highlight=False, soft_wrap=True, markup=False)
    for report in reports:
        print_quality(report, console)
    print_feed(reports[-1]["feed"], console)
