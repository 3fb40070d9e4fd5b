"""`./eth rebuild`: indicators, patterns, decisions and outcomes over the stored history."""

from __future__ import annotations

import http
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final
from urllib.parse import urlencode

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from eth_cli.program_lines import Json, program_lines
from eth_cli.ready_check import http_answer
from eth_cli.running_stack import RunningStack
from eth_cli.stack_errors import StackError, WrongOptionError
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

STAGES: Final = {
    "indicators": "analysis_service.calculate_history",
    "patterns": "patterns_service.detect_history",
    "signals": "signals_service.rebuild",
}
SCORECARD_SECONDS: Final = 120.0


@dataclass(frozen=True, slots=True)
class RebuildRequest:
    symbol: str | None = None
    timeframe: Timeframe | None = None
    since_ms: int | None = None
    until_ms: int | None = None

    def checked(self) -> RebuildRequest:
        """Raises WrongOptionError."""
        times = (self.since_ms, self.until_ms)
        if None not in times and self.since_ms >= self.until_ms:  # type: ignore[operator]  # not None
            raise WrongOptionError("--since must lie before --until.")
        return self


def rebuild_history(stack: RunningStack, request: RebuildRequest, console: Console) -> list[Json]:
    """Each series through every stage; returns what the signals' rebuilds said at their end.

    Raises StackError when a stage fails; what was stored by then stays, and the next rebuild goes
    on from there.
    """
    symbols = stack.watched(request.symbol)
    timeframes = (request.timeframe,) if request.timeframe else tuple(Timeframe)
    with _bars(console) as bars:
        return [
            _series(stack, request, bars, symbol, timeframe)
            for symbol, timeframe in product(symbols, timeframes)
        ]


def read_scorecard(stack: RunningStack, request: RebuildRequest) -> Json:
    """Raises StackError when signals-service does not answer."""
    asked = {
        "symbol": request.symbol,
        "timeframe": request.timeframe and request.timeframe.value,
        "since": request.since_ms,
    }
    query = urlencode({name: value for name, value in asked.items() if value is not None})
    path = f"/api/signals/performance?{query}"
    status, body = http_answer(stack.state.ports["signals"], path, SCORECARD_SECONDS)
    if status != http.HTTPStatus.OK:
        raise StackError(f"signals-service gave no scorecard (status {status or 'none'}).")
    found: Json = json.loads(body)["data"]
    return found


def _series(
    stack: RunningStack,
    request: RebuildRequest,
    bars: Progress,
    symbol: Symbol,
    timeframe: Timeframe,
) -> Json:
    said: Json = {}
    for stage, module in STAGES.items():
        task = bars.add_task(f"{symbol.slashed} {timeframe} {stage}", total=None)
        command = _command(module, symbol, timeframe, request)
        said = _show(bars, task, program_lines(command, stack.environment()))
        bars.update(task, completed=said.get("done", 0), total=said.get("total", 0))
    return said


def _bars(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
    )


def _command(
    module: str, symbol: Symbol, timeframe: Timeframe, request: RebuildRequest
) -> list[str]:
    series = ["--symbol", symbol.compact, "--timeframe", timeframe.value]
    times = {"--since": request.since_ms, "--until": request.until_ms}
    given = [part for name, at in times.items() if at is not None for part in (name, str(at))]
    return [sys.executable, "-m", module, *series, *given]


def _show(bars: Progress, task: TaskID, lines: Iterator[Json]) -> Json:
    """Returns the last line, empty where there was none: nothing is stored of the series."""
    last: Json = {}
    for last in lines:
        bars.update(task, completed=last["done"], total=last["total"])
    return last
