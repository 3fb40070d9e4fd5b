"""The commands of `./eth signals`."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from eth_cli.free_port import LOOPBACK
from eth_cli.running_stack import RunningStack, running_stack
from eth_cli.tail_signals import TailSignals
from eth_cli.told import told
from service_kit.room import Room
from trading_core.timeframe import Timeframe

signals_app = typer.Typer(no_args_is_help=True, help="What the platform thinks of the market.")


@signals_app.callback()
def signals() -> None:
    """What the platform thinks of the market."""


@signals_app.command()
def tail(
    *,
    symbol: Annotated[
        list[str] | None, typer.Option(help="Like ETH/USDT; repeatable. Default: all watched.")
    ] = None,
    timeframe: Annotated[
        list[Timeframe] | None, typer.Option(help="Repeatable. Default: all.")
    ] = None,
    data_dir: Annotated[Path | None, typer.Option("--data-dir", help="Folder of the data.")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="For programs: one object a line.")
    ] = False,
) -> None:
    """Print signals as they are made, and what becomes of them; Ctrl-C ends it."""

    def follow() -> None:
        stack = running_stack(data_dir)
        rooms = _rooms(stack, symbol or [None], timeframe or list(Timeframe))
        url = f"http://{LOOPBACK}:{stack.state.ports['gateway']}"
        asyncio.run(TailSignals(url, rooms, _print, _notice, as_json=as_json).run())
        _drop_unread()

    raise typer.Exit(told(follow))


def _rooms(
    stack: RunningStack, named: Sequence[str | None], timeframes: Sequence[Timeframe]
) -> tuple[Room, ...]:
    """None names all that are watched. Raises WrongOptionError for a market that is not."""
    symbols = [symbol for text in named for symbol in stack.watched(text)]
    return tuple(Room(symbol, timeframe) for symbol in symbols for timeframe in timeframes)


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _drop_unread() -> None:
    """What is still buffered goes nowhere, or Python complains of the closed pipe as it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _notice(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
