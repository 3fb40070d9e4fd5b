"""The commands of `./eth signals`."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from eth_cli.data_folder import DataFolder
from eth_cli.feed import read_feed
from eth_cli.free_port import LOOPBACK
from eth_cli.known_folders import known_folders, meant_folders
from eth_cli.room_follower import Room
from eth_cli.stack_errors import StackError, WrongOptionError
from eth_cli.stack_state import read_state
from eth_cli.stop_stack import runs
from eth_cli.tail_signals import TailSignals
from eth_cli.told import told
from trading_core.errors import InvalidSymbolError
from trading_core.symbol import Symbol
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
        folder = running_folder(data_dir)
        rooms = chosen_rooms(symbol or watched_symbols(folder), timeframe or tuple(Timeframe))
        url = gateway_url(folder)
        asyncio.run(TailSignals(url, rooms, _print, _notice, as_json=as_json).run())
        _drop_unread()

    raise typer.Exit(told(follow))


def running_folder(data_dir: Path | None) -> DataFolder:
    """The folder of the stack that is meant. Raises StackError when none runs."""
    running = [folder for folder in known_folders(data_dir) if runs(folder)]
    meant = running if data_dir else meant_folders(running)
    if not meant:
        raise StackError("Nothing runs; `./eth up` starts it.")
    return meant[0]


def watched_symbols(folder: DataFolder) -> Sequence[str]:
    """Raises StackError."""
    feed = read_feed(folder.feed_file)
    return feed.symbols if feed else ()


def gateway_url(folder: DataFolder) -> str:
    """Raises StackError when the stack has not said yet where it listens."""
    state = read_state(folder.state_file)
    if state is None:
        raise StackError("The stack is still starting.")
    return f"http://{LOOPBACK}:{state.ports['gateway']}"


def chosen_rooms(symbols: Sequence[str], timeframes: Sequence[Timeframe]) -> tuple[Room, ...]:
    """Raises WrongOptionError for what is no symbol."""
    try:
        parsed = [Symbol.parse(text) for text in symbols]
    except InvalidSymbolError as error:
        raise WrongOptionError(f"--symbol: {error}.") from error
    return tuple(
        Room(symbol.slashed, timeframe.value) for symbol in parsed for timeframe in timeframes
    )


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
