"""One service of ours as a process of its own, on a free port, for as long as a test needs it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from eth_cli.free_port import free_port

START_SECONDS = 120


@dataclass(frozen=True, slots=True)
class ServiceProcess:
    url: str
    log: Path
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """As the kernel would for want of memory: no goodbye."""
        self.process.kill()
        self.process.wait()


@contextmanager
def running_service(
    module: str, settings: Mapping[str, str], folder: Path, port: int | None = None
) -> Iterator[ServiceProcess]:
    """`python -m module` with these settings in its environment, until the end of the block."""
    port = port or free_port()
    log = folder / f"{module}-{port}.log"
    environment = {**os.environ, **settings, "PORT": str(port), "LOG_FORMAT": "json"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", module], env=environment, stdout=output, stderr=output
        )
    host = settings.get("HOST", "127.0.0.1")
    service = ServiceProcess(f"http://{host}:{port}", log, process)
    try:
        _wait_until_alive(service)
        yield service
    finally:
        process.terminate()
        process.wait(15)


def _wait_until_alive(service: ServiceProcess) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and service.process.poll() is None:
        try:
            httpx.get(service.url + "/livez").raise_for_status()
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"did not start:\n{service.log.read_text()}")
