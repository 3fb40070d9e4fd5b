"""The command `./eth train`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from eth_cli.feed import FeedKind, parse_start
from eth_cli.open_market import describe_market, open_market
from eth_cli.stack_errors import StackError
from eth_cli.told import told
from eth_cli.train_models import TrainRequest, train_models
from eth_cli.trained_table import print_trained
from trading_core.timeframe import Timeframe


def train_command(
    *,
    symbol: Annotated[str | None, typer.Option(help="One market only, like ETH/USDT.")] = None,
    timeframe: Annotated[
        list[Timeframe] | None, typer.Option(help="Which timeframe, 1h without it; repeatable.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="First bar to learn from, ISO 8601.")] = None,
    untouched_since: Annotated[
        str | None,
        typer.Option(help="Bars from then on are kept for the last evaluation, ISO 8601."),
    ] = None,
    lookback: Annotated[
        int | None, typer.Option(min=1, help="Only so many labelled bars, the newest.")
    ] = None,
    look_ahead: Annotated[
        int | None, typer.Option(min=1, max=500, help="Bars until the close that is foretold.")
    ] = None,
    threshold: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="Share of the price that counts as a move, like 0.005."),
    ] = None,
    feed: Annotated[
        FeedKind | None, typer.Option(help="Whose candles; else the running stack's, or the live.")
    ] = None,
    data_dir: Annotated[Path | None, typer.Option("--data-dir", help="Folder of the data.")] = None,
) -> None:
    """Train models on stored candles; a stack may run, and need not. Ctrl-C cancels it."""
    console = Console(highlight=False, soft_wrap=True, markup=False)

    def run() -> None:
        request = TrainRequest(
            timeframes=tuple(timeframe or (Timeframe.H1,)),
            since_ms=parse_start(since, "--since") if since else None,
            untouched_since_ms=(
                parse_start(untouched_since, "--untouched-since") if untouched_since else None
            ),
            lookback=lookback,
            look_ahead=look_ahead,
            threshold=threshold,
        ).checked()
        with open_market(data_dir, feed, symbol) as market:
            console.print(describe_market(market))
            series = list(train_models(market, market.watched(symbol), request, console))
            print_trained(series, market.folder.models, console)
        if not all(one.result for one in series):
            raise StackError("Not every series made a model.")

    raise typer.Exit(told(run))
