"""What a running stack says of itself in its folder, for the other commands and the next `up`."""

from __future__ import annotations

import contextlib
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from eth_cli.json_file import read_json, write_json


@dataclass(frozen=True, slots=True)
class ProcessName:
    """A pid, with when its process began (s): together they never name another process."""

    pid: int
    created: float

    def running(self) -> psutil.Process | None:
        with contextlib.suppress(psutil.NoSuchProcess):
            process = psutil.Process(self.pid)
            if process.create_time() == self.created and process.status() != psutil.STATUS_ZOMBIE:
                return process
        return None


@dataclass(frozen=True, slots=True)
class PartStatus:
    name: str
    state: str
    port: int
    process: ProcessName | None
    since_ms: int
    restarts: int
    last_exit: int | None


@dataclass(frozen=True, slots=True)
class StackState:
    """`phase` is starting, running or stopping."""

    phase: str
    supervisor: ProcessName
    folder: str
    url: str
    ports: dict[str, int]
    kind: str
    source: str
    speed: float
    parts: tuple[PartStatus, ...]


def write_state(path: Path, state: StackState) -> None:
    write_json(path, asdict(state))


def read_state(path: Path) -> StackState | None:
    """None when no stack has run on the folder."""
    fields = read_json(path)
    if fields is None:
        return None
    try:
        return StackState(
            **{
                **fields,
                "supervisor": ProcessName(**fields["supervisor"]),
                "parts": tuple(_part(part) for part in fields["parts"]),
            }
        )
    except (TypeError, KeyError):
        return None


def _part(fields: dict[str, object]) -> PartStatus:
    process = fields["process"]
    named = ProcessName(**process) if isinstance(process, dict) else None
    return PartStatus(**{**fields, "process": named})  # type: ignore[arg-type]  # checked by the call


def end_leftovers(path: Path) -> list[str]:
    """End the parts that outlived their supervisor, and name them; the caller holds the lock."""
    state = read_state(path)
    if state is None:
        return []
    left = [(part.name, part.process.running()) for part in state.parts if part.process]
    alive = [(name, process) for name, process in left if process]
    for _, process in alive:
        end(process)
    return [name for name, _ in alive]


def end(process: psutil.Process, grace_seconds: float = 10.0) -> None:
    """Ask a process to stop; end it and its children when it has not."""
    with contextlib.suppress(psutil.NoSuchProcess):
        family = [process, *process.children(recursive=True)]
        process.terminate()
        _, alive = psutil.wait_procs(family, timeout=grace_seconds)
        for survivor in alive:
            with contextlib.suppress(psutil.NoSuchProcess):
                survivor.kill()
        psutil.wait_procs(alive, timeout=grace_seconds)
