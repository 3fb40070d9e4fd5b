"""Builds the frontend when its sources are not those of the last build.

`python -m eth_cli.frontend_build` does it as a program of its own, beside other things.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from eth_cli.child_process import ChildProcess, Program
from eth_cli.last_line import last_line
from eth_cli.node import node_environment
from eth_cli.repository import BUILD, FRONTEND
from eth_cli.stack_errors import PartFailedError, StackError

SITE = FRONTEND / "dist"
NOT_SOURCES = {"node_modules", "dist", "nginx", "test-results", "coverage", ".vite"}
BUILT = BUILD / "frontend.built"
INSTALLED = BUILD / "frontend.installed"
POLL_SECONDS = 0.1
# What a build needs is a fraction of what tests and linters need as well.
FOR_BUILDING: tuple[str, ...] = ("--omit=dev",)
FOR_TESTING: tuple[str, ...] = ()
LOG = BUILD / "frontend.log"


def is_built() -> bool:
    return (SITE / "index.html").exists() and _kept(BUILT) == sources_digest(FRONTEND)


def start_build() -> ChildProcess:
    """Build in the background; `finish_build` waits for it."""
    BUILD.mkdir(exist_ok=True)
    return ChildProcess(
        Program(
            name="frontend build",
            command=(sys.executable, "-m", "eth_cli.frontend_build"),
            environment=os.environ,
            log_path=LOG,
        )
    )


def finish_build(build: ChildProcess) -> None:
    """Raises PartFailedError, which names the log."""
    while (status := build.exit_status()) is None:
        time.sleep(POLL_SECONDS)
    if status:
        raise PartFailedError(f"The dashboard could not be built: {last_line(LOG)} (see {LOG})")


def build_frontend() -> None:
    """Install what it needs and build it. Raises PartFailedError, which names the log."""
    with _alone():
        if is_built():
            return
        environment = node_environment()
        _install_packages(environment, FOR_BUILDING)
        _run(("npm", "run", "build"), environment)
        BUILT.write_text(sources_digest(FRONTEND))


def install_packages() -> Mapping[str, str]:
    """What the frontend's own commands need, installed; the environment to run them in."""
    with _alone():
        environment = node_environment()
        _install_packages(environment, FOR_TESTING)
        return environment


def sources_digest(folder: Path) -> str:
    """Of the names and the contents of everything that goes into a build."""
    digest = hashlib.sha256()
    for path in sorted(_sources(folder)):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(folder)}\0{content}\n".encode())
    return digest.hexdigest()


def _sources(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in NOT_SOURCES or path.suffix == ".tsbuildinfo":
            continue
        if path.is_dir():
            yield from _sources(path)
        else:
            yield path


def _install_packages(environment: Mapping[str, str], selection: tuple[str, ...]) -> None:
    locked = hashlib.sha256((FRONTEND / "package-lock.json").read_bytes()).hexdigest()
    wanted = " ".join((locked, *selection))
    if (FRONTEND / "node_modules").exists() and _kept(INSTALLED) in {wanted, locked}:
        return
    INSTALLED.unlink(missing_ok=True)
    _run(("npm", "ci", "--no-audit", "--no-fund", "--prefer-offline", *selection), environment)
    INSTALLED.write_text(wanted)


def _run(command: tuple[str, ...], environment: Mapping[str, str]) -> None:
    program = shutil.which(command[0], path=environment["PATH"]) or command[0]
    with LOG.open("ab") as log:
        result = subprocess.run(
            [program, *command[1:]],
            cwd=FRONTEND,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if result.returncode != 0:
        raise PartFailedError(f"`{' '.join(command)}` failed in {FRONTEND}; see {LOG}.")


@contextmanager
def _alone() -> Iterator[None]:
    """Two stacks that start at once build one after the other."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "frontend.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _kept(stamp: Path) -> str | None:
    return stamp.read_text() if stamp.exists() else None


if __name__ == "__main__":
    try:
        build_frontend()
    except StackError as error:
        sys.exit(str(error))
