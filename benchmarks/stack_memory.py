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

    pss: int = 0
    rss: int = 0
    pss_without_files: int = 0
    """Of the PSS what can leak: a library's share shrinks whenever somebody else maps it too."""

    def __add__(self, other: "Memory") -> "Memory":
        return Memory(
            self.pss + other.pss,
            self.rss + other.rss,
            self.pss_without_files + other.pss_without_files,
        )


def stack_memory(data_dir: str | None) -> dict[str, Memory]:
    """By the part's name. Raises CalledProcessError where no stack runs."""
    command = [str(ROOT / "eth"), "status", "--json"]
    command += ["--data-dir", data_dir] if data_dir else []
    status = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return {part["name"]: _memory_of(part["pid"]) for part in status["parts"] if part["pid"]}


def together(sizes: dict[str, Memory]) -> Memory:
    return sum(sizes.values(), Memory())


def _memory_of(pid: int) -> Memory:
    """A part with its children, such as PostgreSQL's sessions."""
    parent = psutil.Process(pid)
    family = (parent, *parent.children(recursive=True))
    return sum((_one(process.pid) for process in family), Memory())


def _one(pid: int) -> Memory:
    """Nothing for one that has just ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    except (FileNotFoundError, ProcessLookupError):
        return Memory()
    sizes = {name: int(size.split()[0]) * 1024 for name, size in (x.split(":") for x in lines)}
    return Memory(sizes["Pss"], sizes["Rss"], sizes["Pss_Anon"] + sizes["Pss_Shmem"])
