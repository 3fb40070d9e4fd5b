"""A PostgreSQL of our own: SCRAM passwords, loopback only, no socket file, never as root."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from eth_cli.account import own, reachable, remove_reachable, server_account
from eth_cli.child_process import ChildProcess, Program
from eth_cli.free_port import LOOPBACK
from eth_cli.secret_file import keep_secret
from eth_cli.server_binaries import postgres_programs
from eth_cli.stack_errors import PartFailedError

ROLE = "eth"
DATABASE = "eth_trading"
START_SECONDS = 60.0
ORPHANS_SECONDS = 5.0
"""For so long after a kill, what the dead server had started may hold its shared memory."""
POLL_SECONDS = 0.02
SERVER_ENVIRONMENT = {"LC_ALL": "C", "PATH": os.defpath, "TZ": "UTC"}


class PostgresServer:
    """One server on one data folder.

    `folder` holds its data, its password and its log. Started by root, the server runs as "nobody",
    and the data lie where that account can go. `settings` are named as in postgresql.conf. The
    password is kept: a server started again on the same folder has the same one.
    """

    def __init__(
        self, folder: Path, *, port: int, settings: Mapping[str, str] | None = None
    ) -> None:
        self.port = port
        self._folder = folder
        self._settings = dict(settings or {})
        self._account = server_account()
        self._child: ChildProcess | None = None

    @property
    def database_url(self) -> str:
        return self.url_of(DATABASE)

    def url_of(self, database: str) -> str:
        return f"postgresql+asyncpg://{ROLE}:{self._password()}@{LOOPBACK}:{self.port}/{database}"

    @property
    def pid(self) -> int:
        return self._running().pid

    def prepare(self) -> None:
        """Make the data folder, the role and the database, unless they are there."""
        data = self._data
        if data.exists():
            return
        draft = Path(tempfile.mkdtemp(prefix="initdb-", dir=data.parent))
        own(draft, self._account)
        try:
            self._initialise(draft)
            draft.rename(data)
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def program(self) -> Program:
        """How to run it; `prepare` comes first."""
        settings = {"listen_addresses": LOOPBACK, "unix_socket_directories": "", **self._settings}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Program(
            name="postgres",
            command=(self._path("postgres"), "-D", str(self._data), "-p", str(self.port), *options),
            environment=SERVER_ENVIRONMENT,
            log_path=self._folder / "postgres.log",
            account=self._account,
            stop_signal=signal.SIGINT,
            stop_seconds=30.0,
            death_signal=signal.SIGINT,
        )

    def is_ready(self) -> bool:
        command = [self._path("pg_isready"), "-q", "-h", LOOPBACK, "-p", str(self.port), "-U", ROLE]
        return subprocess.run(command, env=SERVER_ENVIRONMENT, check=False).returncode == 0

    def start(self) -> None:
        """Start it as our child; return when it takes queries.

        Raises PartFailedError when it goes on ending for `ORPHANS_SECONDS`, or is not ready after
        `START_SECONDS`.
        """
        self.prepare()
        self._child = ChildProcess(self.program())
        began = time.monotonic()
        while not self.is_ready():
            waited = time.monotonic() - began
            ended = self._child.exit_status() is not None
            if waited > (ORPHANS_SECONDS if ended else START_SECONDS):
                self._child.kill()
                raise PartFailedError(
                    f"PostgreSQL did not start; see {self._folder / 'postgres.log'}."
                )
            if ended:
                self._child = ChildProcess(self.program())
            time.sleep(POLL_SECONDS)

    def stop(self) -> None:
        self._running().stop()

    def kill(self) -> None:
        self._running().kill()

    def remove(self) -> None:
        """Delete the data of a server that does not run."""
        remove_reachable(self._folder / "data")
        shutil.rmtree(self._folder, ignore_errors=True)

    def _running(self) -> ChildProcess:
        if self._child is None:
            raise PartFailedError("PostgreSQL was not started.")
        return self._child

    @property
    def _data(self) -> Path:
        return reachable(self._folder / "data", self._account)

    def _password(self) -> str:
        return keep_secret(self._folder / "postgres_password")

    def _path(self, program: str) -> str:
        return str(postgres_programs(self._account) / program)

    def _initialise(self, draft: Path) -> None:
        """Make a cluster and, in it, a role without a superuser's powers that owns the database.

        The superuser gets no password, so nobody can log in as it; whoever owns the files can run
        the server in single-user mode.
        """
        self._run_once(
            "initdb", "-D", str(draft), "-U", "postgres", "-E", "UTF8", "--locale=C",
            "--auth-host=scram-sha-256", "--auth-local=reject",
        )  # fmt: skip
        self._run_once(
            "postgres", "--single", "-D", str(draft), "postgres",
            spoken=(
                f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{self._password()}'\n"
                f"CREATE DATABASE {DATABASE} OWNER {ROLE}\n"
            ),
        )  # fmt: skip

    def _run_once(self, program: str, *arguments: str, spoken: str = "") -> None:
        """Run one of PostgreSQL's programs to its end, with `spoken` on its standard input."""
        account = self._account
        result = subprocess.run(
            [self._path(program), *arguments],
            input=spoken.encode(),
            capture_output=True,
            check=False,
            cwd="/",
            env=SERVER_ENVIRONMENT,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
        if result.returncode != 0 or b"ERROR:" in result.stderr:
            reason = result.stderr.decode(errors="replace").strip().splitlines()
            raise PartFailedError(f"PostgreSQL's {program} failed: {' '.join(reason[-3:])}")
