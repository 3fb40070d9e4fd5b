"""The database at hand: a running stack's, or one that is started for a single command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from eth_cli.data_folder import DataFolder, refuse_full_disk
from eth_cli.feed import Feed, FeedKind, read_feed
from eth_cli.free_port import free_port
from eth_cli.migrate import migrate
from eth_cli.postgres_server import PostgresServer
from eth_cli.repository import DATA
from eth_cli.running_stack import (
    asked_symbol,
    program_environment,
    running_folders,
    running_stack,
)
from eth_cli.secret_file import write_secret
from eth_cli.stack_errors import AlreadyRunningError, StackError
from eth_cli.stack_state import end_leftovers
from eth_cli.start_stack import DEFAULT_SYMBOLS
from trading_core.symbol import Symbol

LIVE = Feed(kind="live", source="binance", symbols=DEFAULT_SYMBOLS)


class Market(Protocol):
    """One feed's database, for programs that work on it."""

    @property
    def folder(self) -> DataFolder: ...
    @property
    def feed(self) -> Feed: ...
    def environment(self) -> dict[str, str]: ...
    def watched(self, symbol: str | None) -> tuple[Symbol, ...]: ...


@dataclass(frozen=True, slots=True)
class StandingMarket:
    """A feed whose stack does not run; only its PostgreSQL does, for as long as a command works."""

    folder: DataFolder
    feed: Feed

    def environment(self) -> dict[str, str]:
        """As a running stack's would be; `./eth up` later finds what was stored."""
        return program_environment(self.folder, self.feed)

    def watched(self, symbol: str | None) -> tuple[Symbol, ...]:
        """The one that was named, whichever it is, else the feed's. Raises WrongOptionError."""
        if symbol is None:
            return tuple(Symbol.parse(text) for text in self.feed.symbols)
        return (asked_symbol(symbol),)


def describe_market(market: Market) -> str:
    runs = "nothing else runs on it" if isinstance(market, StandingMarket) else "a stack runs on it"
    return f"Database: {market.feed.kind} market, {market.folder.root} ({runs})."


@contextmanager
def open_market(
    data_dir: Path | None, kind: FeedKind | None, symbol: str | None = None
) -> Iterator[Market]:
    """The running stack's database, of that feed where one is named.

    Where none runs: the named feed's, else the live one's, whose PostgreSQL then runs alone until
    the end; a folder for the live feed is made where there is none. `symbol` counts as watched
    there. Raises StackError, WrongOptionError when several stacks run.
    """
    if running_folders(data_dir, kind):
        yield running_stack(data_dir, kind)
        return
    folder = DataFolder((data_dir or DATA).resolve() / (kind or LIVE.kind))
    feed = _stored_feed(folder, kind or LIVE.kind)
    if symbol is not None:
        also = asked_symbol(symbol).slashed
        feed = replace(feed, symbols=tuple(dict.fromkeys((*feed.symbols, also))))
    refuse_full_disk(folder.root)
    folder.create()
    with kept_to_ourselves(folder), _postgres(folder, feed):
        yield StandingMarket(folder, feed)


def _stored_feed(folder: DataFolder, kind: FeedKind) -> Feed:
    """Nothing is written: the first `./eth up` decides which markets the live feed watches."""
    stored = read_feed(folder.feed_file)
    if stored is None and kind != LIVE.kind:
        raise StackError(f"There is no {kind} market at {folder.root}; `./eth up` makes one.")
    return stored or LIVE


@contextmanager
def kept_to_ourselves(folder: DataFolder) -> Iterator[None]:
    """Raises AlreadyRunningError while another command, or a stack, works on the folder."""
    try:
        with folder.locked():
            end_leftovers(folder.state_file)
            yield
    except AlreadyRunningError:
        raise AlreadyRunningError(
            f"Another command works on {folder.root} just now; try again when it has ended."
        ) from None


@contextmanager
def _postgres(folder: DataFolder, feed: Feed) -> Iterator[None]:
    with postgres_alone(folder):
        migrate(folder, program_environment(folder, feed))
        yield


@contextmanager
def postgres_alone(folder: DataFolder) -> Iterator[None]:
    """It runs inside the block, with the schema that it has."""
    server = PostgresServer(folder.part("postgres"), port=free_port())
    server.prepare()
    write_secret(folder.secrets / "database_url", server.database_url)
    server.start()
    try:
        yield
    finally:
        server.stop()
