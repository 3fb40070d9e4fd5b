"""The command `./eth prometheus`."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from eth_cli.free_port import LOOPBACK, is_free
from eth_cli.listener import who_listens
from eth_cli.prometheus_configuration import write_configuration
from eth_cli.running_stack import running_stack
from eth_cli.stack_errors import MissingProgramError, PortInUseError
from eth_cli.told import told

PORT: Final = 9090


def prometheus_command(
    *,
    port: Annotated[int, typer.Option(min=1024, max=65535, help="Where Prometheus listens.")] = (
        PORT
    ),
    run: Annotated[
        bool, typer.Option("--run", help="Run it, too; Ctrl-C ends it. It has to be installed.")
    ] = False,
    data_dir: Annotated[Path | None, typer.Option("--data-dir", help="Folder of the data.")] = None,
) -> None:
    """Write what Prometheus needs to watch the running stack, and say how to start it."""

    def prepare() -> None:
        stack = running_stack(data_dir)
        folder = stack.folder.part("prometheus")
        configuration = write_configuration(
            folder, {part.name: part.port for part in stack.state.parts}
        )
        command = (
            "prometheus",
            f"--config.file={configuration}",
            f"--storage.tsdb.path={folder / 'data'}",
            f"--web.listen-address={LOOPBACK}:{port}",
        )
        sys.stdout.write(f"{configuration}\n{shlex.join(command)}\n")
        sys.stdout.flush()
        if run:
            _become(command, port)

    raise typer.Exit(told(prepare))


def _become(command: tuple[str, ...], port: int) -> None:
    """Raises MissingProgramError, PortInUseError; otherwise this process is Prometheus."""
    program = shutil.which(command[0])
    if program is None:
        raise MissingProgramError(
            "No program prometheus was found; install it (on Debian and Ubuntu: "
            "apt install prometheus), or run it elsewhere with the file above."
        )
    if not is_free(port):
        raise PortInUseError(
            f"Port {port}, which Prometheus needs, is taken by {who_listens(port)}; "
            "choose another with --port."
        )
    os.execv(program, command)  # noqa: S606  # so that Ctrl-C and the exit code are Prometheus' own
