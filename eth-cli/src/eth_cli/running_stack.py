"""The stack that is running: which one is meant, what it watches, how to work beside it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from eth_cli.data_folder import DataFolder
from eth_cli.feed import Feed, FeedKind, read_feed
from eth_cli.known_folders import known_folders, meant_folders
from eth_cli.service_plans import OURS, backup_environment
from eth_cli.stack_errors import StackError, WrongOptionError
from eth_cli.stack_state import StackState, read_state
from eth_cli.stop_stack import runs
from trading_core.errors import InvalidSymbolError
from trading_core.symbol import Symbol


@dataclass(frozen=True, slots=True)
class RunningStack:
    folder: DataFolder
    state: StackState
    feed: Feed

    def environment(self) -> dict[str, str]:
        """For a program that works on the stack's database, with the stack's clock and feed."""
        return program_environment(self.folder, self.feed)

    def watched(self, symbol: str | None) -> tuple[Symbol, ...]:
        """The one that was named, else all. Raises WrongOptionError for one it does not watch."""
        watched = tuple(Symbol.parse(text) for text in self.feed.symbols)
        if symbol is None:
            return watched
        wanted = asked_symbol(symbol)
        if wanted not in watched:
            named = ", ".join(one.slashed for one in watched)
            raise WrongOptionError(f"{wanted.slashed} is not watched by this stack, but {named}.")
        return (wanted,)


def program_environment(folder: DataFolder, feed: Feed) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in OURS}
    clock = {"CLOCK_FILE": str(folder.clock_file)} if feed.has_own_clock else {}
    return {
        **inherited,
        **clock,
        **backup_environment(folder),
        "SECRETS_DIR": str(folder.secrets),
        "MODELS_DIR": str(folder.models),
        "SYMBOLS": ",".join(feed.symbols),
        "FEED_KIND": feed.kind,
        "FEED_SOURCE": feed.source,
    }


def asked_symbol(text: str) -> Symbol:
    """Raises WrongOptionError."""
    try:
        return Symbol.parse(text)
    except InvalidSymbolError as error:
        raise WrongOptionError(f"--symbol: {error}.") from None


def running_folders(data_dir: Path | None, kind: FeedKind | None = None) -> list[DataFolder]:
    """Those on which a stack runs, of one feed or of any."""
    running = [folder for folder in known_folders(data_dir) if runs(folder)]
    return [folder for folder in running if kind in (None, folder.root.name)]


def running_stack(data_dir: Path | None, kind: FeedKind | None = None) -> RunningStack:
    """Raises StackError when none runs, or it is not ready, WrongOptionError when several do."""
    running = running_folders(data_dir, kind)
    meant = meant_folders(running) if data_dir is None else running
    if not meant:
        raise StackError("No stack runs; `./eth up` starts one.")
    if len(meant) > 1:
        named = ", ".join(str(folder.root) for folder in meant)
        raise WrongOptionError(f"Several stacks run; say which with --data-dir: {named}.")
    folder = meant[0]
    state, feed = read_state(folder.state_file), read_feed(folder.feed_file)
    if state is None or feed is None or state.phase != "running":
        raise StackError(f"The stack on {folder.root} is not ready yet; `./eth status` shows it.")
    return RunningStack(folder, state, feed)
