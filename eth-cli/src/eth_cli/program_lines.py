"""A program that works beside us, and the JSON lines that it says on standard output."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from eth_cli.stack_errors import StackError

Json = dict[str, Any]  # Any: JSON

STOP_SECONDS: Final = 10.0


def program_lines(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[Json]:
    """Run `python -m module …`; its lines as they come. Left early, it is ended.

    Raises StackError with what the program said last on standard error, when it fails.
    """
    with tempfile.TemporaryFile("w+") as errors:
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process:
            try:
                for line in process.stdout or ():
                    yield json.loads(line)
                code = process.wait()
            finally:
                _end(process)
        if code != 0:
            errors.seek(0)
            said = errors.read().strip().splitlines() or [f"exit code {code}"]
            raise StackError(f"{command[2]}: {said[-1]}")


def _end(process: subprocess.Popen[str]) -> None:
    """After a Ctrl-C it may be in the middle of a chunk, which then was never begun."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
