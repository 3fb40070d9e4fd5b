"""The commands of `./eth models`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console

from eth_cli.feed import FeedKind
from eth_cli.models_table import print_models
from eth_cli.open_market import Market, describe_market, open_market
from eth_cli.program_lines import Json, program_lines
from eth_cli.told import told
from trading_core.timeframe import Timeframe

MODULE: Final = "ml_service.registry"

models_app = typer.Typer(no_args_is_help=True, help="Models: which there are, and which serve.")


class Role(StrEnum):
    """What a model answers: its own candles, or requests that bring indicators."""

    CANDLES = "candles"
    INDICATORS = "indicators"


DataDir = Annotated[Path | None, typer.Option("--data-dir", help="Folder of the data.")]
OfFeed = Annotated[
    FeedKind | None,
    typer.Option("--feed", help="Whose models; else the running stack's, or the live."),
]
OfSymbol = Annotated[str | None, typer.Option("--symbol", help="Like ETH/USDT.")]
InRole = Annotated[Role, typer.Option("--role", help="What it is to answer.")]


@models_app.command("list")
def list_models(
    *,
    symbol: OfSymbol = None,
    timeframe: Annotated[Timeframe | None, typer.Option(help="One timeframe only.")] = None,
    feed: OfFeed = None,
    data_dir: DataDir = None,
) -> None:
    """Every model with what it is worth on bars that it had not seen."""
    given = {"--symbol": symbol, "--timeframe": timeframe and timeframe.value}
    options = [part for name, value in given.items() if value for part in (name, value)]

    def show(market: Market, console: Console) -> None:
        print_models(_answers(market, "list", *options), console)

    _work(show, data_dir, feed)


@models_app.command()
def promote(
    model_id: Annotated[str, typer.Argument(metavar="ID", help="As `list` shows it.")],
    *,
    role: InRole = Role.CANDLES,
    feed: OfFeed = None,
    data_dir: DataDir = None,
) -> None:
    """Let a model serve; one without skill never does."""

    def change(market: Market, console: Console) -> None:
        _tell(_answers(market, "promote", "--role", role.value, "--", model_id), console)

    _work(change, data_dir, feed)


@models_app.command()
def rollback(
    *,
    symbol: OfSymbol = None,
    timeframe: Annotated[Timeframe, typer.Option(help="Of which timeframe.")] = Timeframe.H1,
    role: InRole = Role.CANDLES,
    feed: OfFeed = None,
    data_dir: DataDir = None,
) -> None:
    """Let the model serve again that served before."""

    def change(market: Market, console: Console) -> None:
        of = market.watched(symbol)[0].slashed
        asked = ("--symbol", of, "--timeframe", timeframe.value, "--role", role.value)
        _tell(_answers(market, "rollback", *asked), console)

    _work(change, data_dir, feed)


def _work(
    work: Callable[[Market, Console], None], data_dir: Path | None, feed: FeedKind | None
) -> None:
    console = Console(highlight=False, soft_wrap=True, markup=False)

    def run() -> None:
        with open_market(data_dir, feed) as market:
            console.print(describe_market(market))
            work(market, console)

    raise typer.Exit(told(run))


def _answers(market: Market, *arguments: str) -> list[Json]:
    command = [sys.executable, "-m", MODULE, *arguments]
    return list(program_lines(command, market.environment()))


def _tell(answers: list[Json], console: Console) -> None:
    for answer in answers:
        console.print(
            f"{answer['model_id']} serves {answer['symbol']} {answer['timeframe']} "
            f"({answer['role']}) from now on: {answer['reason']}."
        )
