import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from eth_cli.child_process import Program
from eth_cli.part import Part, PartPlan
from eth_cli.restart_delay import (
    FIRST_SECONDS,
    HEALTHY_SECONDS,
    LONGEST_SECONDS,
    crashes_in_a_row,
    restart_delay,
)


@dataclass
class Monotonic:
    seconds: float = 100.0

    def __call__(self) -> float:
        return self.seconds


class Told(list[str]):
    def __call__(self, name: str, words: str) -> None:
        self.append(f"{name} {words}")


def plan(folder: Path, code: str) -> PartPlan:
    program = Program(
        name="probe",
        command=(sys.executable, "-S", "-c", code),
        environment={"PATH": os.defpath},
        log_path=folder / "probe.log",
    )
    return PartPlan(name="probe", port=1, program=program, is_ready=lambda: True)


@pytest.fixture
def monotonic() -> Monotonic:
    return Monotonic()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def sleeper(tmp_path: Path, told: Told, monotonic: Monotonic) -> Iterator[Part]:
    part = Part(plan(tmp_path, "import time; time.sleep(600)"), told, monotonic)
    part.start()
    yield part
    part.stop()


def wait_until_ended(part: Part) -> None:
    assert part.pid is not None
    os.waitid(os.P_PID, part.pid, os.WEXITED | os.WNOWAIT)


@pytest.mark.integration
def test_a_part_is_ready_once_it_says_so(sleeper: Part) -> None:
    assert sleeper.state == "starting"
    sleeper.tick()
    assert sleeper.state == "ready"


@pytest.mark.integration
def test_a_crash_is_told_and_followed_by_a_start_after_the_delay(
    tmp_path: Path, told: Told, monotonic: Monotonic
) -> None:
    part = Part(plan(tmp_path, "raise SystemExit(4)"), told, monotonic)
    part.start()
    wait_until_ended(part)
    part.tick()
    assert (part.state, part.last_exit, part.pid) == ("crashed", 4, None)
    assert "ended with status 4" in told[-1]
    monotonic.seconds += FIRST_SECONDS / 2
    part.tick()
    assert part.state == "crashed"
    monotonic.seconds += FIRST_SECONDS
    part.tick()
    assert (part.state, part.restarts) == ("starting", 1)
    part.stop()


@pytest.mark.integration
def test_a_kill_is_told_by_its_signal(sleeper: Part, told: Told) -> None:
    assert sleeper.pid is not None
    os.kill(sleeper.pid, 9)
    wait_until_ended(sleeper)
    sleeper.tick()
    assert "was ended by signal 9" in told[-1]


@pytest.mark.integration
def test_a_stopped_part_has_no_process(sleeper: Part) -> None:
    sleeper.stop()
    assert (sleeper.state, sleeper.pid) == ("stopped", None)


def test_delays_double_up_to_a_cap() -> None:
    assert [restart_delay(crashes) for crashes in (1, 2, 3)] == [0.25, 0.5, 1.0]
    assert restart_delay(1_000_000) == LONGEST_SECONDS


def test_a_part_that_ran_well_counts_its_crashes_anew() -> None:
    assert crashes_in_a_row(5, ran_seconds=1.0) == 6
    assert crashes_in_a_row(5, ran_seconds=HEALTHY_SECONDS) == 1
