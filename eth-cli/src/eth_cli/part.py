"""One part of the stack while it runs: started, watched, started again when it crashes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import psutil

from eth_cli.child_process import ChildProcess, Program
from eth_cli.restart_delay import crashes_in_a_row, restart_delay

PartState = Literal["starting", "ready", "crashed", "stopped"]


@dataclass(frozen=True, slots=True)
class PartPlan:
    """What a part is: its name, where it listens, how to run it, how to tell that it is ready."""

    name: str
    port: int
    program: Program
    is_ready: Callable[[], bool]


class Part:
    """`on_change` is told in words whenever the part's state changes."""

    def __init__(
        self,
        plan: PartPlan,
        on_change: Callable[[str, str], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.plan = plan
        self.state: PartState = "stopped"
        self.since_ms = 0
        self.restarts = 0
        self.last_exit: int | None = None
        self._crashes = 0
        self._started_at = 0.0
        self._start_again_at = 0.0
        self._child: ChildProcess | None = None
        self._on_change = on_change
        self._monotonic = monotonic

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child and self.state in ("starting", "ready") else None

    @property
    def created(self) -> float | None:
        """When the process began, which with the pid names it for good."""
        try:
            return psutil.Process(self.pid).create_time() if self.pid else None
        except psutil.NoSuchProcess:
            return None

    def start(self) -> None:
        self._child = ChildProcess(self.plan.program)
        self._started_at = self._monotonic()
        self._become("starting", f"started, process {self._child.pid}")

    def tick(self) -> None:
        """Look at it once: notice a crash, start it again when that is due, notice readiness."""
        if self.state == "crashed":
            if self._monotonic() >= self._start_again_at:
                self.restarts += 1
                self.start()
        elif self._child and (status := self._child.exit_status()) is not None:
            self._note_crash(status)
        elif self.state == "starting" and self.plan.is_ready():
            self._become("ready", f"ready after {self._monotonic() - self._started_at:.1f} s")

    def stop(self) -> None:
        if self._child:
            self._child.stop()
            self._become("stopped", "stopped")

    def _note_crash(self, status: int) -> None:
        ran_seconds = self._monotonic() - self._started_at
        self._crashes = crashes_in_a_row(self._crashes, ran_seconds)
        delay = restart_delay(self._crashes)
        self._start_again_at = self._monotonic() + delay
        self.last_exit = status
        ended = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
        self._become("crashed", f"{ended} after {ran_seconds:.1f} s; starts again in {delay:g} s")

    def _become(self, state: PartState, told: str) -> None:
        self.state = state
        self.since_ms = time.time_ns() // 1_000_000
        self._on_change(self.plan.name, told)
