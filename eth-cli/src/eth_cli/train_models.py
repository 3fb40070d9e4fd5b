"""`./eth train`: models of one or more series, each by a program of ml-service."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from eth_cli.open_market import Market
from eth_cli.program_lines import Json, program_lines
from eth_cli.stack_errors import StackError, WrongOptionError
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

MODULE: Final = "ml_service.training"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainRequest:
    """Times in ms UTC."""

    timeframes: tuple[Timeframe, ...]
    since_ms: int | None = None
    untouched_since_ms: int | None = None
    lookback: int | None = None
    look_ahead: int | None = None
    threshold: float | None = None

    def checked(self) -> TrainRequest:
        """Raises WrongOptionError."""
        since_ms, untouched_ms = self.since_ms, self.untouched_since_ms
        if since_ms is not None and untouched_ms is not None and since_ms >= untouched_ms:
            raise WrongOptionError("--since must lie before --untouched-since.")
        return self

    def options(self) -> list[str]:
        given = {
            "--since": self.since_ms,
            "--untouched-since": self.untouched_since_ms,
            "--lookback": self.lookback,
            "--look-ahead": self.look_ahead,
            "--threshold": self.threshold,
        }
        return [
            part
            for name, value in given.items()
            if value is not None
            for part in (name, str(value))
        ]


@dataclass(frozen=True, slots=True)
class TrainedSeries:
    symbol: Symbol
    timeframe: Timeframe
    result: Json | None
    """What the program said at its end; None where it made no model."""
    refusal: str = ""

    @property
    def name(self) -> str:
        return f"{self.symbol.slashed} {self.timeframe}"


def train_models(
    market: Market, symbols: Sequence[Symbol], request: TrainRequest, console: Console
) -> Iterator[TrainedSeries]:
    """One series after the other; what makes no model keeps none of the others from being made."""
    for symbol, timeframe in product(symbols, request.timeframes):
        with _bar(console) as bars:
            yield _train(market, symbol, timeframe, request, bars)


def _train(
    market: Market, symbol: Symbol, timeframe: Timeframe, request: TrainRequest, bars: Progress
) -> TrainedSeries:
    series = ["--symbol", symbol.compact, "--timeframe", timeframe.value]
    command = [sys.executable, "-m", MODULE, *series, *request.options()]
    try:
        end = _show(
            bars, f"{symbol.slashed} {timeframe}", program_lines(command, market.environment())
        )
    except StackError as error:
        return TrainedSeries(symbol, timeframe, None, str(error))
    return TrainedSeries(symbol, timeframe, end)


def _show(bars: Progress, name: str, lines: Iterator[Json]) -> Json:
    """Returns the last line, which says what came of it."""
    task, last = bars.add_task(f"{name}: starting", total=None), Json()
    for last in lines:
        if last["event"] == "progress":
            stage, total = f"{name}: {last['stage']}", last["total"] or None
            bars.update(task, description=stage, completed=last["done"], total=total)
    bars.update(task, description=f"{name}: trained", completed=1, total=1)
    return last


def _bar(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, TimeElapsedColumn(), console=console)
