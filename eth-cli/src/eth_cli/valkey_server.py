"""A Valkey of our own: password, loopback only, append-only file flushed every second."""

from __future__ import annotations

import os
import shutil
import socket
import time
from pathlib import Path

from eth_cli.account import own, reachable, remove_reachable, server_account
from eth_cli.child_process import ChildProcess, Program
from eth_cli.free_port import LOOPBACK
from eth_cli.secret_file import keep_secret, write_secret
from eth_cli.server_binaries import valkey_program
from eth_cli.stack_errors import PartFailedError

START_SECONDS = 30.0
POLL_SECONDS = 0.02
MEMORY_LIMIT = "256mb"


class ValkeyServer:
    """One server on one folder, which holds its data, its password, its configuration and its log.

    Started by root, the server runs as "nobody", and the data lie where that account can go. The
    password is kept: a server started again on the same folder has the same one.
    """

    def __init__(self, folder: Path, *, port: int) -> None:
        self.port = port
        self._folder = folder
        self._account = server_account()
        self._child: ChildProcess | None = None

    @property
    def redis_url(self) -> str:
        return f"redis://:{self._password()}@{LOOPBACK}:{self.port}/0"

    @property
    def pid(self) -> int:
        return self._running().pid

    def prepare(self) -> None:
        """Write its configuration: a file, because an argument list is everyone's to read."""
        data = self._data
        data.mkdir(mode=0o700, exist_ok=True)
        own(data, self._account)
        write_secret(self._configuration, configuration(data, self.port, self._password()))
        own(self._configuration, self._account)

    def program(self) -> Program:
        """How to run it; `prepare` comes first."""
        return Program(
            name="valkey",
            command=(str(valkey_program(self._account)), str(self._configuration)),
            environment={"LC_ALL": "C", "PATH": os.defpath},
            log_path=self._folder / "valkey.log",
            account=self._account,
        )

    def is_ready(self) -> bool:
        """Whether it answers PING with PONG: after a restart it loads its data first."""
        request = f"AUTH {self._password()}\r\nPING\r\n".encode()
        try:
            with socket.create_connection((LOOPBACK, self.port), timeout=1) as connection:
                connection.sendall(request)
                return connection.makefile("rb").read(12) == b"+OK\r\n+PONG\r\n"
        except OSError:
            return False

    def start(self) -> None:
        """Start it as our child; return when it answers.

        Raises PartFailedError when it ends or is not ready after `START_SECONDS`.
        """
        self.prepare()
        self._child = ChildProcess(self.program())
        deadline = time.monotonic() + START_SECONDS
        while not self.is_ready():
            if self._child.exit_status() is not None or time.monotonic() > deadline:
                self._child.kill()
                raise PartFailedError(f"Valkey did not start; see {self._folder / 'valkey.log'}.")
            time.sleep(POLL_SECONDS)

    def stop(self) -> None:
        self._running().stop()

    def kill(self) -> None:
        self._running().kill()

    def remove(self) -> None:
        """Delete the data of a server that does not run."""
        remove_reachable(self._folder / "data")
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def _configuration(self) -> Path:
        return self._data / "valkey.conf"

    def _running(self) -> ChildProcess:
        if self._child is None:
            raise PartFailedError("Valkey was not started.")
        return self._child

    @property
    def _data(self) -> Path:
        return reachable(self._folder / "data", self._account)

    def _password(self) -> str:
        return keep_secret(self._folder / "valkey_password")


def configuration(data: Path, port: int, password: str) -> str:
    """A stream is a hint and a key a cache, so the oldest may go when the memory is full."""
    return "\n".join(
        (
            f"bind {LOOPBACK}",
            f"port {port}",
            f'requirepass "{password}"',
            f'dir "{data}"',
            "appendonly yes",
            "appendfsync everysec",
            'save ""',
            f"maxmemory {MEMORY_LIMIT}",
            "maxmemory-policy volatile-lru",
            "",
        )
    )
