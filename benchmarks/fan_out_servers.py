"""The servers that the fan-out benchmark compares, each a process that prices are given to."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redis import Redis

from eth_cli.free_port import free_port, is_free
from eth_cli.node import node_environment
from eth_cli.temporary_servers import temporary_folder
from gateway_stores import gateway_settings
from service_kit.events import Channel

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from service_process import running_service

PEERS = Path(__file__).parent / "peers"
NODE = PEERS / "node_socketio"
START_SECONDS = 60

Price = dict[str, Any]  # Any: JSON

OURS = "api-gateway"
PYTHON = "python-socketio"
PYTHON_AS_IS = "python-socketio, as is"
NODE_SERVER = "Node's socket.io"


@dataclass(frozen=True, slots=True)
class Server:
    name: str
    url: str
    pid: int
    publish: Callable[[Price], None]


def install_node_peers() -> None:
    """What the lock file names, unless it is there."""
    if not (NODE / "node_modules" / "socket.io").is_dir():
        print("installing Node's socket.io as benchmarks/peers/node_socketio/ locks it")
        command = ["npm", "ci", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=NODE, env=node_environment(), check=True)


@contextmanager
def servers() -> Iterator[list[Server]]:
    """Fresh ones, ours first. Uvicorn compresses messages unless told; `as is` was not told."""
    with ExitStack() as stack:
        python = [sys.executable, str(PEERS / "stock_socketio.py")]
        node = ["node", str(NODE / "server.mjs")]
        yield [
            stack.enter_context(_gateway()),
            stack.enter_context(_peer(PYTHON, python, "off")),
            stack.enter_context(_peer(PYTHON_AS_IS, python, "on")),
            stack.enter_context(_peer(NODE_SERVER, node)),
        ]


@contextmanager
def _gateway() -> Iterator[Server]:
    """Prices are published on Redis, as market-service does."""
    with ExitStack() as stack:
        settings = stack.enter_context(gateway_settings())
        folder = stack.enter_context(temporary_folder())
        redis = stack.enter_context(Redis.from_url(settings["REDIS_URL"]))
        service = stack.enter_context(running_service("api_gateway", settings, folder))

        def publish(price: Price) -> None:
            redis.publish(Channel.PRICES, json.dumps(price))

        yield Server(OURS, service.url, service.process.pid, publish)


@contextmanager
def _peer(name: str, command: list[str], *arguments: str) -> Iterator[Server]:
    port = free_port()
    process = subprocess.Popen(
        [*command, str(port), *arguments], stdin=subprocess.PIPE, env=node_environment()
    )
    lines = process.stdin
    assert lines is not None  # noqa: S101 - a pipe was asked for

    def publish(price: Price) -> None:
        lines.write(json.dumps(price).encode() + b"\n")
        lines.flush()

    try:
        _wait_until_listening(process, port)
        yield Server(name, f"http://127.0.0.1:{port}", process.pid, publish)
    finally:
        process.kill()
        process.wait()
        lines.close()


def _wait_until_listening(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while is_free(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"{process.args!r} did not start")
        time.sleep(0.05)
