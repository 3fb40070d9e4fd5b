"""The simulated exchange as a process whose clock has just started, and that can misbehave."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from websockets.sync.client import ClientConnection, connect

from service_kit.clock import ClockState
from service_process import ServiceProcess, running_service

START_MS = 1_764_547_200_000  # 2025-12-01T00:00Z
SPEED = 60.0
KLINES = "/api/v3/klines?symbol=ETHUSDT&interval={timeframe}&limit=1000"


@dataclass
class FaultyExchange:
    service: ServiceProcess
    settings: dict[str, str]
    later: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def host(self) -> str:
        return self.service.url.removeprefix("http://")

    def arm(self, *faults: dict[str, Any], seed: int = 7) -> None:  # Any: JSON
        script = {"seed": seed, "faults": list(faults)}
        httpx.post(self.service.url + "/control/faults", json=script).raise_for_status()

    def faults(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.json("/control/faults")["faults"]
        return found

    def get(self, path: str) -> httpx.Response:
        return httpx.get(self.service.url + path, timeout=30)

    def json(self, path: str) -> Any:  # noqa: ANN401 - each path's own
        return self.get(path).raise_for_status().json()

    def ledger(self, timeframe: str) -> dict[int, list[str]]:
        rows = self.json(f"/control/ledger?symbol=ETHUSDT&timeframe={timeframe}")
        return {row[0]: row[1:] for row in rows}

    def klines(self, timeframe: str) -> dict[int, list[str]]:
        """Closed ones since the start, as REST tells them."""
        path = KLINES.format(timeframe=timeframe) + f"&startTime={START_MS}"
        now_ms, rows = self.json("/control/feed")["nowMs"], self.json(path)
        return {row[0]: row[1:6] for row in rows if row[6] < now_ms}

    def stream(self, *streams: str) -> ClientConnection:
        address = f"ws://{self.host}/stream?streams={'/'.join(streams)}"
        return connect(address, proxy=None, compression=None, ping_interval=None, close_timeout=1)

    def kill_and_start_again(self) -> None:
        self.service.kill() if not self.later else self.later[-1].kill()
        environment = {**os.environ, **self.settings, "PORT": self.host.rpartition(":")[2]}
        with self.service.log.open("ab") as log:
            self.later.append(
                subprocess.Popen(
                    [sys.executable, "-m", "exchange_simulator"],
                    env=environment,
                    stdout=log,
                    stderr=log,
                )
            )
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                self.get("/livez").raise_for_status()
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError(f"did not start again:\n{self.service.log.read_text()}")


@contextmanager
def faulty_exchange(folder: Path, **settings: str) -> Iterator[FaultyExchange]:
    clock_file = folder / "clock.json"
    told = {
        "SIMULATOR_FEED": "simulated",
        "SIMULATOR_START_MS": str(START_MS),
        "SIMULATOR_FAULTS_STATE": str(folder / "faults.json"),
        "CLOCK_FILE": str(clock_file),
        "SYMBOLS": "ETH/USDT",
        **settings,
    }
    ClockState(START_MS, int(time.time() * 1000), SPEED).write(clock_file)
    with running_service("exchange_simulator", told, folder) as service:
        exchange = FaultyExchange(service, told)
        try:
            yield exchange
        finally:
            for process in exchange.later:
                process.kill()
                process.wait()
