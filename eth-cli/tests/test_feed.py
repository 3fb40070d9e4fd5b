from dataclasses import replace
from pathlib import Path

import pytest

from eth_cli.feed import (
    Feed,
    FeedDescription,
    FeedKind,
    FeedRequest,
    completed,
    described_feed,
    parse_start,
    read_feed,
    settled,
    utc_text,
    write_feed,
)
from eth_cli.stack_errors import FeedMismatchError, StackError, WrongOptionError

EPOCH_MS = 1_722_807_000_000
IDENTITY = {"kind": "simulated", "seed": 7, "symbols": ["ETH/USDT"]}
DESCRIPTION = FeedDescription(
    source="simulated:seed-7",
    symbols=("ETH/USDT",),
    start_ms=EPOCH_MS,
    end_ms=None,
    identity=IDENTITY,
)
STORED = Feed(
    kind="simulated",
    source="simulated:seed-7",
    symbols=("ETH/USDT",),
    seed=7,
    speed=60.0,
    epoch_ms=EPOCH_MS,
    identity=IDENTITY,
)
ASKED = FeedRequest(kind="simulated")


@pytest.mark.parametrize(
    ("kind", "options", "named"),
    [
        ("live", {"seed": 1}, "--seed"),
        ("live", {"recordings": (Path("a"),)}, "--recording"),
        ("live", {"speed": 2.0}, "--speed"),
        ("live", {"start_ms": 0}, "--start"),
        ("live", {"faults": Path("a")}, "--faults"),
        ("replay", {"seed": 0}, "--seed"),
        ("simulated", {"recordings": (Path("a"),)}, "--recording"),
    ],
)
def test_an_option_that_a_feed_does_not_have_is_refused(
    kind: FeedKind, options: dict[str, object], named: str
) -> None:
    with pytest.raises(WrongOptionError, match=named):
        replace(FeedRequest(kind=kind), **options).checked()  # type: ignore[arg-type]  # by name


def test_a_first_feed_is_what_the_simulator_described() -> None:
    feed = described_feed(replace(ASKED, speed=60.0), DESCRIPTION)
    assert settled(ASKED, feed, None) == STORED


def test_options_left_out_are_those_of_the_folder() -> None:
    request = completed(ASKED, STORED)
    assert (request.seed, request.speed, request.symbols) == (7, 60.0, ("ETH/USDT",))


def test_options_given_are_kept() -> None:
    assert completed(replace(ASKED, seed=0), STORED).seed == 0


def test_a_restart_keeps_the_first_moment() -> None:
    later = replace(STORED, epoch_ms=EPOCH_MS + 86_400_000)
    assert settled(ASKED, later, STORED) == STORED


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"seed": 8, "identity": {"seed": 8}}, "seed 7, not 8"),
        ({"speed": 1.0}, "speed 60.0, not 1.0"),
        ({"symbols": ("BTC/USDT",)}, "symbols ETH/USDT, not BTC/USDT"),
        ({"identity": {"recordings": []}}, "other recordings"),
    ],
)
def test_another_feed_is_refused_in_one_sentence(changed: dict[str, object], named: str) -> None:
    other = replace(STORED, **changed)  # type: ignore[arg-type]  # by name
    with pytest.raises(FeedMismatchError, match=named) as refusal:
        settled(ASKED, other, STORED)
    assert "--fresh" in str(refusal.value)


def test_another_start_is_refused() -> None:
    asked = replace(STORED, epoch_ms=EPOCH_MS + 60_000)
    with pytest.raises(FeedMismatchError, match="start 2024-08-04T21:30:00Z"):
        settled(replace(ASKED, start_ms=asked.epoch_ms), asked, STORED)


def test_the_same_start_goes_on() -> None:
    assert settled(replace(ASKED, start_ms=EPOCH_MS), STORED, STORED) == STORED


def test_a_live_feed_may_change_its_symbols() -> None:
    stored = Feed(kind="live", source="binance", symbols=("ETH/USDT",))
    asked = replace(stored, symbols=("ETH/USDT", "BTC/USDT"))
    assert settled(FeedRequest(kind="live"), asked, stored) == asked


def test_a_feed_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_feed(tmp_path / "feed.json", STORED)
    assert read_feed(tmp_path / "feed.json") == STORED


def test_no_file_is_no_feed(tmp_path: Path) -> None:
    assert read_feed(tmp_path / "feed.json") is None


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"kind": "replay", "colour": "red"}'])
def test_a_damaged_file_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "feed.json"
    path.write_text(content)
    with pytest.raises(StackError, match=r"feed\.json is damaged"):
        read_feed(path)


@pytest.mark.parametrize(
    "text", ["2024-08-04T21:30Z", "2024-08-04T21:30", "2024-08-04T23:30+02:00"]
)
def test_a_start_is_utc_unless_it_names_an_offset(text: str) -> None:
    assert utc_text(parse_start(text)) == "2024-08-04T21:30:00Z"


@pytest.mark.parametrize(
    "text", ["yesterday", "", "2024-13-01", "1722807000000", "9999-12-31T23:59-14:00", "0001-01-01"]
)
def test_a_start_that_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(WrongOptionError, match="--start"):
        parse_start(text)
