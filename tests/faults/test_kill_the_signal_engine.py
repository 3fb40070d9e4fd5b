"""kill -9, twenty times, of what decides: no closed candle lacks its decision, none has two."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psutil
import pytest

from eth_cli.free_port import free_port
from eth_cli.temporary_servers import temporary_folder
from running_stack import RunningStack, free_stack_port, running_stack, wait_for
from stored_decisions import Coverage, coverage
from trading_core.timeframe import Timeframe

pytestmark = pytest.mark.faults

SYMBOLS = ("ETHUSDT", "BTCUSDT")
KILLS = {"signals": 6, "analysis": 4, "patterns": 3, "postgres": 4, "valkey": 3}
PAUSE_SECONDS = (0.5, 3.0)
"""Between a part's return and the next kill: sometimes in the middle of catching up."""
OPTIONS = ("--speed", "60", "--seed", "11", "--symbols", "ETH/USDT,BTC/USDT")


@pytest.fixture(scope="module")
def stack() -> Iterator[RunningStack]:
    options = (*OPTIONS, "--start", "2026-03-01T23:30Z")
    with (
        temporary_folder() as folder,
        running_stack(folder, free_stack_port(), "simulated", options) as stack,
        second_replica(stack, folder / "second-signals.log"),
    ):
        yield stack


@contextmanager
def second_replica(stack: RunningStack, log: Path) -> Iterator[None]:
    """Another signals-service, in the very environment of the stack's own."""
    first = stack.pid_of("signals")
    assert first is not None
    environment = {**psutil.Process(first).environ(), "PORT": str(free_port())}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "signals_service"], env=environment, stdout=output, stderr=output
        )
    try:
        yield
    finally:
        assert process.poll() is None, log.read_text()[-2000:]
        process.terminate()
        process.wait(15)


def test_every_closed_candle_is_decided_once_whatever_dies(
    stack: RunningStack, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(5)  # noqa: S311 - the order of deaths is no secret
    victims = [part for part, times in KILLS.items() for _ in range(times)]
    chance.shuffle(victims)
    for part in victims:
        before = stack.pid_of(part)
        stack.kill(part)
        wait_for(partial(_restarted, stack, part, before), seconds=30, what=f"{part} again")
        time.sleep(chance.uniform(*PAUSE_SECONDS))
    found = wait_for(partial(_all_decided, stack), seconds=150, what="every candle decided")
    with capsys.disabled():
        print("\n" + "\n".join(map(str, found)))  # noqa: T201 - the figures are the point


def _restarted(stack: RunningStack, part: str, before: int | None) -> bool:
    return stack.pid_of(part) not in (None, before)


def _all_decided(stack: RunningStack) -> list[Coverage]:
    """The coverage once it is perfect, else nothing yet."""
    found = [coverage(stack.database_url, s, t) for s in SYMBOLS for t in Timeframe]
    return found if all(one.perfect for one in found) else []
