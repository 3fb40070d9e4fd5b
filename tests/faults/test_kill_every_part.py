"""kill -9 of every part, one after the other, at 60×: not a candle lost, doubled or changed."""

from collections.abc import Iterator
from functools import partial

import pytest

from eth_cli.temporary_servers import temporary_folder
from running_stack import RunningStack, free_stack_port, running_stack, wait_for
from stored_candles import Comparison, compare_with_ledger

pytestmark = pytest.mark.faults

SYMBOLS = ("ETHUSDT", "BTCUSDT")
PARTS = ("market", "scheduler", "gateway", "simulator", "valkey", "postgres", "dashboard")
OPTIONS = ("--speed", "60", "--seed", "7", "--symbols", "ETH/USDT,BTC/USDT")


@pytest.fixture(scope="module")
def stack() -> Iterator[RunningStack]:
    options = (*OPTIONS, "--start", "2026-03-01T23:40Z")
    with (
        temporary_folder() as folder,
        running_stack(folder, free_stack_port(), "simulated", options) as stack,
    ):
        yield stack


def test_nothing_is_lost_when_every_part_is_killed_once(
    stack: RunningStack, capsys: pytest.CaptureFixture[str]
) -> None:
    for part in PARTS:
        before = stack.pid_of(part)
        stack.kill(part)
        wait_for(partial(_restarted, stack, part, before), seconds=30, what=f"{part} again")
        wait_for(partial(_answers, stack), seconds=40, what=f"the platform after {part}")
    compared = wait_for(partial(_healed, stack), seconds=120, what="every hole healed")
    with capsys.disabled():
        print("\n" + "\n".join(map(str, compared)))  # noqa: T201 - the figures are the point


def _restarted(stack: RunningStack, part: str, before: int | None) -> bool:
    return stack.pid_of(part) not in (None, before)


def _answers(stack: RunningStack) -> bool:
    """Every part is ready, the feed is live and prices come through the front door."""
    status = stack.status()
    ready = all(part["state"] == "ready" for part in status["parts"])
    price = stack.data("/api/market/price", symbol="ETH/USDT")
    return ready and status["feed"]["state"] == "live" and not price["stale"]


def _healed(stack: RunningStack) -> list[Comparison]:
    """The comparison once it is perfect, else nothing yet."""
    compared = compare_with_ledger(stack, SYMBOLS)
    return compared if all(comparison.perfect for comparison in compared) else []
