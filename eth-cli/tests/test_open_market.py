"""The database that a command works on, with and without a stack."""

import asyncio
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import asyncpg
import psutil
import pytest

from eth_cli.data_folder import DataFolder
from eth_cli.feed import Feed, read_feed, write_feed
from eth_cli.open_market import StandingMarket, describe_market, open_market
from eth_cli.running_stack import RunningStack
from eth_cli.stack_errors import AlreadyRunningError, StackError, WrongOptionError
from eth_cli.stack_state import ProcessName, StackState, write_state
from eth_cli.temporary_servers import temporary_folder

SIMULATED = Feed(kind="simulated", source="simulator", symbols=("ETH/USDT",))


@pytest.fixture
def data_dir() -> Iterator[Path]:
    with temporary_folder() as folder:
        yield folder


def pretend_to_run(folder: DataFolder, feed: Feed) -> None:
    """As if this test were the stack's supervisor."""
    folder.create()
    state = StackState(
        phase="running",
        supervisor=ProcessName(os.getpid(), psutil.Process().create_time()),
        folder=str(folder.root),
        url="http://127.0.0.1:3900",
        ports={},
        kind=feed.kind,
        source=feed.source,
        speed=1.0,
        parts=(),
    )
    write_state(folder.state_file, state)
    write_feed(folder.feed_file, feed)


def query(folder: DataFolder, statement: str) -> object:
    async def ask() -> object:
        url = (folder.secrets / "database_url").read_text().replace("+asyncpg", "")
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()

    return asyncio.run(ask())


def test_a_running_stacks_database_is_the_one_at_hand(data_dir: Path) -> None:
    pretend_to_run(DataFolder(data_dir / "simulated"), SIMULATED)
    with open_market(data_dir, None) as market:
        assert isinstance(market, RunningStack)
        assert market.feed == SIMULATED
        assert describe_market(market).endswith("(a stack runs on it).")


def test_a_feed_without_data_has_no_database(data_dir: Path) -> None:
    with (
        pytest.raises(StackError, match="There is no replay market"),
        open_market(data_dir, "replay"),
    ):
        pass
    assert not (data_dir / "replay").exists()


def test_whoever_else_works_on_the_folder_is_not_disturbed(data_dir: Path) -> None:
    folder = DataFolder(data_dir / "live")
    folder.create()
    with (
        folder.locked(),
        pytest.raises(AlreadyRunningError, match="Another command works on"),
        open_market(data_dir, None),
    ):
        pass


def test_a_market_at_rest_watches_whichever_is_named() -> None:
    market = StandingMarket(DataFolder(Path("/nowhere")), replace(SIMULATED, kind="live"))
    assert [one.slashed for one in market.watched(None)] == ["ETH/USDT"]
    assert [one.slashed for one in market.watched("BTCUSDT")] == ["BTC/USDT"]
    with pytest.raises(WrongOptionError, match="--symbol"):
        market.watched("?")


@pytest.mark.integration
@pytest.mark.enable_socket
def test_without_a_stack_the_live_database_runs_alone_and_keeps_what_it_is_given(
    data_dir: Path,
) -> None:
    folder = DataFolder(data_dir / "live")
    for expected in (0, 1):
        with open_market(data_dir, None, "BTC/USDT") as market:
            assert market.folder == folder
            assert market.environment()["SYMBOLS"] == "ETH/USDT,BTC/USDT"
            assert query(folder, "SELECT count(*) FROM exchange_budget") == expected
            query(
                folder, "INSERT INTO exchange_budget VALUES ('host', 0, 0) ON CONFLICT DO NOTHING"
            )
            with pytest.raises(AlreadyRunningError), open_market(data_dir, "live"):
                pass
        assert not folder.is_locked()
        with pytest.raises(OSError, match=r"refused|Connect call failed"):
            query(folder, "SELECT 1")
    assert read_feed(folder.feed_file) is None


@pytest.mark.integration
@pytest.mark.enable_socket
def test_a_feed_that_is_named_is_taken_though_another_ones_stack_runs(data_dir: Path) -> None:
    pretend_to_run(DataFolder(data_dir / "simulated"), SIMULATED)
    with open_market(data_dir, "live") as market:
        assert market.environment()["FEED_KIND"] == "live"
