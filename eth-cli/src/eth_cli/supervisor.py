"""Keeps the parts of one stack running until it is asked to stop."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from datetime import UTC, datetime

import psutil

from eth_cli.data_folder import DataFolder
from eth_cli.event_clock import EventClock
from eth_cli.feed import Feed
from eth_cli.heartbeat import INTERVAL_SECONDS
from eth_cli.last_line import last_line
from eth_cli.log_rotation import rotate
from eth_cli.part import Part, PartPlan
from eth_cli.ports import Ports
from eth_cli.ready_check import http_answer
from eth_cli.stack_errors import PartFailedError
from eth_cli.stack_state import PartStatus, ProcessName, StackState, write_state

POLL_SECONDS = 0.1
READY_SECONDS = 90.0
ROTATION_SECONDS = 10.0


class Supervisor:
    """Starts parts in the order given, stops them in the reverse one, keeps `state.json` true."""

    def __init__(self, folder: DataFolder, feed: Feed, ports: Ports) -> None:
        self._folder = folder
        self._feed = feed
        self._ports = ports
        self._phase = "starting"
        self._parts: list[Part] = []
        self._self = ProcessName(os.getpid(), psutil.Process().create_time())
        self._beat_at = 0.0
        self._rotate_at = 0.0

    def start(self, plans: Sequence[PartPlan]) -> None:
        """Start parts beside one another; return when each is ready.

        Raises PartFailedError when one ends instead, or is not ready after `READY_SECONDS`.
        """
        started = [Part(plan, self._note) for plan in plans]
        for part in started:
            self._parts.append(part)
            part.start()
        deadline = time.monotonic() + READY_SECONDS
        while not all(part.state == "ready" for part in started):
            for part in self._parts:
                part.tick()
                self._refuse_failure(part, deadline)
            time.sleep(POLL_SECONDS)

    def run(self, clock: EventClock | None) -> None:
        """Watch the parts, and keep the clock's heartbeat, until an exception ends it."""
        self._phase = "running"
        self._publish()
        while True:
            for part in self._parts:
                part.tick()
                self._beat(clock)
            self._rotate_logs()
            time.sleep(POLL_SECONDS)

    def stop(self) -> None:
        self._phase = "stopping"
        for part in reversed(self._parts):
            part.stop()
        self._folder.state_file.unlink(missing_ok=True)

    def _beat(self, clock: EventClock | None) -> None:
        """Asked after each part, because a part that does not answer takes a while to look at."""
        if clock and time.monotonic() >= self._beat_at:
            clock.beat()
            self._beat_at = time.monotonic() + INTERVAL_SECONDS

    def _rotate_logs(self) -> None:
        if time.monotonic() >= self._rotate_at:
            for log in self._folder.logs.glob("*.log"):
                rotate(log)
            self._rotate_at = time.monotonic() + ROTATION_SECONDS

    def _refuse_failure(self, part: Part, deadline: float) -> None:
        name, log = part.plan.name, part.plan.program.log_path
        if part.state == "crashed":
            raise PartFailedError(f"The {name} ended while starting: {last_line(log)} (see {log})")
        if part.state != "ready" and time.monotonic() > deadline:
            _, body = http_answer(part.plan.port, "/readyz")
            reason = body.decode(errors="replace") or last_line(log)
            raise PartFailedError(
                f"The {name} was not ready after {READY_SECONDS:.0f} s: {reason} (see {log})"
            )

    def _note(self, name: str, told: str) -> None:
        stamp = datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._folder.log_of("supervisor").open("a") as log:
            log.write(f"{stamp} {name}: {told}\n")
        self._publish()

    def _publish(self) -> None:
        write_state(
            self._folder.state_file,
            StackState(
                phase=self._phase,
                supervisor=self._self,
                folder=str(self._folder.root),
                url=f"http://localhost:{self._ports['dashboard']}",
                ports=dict(self._ports.by_part),
                kind=self._feed.kind,
                source=self._feed.source,
                speed=self._feed.speed,
                parts=tuple(status_of(part) for part in self._parts),
            ),
        )


def status_of(part: Part) -> PartStatus:
    pid, created = part.pid, part.created
    return PartStatus(
        name=part.plan.name,
        state=part.state,
        port=part.plan.port,
        process=ProcessName(pid, created) if pid and created else None,
        since_ms=part.since_ms,
        restarts=part.restarts,
        last_exit=part.last_exit,
    )
