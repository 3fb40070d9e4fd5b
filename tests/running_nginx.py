"""A real Nginx as `./eth up` starts it, before a site that holds one page and its files."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from eth_cli.child_process import ChildProcess
from eth_cli.free_port import free_port
from eth_cli.nginx_server import Front, NginxServer
from eth_cli.ready_check import http_ready
from eth_cli.temporary_servers import temporary_folder

START_SECONDS: Final = 30
LOG_SECONDS: Final = 10
PAGE: Final = "<!doctype html><title>dashboard</title>" + " " * 2_000
SCRIPT: Final = "// a script of the build\n" * 100
TINY_SCRIPT: Final = "export {};"


@dataclass(frozen=True, slots=True)
class RunningNginx:
    port: int
    log: Path
    """What Nginx says of itself."""
    accesses: Path
    """A line of JSON a request."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def logged_access(log: Path, request_id: str) -> dict[str, Any]:
    """What the log says of a request, which it does once the answer is on its way."""
    deadline = time.monotonic() + LOG_SECONDS
    while time.monotonic() < deadline:
        lines = [line for line in log.read_text().splitlines() if f'"{request_id}"' in line]
        if lines:
            [line] = lines
            found: dict[str, Any] = json.loads(line)
            return found
        time.sleep(0.01)
    raise AssertionError(f"{request_id} is not in the log")


@contextmanager
def running_nginx(front: Front) -> Iterator[RunningNginx]:
    with temporary_folder() as home:
        nginx = RunningNginx(free_port(), home / "log", home / "accesses")
        nginx.accesses.touch()
        nginx.accesses.chmod(0o666)
        told = replace(front, access_log=str(nginx.accesses))
        server = NginxServer(home / "nginx", nginx.log, port=nginx.port, front=told)
        server.prepare(_site(home / "a site"))
        child = ChildProcess(server.program())
        try:
            _wait_until_ready(nginx, child)
            yield nginx
        finally:
            child.stop()


def _site(folder: Path) -> Path:
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE)
    (folder / "favicon.svg").write_text("<svg/>")
    (folder / "assets" / "index-d1e5.js").write_text(SCRIPT)
    (folder / "assets" / "tiny-a0b1.js").write_text(TINY_SCRIPT)
    return folder


def _wait_until_ready(nginx: RunningNginx, child: ChildProcess) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not http_ready(nginx.port, "/nginx-health"):
        assert child.exit_status() is None, nginx.log.read_text()
        assert time.monotonic() < deadline
