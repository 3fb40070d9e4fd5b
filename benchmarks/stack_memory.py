"""What every part of a running stack takes of the memory, its children included."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent
MIB = 2**20


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes: private pages and a share of those in common (PSS), and all that are resident."""

    pss: int
    rss: int


def stack_memory(data_dir: str | None) -> dict[str, Memory]:
    """By the part's name. Raises CalledProcessError where no stack runs."""
    command = [str(ROOT / "eth"), "status", "--json"]
    command += ["--data-dir", data_dir] if data_dir else []
    status = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return {part["name"]: _memory_of(part["pid"]) for part in status["parts"] if part["pid"]}


def together(sizes: dict[str, Memory]) -> Memory:
    return Memory(sum(m.pss for m in sizes.values()), sum(m.rss for m in sizes.values()))


def _memory_of(pid: int) -> Memory:
    """A part with its children, such as PostgreSQL's sessions."""
    parent = psutil.Process(pid)
    found = [_one(process) for process in (parent, *parent.children(recursive=True))]
    return Memory(sum(m.pss for m in found), sum(m.rss for m in found))


def _one(process: psutil.Process) -> Memory:
    """Nothing for one that has just ended."""
    try:
        info = process.memory_full_info()
    except psutil.NoSuchProcess:
        return Memory(0, 0)
    return Memory(info.pss, info.rss)
