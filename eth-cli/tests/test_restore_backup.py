from dataclasses import asdict, replace
from pathlib import Path

import pytest

from eth_cli.data_folder import DataFolder
from eth_cli.feed import Feed
from eth_cli.heartbeat import keep_reached, reached_ms
from eth_cli.restore_backup import Backup, future_kept_out, read_backup, same_feed
from eth_cli.stack_errors import FeedMismatchError, StackError
from maintenance_service.manifest import FeedIdentity, Manifest, TableContent

EPOCH_MS = 1_722_807_000_000
FEED = Feed("simulated", "simulated:seed-7", ("ETH/USDT",), seed=7, epoch_ms=EPOCH_MS, speed=60.0)
LIVE = Feed("live", "binance", ("ETH/USDT",))


def backup_of(feed: FeedIdentity) -> Backup:
    manifest = Manifest(
        format_version=1,
        started_at_ms=1,
        event_ms=EPOCH_MS,
        feed=feed,
        schema_revision="0007",
        server_version=15,
        database_bytes=1,
        dump_bytes=1,
        dump_sha256="0" * 64,
        tables={"signals": TableContent(rows=0, hash="0" * 32)},
    )
    return Backup(Path("x.dump"), manifest)


def identity(feed: Feed, *, stored: bool) -> FeedIdentity:
    return FeedIdentity(
        kind=feed.kind,
        source=feed.source,
        symbols=feed.symbols,
        stored=asdict(feed) if stored else None,
    )


def test_a_folder_without_a_feed_gets_that_of_the_backup() -> None:
    assert backup_of(identity(FEED, stored=True)).feed == FEED
    assert same_feed(None, FEED) == FEED


def test_the_folders_own_feed_stays() -> None:
    assert same_feed(FEED, replace(FEED, recordings=("elsewhere.csv",))) == FEED


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"seed": 8}, "seed 8, not 7"),
        ({"speed": 1.0}, "speed 1.0, not 60.0"),
        ({"symbols": ("BTC/USDT",)}, "symbols BTC/USDT, not ETH/USDT"),
        ({"epoch_ms": EPOCH_MS + 60_000}, "start 2024-08-04T21:31:00Z, not 2024-08-04T21:30:00Z"),
        ({"identity": {"sha256": "0"}}, "other recordings"),
        ({"source": "simulated:other"}, "source simulated:other"),
    ],
)
def test_another_feed_is_refused_with_what_differs(change: dict[str, object], said: str) -> None:
    with pytest.raises(FeedMismatchError, match=said):
        same_feed(replace(FEED, **change), FEED)  # type: ignore[arg-type] # of the parameters above


def test_which_markets_a_live_feed_watches_may_have_changed() -> None:
    stored = replace(LIVE, symbols=("ETH/USDT", "BTC/USDT"))
    assert same_feed(stored, LIVE) == stored
    assert backup_of(identity(LIVE, stored=False)).feed == LIVE


def test_a_backup_that_does_not_say_of_which_replay_it_is_is_refused() -> None:
    with pytest.raises(StackError, match="does not say of which simulated feed"):
        _ = backup_of(identity(FEED, stored=False)).feed


def test_what_is_no_backup_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StackError, match=r"is no backup: x\.dump\.json is not beside it\.$"):
        read_backup(tmp_path / "x.dump")


@pytest.mark.parametrize("reached", [EPOCH_MS + 1_000, EPOCH_MS + 9_000])
def test_a_restored_replay_goes_on_at_the_backups_moment(tmp_path: Path, reached: int) -> None:
    folder, moment = DataFolder(tmp_path), EPOCH_MS + 5_000
    keep_reached(folder.heartbeat_file, reached)
    with future_kept_out(folder, FEED, moment):
        assert reached_ms(folder.heartbeat_file, EPOCH_MS) == max(reached, moment)
    assert reached_ms(folder.heartbeat_file, EPOCH_MS) == moment


def test_a_restore_that_fails_never_lets_a_run_begin_before_what_may_be_stored(
    tmp_path: Path,
) -> None:
    folder, moment = DataFolder(tmp_path), EPOCH_MS + 5_000
    keep_reached(folder.heartbeat_file, EPOCH_MS + 1_000)
    with pytest.raises(StackError), future_kept_out(folder, FEED, moment):
        raise StackError("it failed")
    assert reached_ms(folder.heartbeat_file, EPOCH_MS) == moment


def test_the_live_feed_has_no_moment_to_go_on_at(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    with future_kept_out(folder, LIVE, EPOCH_MS):
        pass
    assert not folder.heartbeat_file.exists()
