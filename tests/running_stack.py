"""The whole platform as a user starts it: `./eth up`, on a folder and ports of its own."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx

from eth_cli.free_port import is_free
from eth_cli.ports import HIGHEST, USUAL, Ports
from parallel_worker import ports_of_worker

ROOT = Path(__file__).parent.parent
T = TypeVar("T")
QUIET = {"AUTO_TRAIN": "false"}
"""Nothing competes with what a test is about."""


def free_stack_port() -> int:
    """A public port such that every port of a stack, shifted alike, is free."""
    for port in ports_of_worker(range(USUAL["dashboard"] + 200, HIGHEST, 50)):
        if all(map(is_free, Ports.shifted_to(port).by_part.values())):
            return port
    raise AssertionError("no room for a stack between the ports in use")


@dataclass(frozen=True, slots=True)
class RunningStack:
    """A stack started with `--detach`; `kind` is the feed's."""

    data_dir: Path
    port: int
    kind: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def url_of(self, part: str) -> str:
        """Where a part listens: every port is shifted as far as the public one."""
        return f"http://127.0.0.1:{Ports.shifted_to(self.port)[part]}"

    @property
    def database_url(self) -> str:
        return (self.data_dir / self.kind / "secrets" / "database_url").read_text().strip()

    def data(self, path: str, **params: str | int) -> Any:  # noqa: ANN401 - each route's own JSON
        """The `data` of an answer of the public API."""
        answer = httpx.get(self.url + path, params=params, timeout=30)
        answer.raise_for_status()
        return answer.json()["data"]

    def ledger(self, symbol: str, timeframe: str, **params: int) -> list[list[Any]]:
        """Every candle that the exchange has closed since the feed began, as it told them."""
        url = self.url_of("simulator") + "/control/ledger"
        query = httpx.QueryParams({"symbol": symbol, "timeframe": timeframe, **params})
        answer = httpx.get(url, params=query, timeout=60)
        answer.raise_for_status()
        rows: list[list[Any]] = answer.json()
        return rows

    def status(self) -> dict[str, Any]:
        output = eth("status", "--json", "--data-dir", str(self.data_dir)).stdout
        status: dict[str, Any] = json.loads(output)
        return status

    def pid_of(self, part: str) -> int | None:
        return next((p["pid"] for p in self.status()["parts"] if p["name"] == part), None)

    def kill(self, part: str) -> None:
        """SIGKILL, as a machine that fails would do it."""
        self._signal(part, signal.SIGKILL)

    def freeze(self, part: str) -> None:
        """SIGSTOP: its sockets stay open and say nothing; only `kill` ends it."""
        self._signal(part, signal.SIGSTOP)

    def _signal(self, part: str, number: signal.Signals) -> None:
        pid = self.pid_of(part)
        assert pid is not None, f"{part} does not run"
        os.kill(pid, number)

    def down(self) -> None:
        eth("down", "--data-dir", str(self.data_dir))


def eth(
    *arguments: str, check: bool = True, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `./eth` as a user at a terminal does; its own words are in the failure."""
    done = subprocess.run(
        [str(ROOT / "eth"), *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, **QUIET, **(environment or {})},
        check=False,
        timeout=600,
    )
    if check and done.returncode != 0:
        raise AssertionError(f"./eth {' '.join(arguments)}: {done.stdout}\n{done.stderr}")
    return done


@contextmanager
def running_stack(
    data_dir: Path, port: int, kind: str, options: Sequence[str]
) -> Iterator[RunningStack]:
    eth(
        "up", "--detach", "--feed", kind, "--port", str(port), "--data-dir", str(data_dir), *options
    )
    stack = RunningStack(data_dir, port, kind)
    try:
        yield stack
    finally:
        stack.down()


def wait_for(look: Callable[[], T], *, seconds: float, what: str) -> T:
    """Poll until `look` returns something true; a refused request counts as not yet."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            if found := look():
                return found
        except (httpx.HTTPError, OSError):
            pass
        assert time.monotonic() < deadline, f"{what}: not within {seconds:g} s"
        time.sleep(0.2)
