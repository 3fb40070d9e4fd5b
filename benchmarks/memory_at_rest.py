"""Memory of every part of a running stack: private and shared pages (PSS), and resident (RSS)."""

import argparse
import json
import subprocess
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent
MIB = 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", help="as given to ./eth up")
    options = parser.parse_args()
    command = [str(ROOT / "eth"), "status", "--json"]
    command += ["--data-dir", options.data_dir] if options.data_dir else []
    status = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    sizes = {part["name"]: _size_of(part["pid"]) for part in status["parts"] if part["pid"]}
    print(f"{'part':14}{'PSS MiB':>10}{'RSS MiB':>10}")
    for name, (pss, rss) in [*sizes.items(), ("together", _together(sizes))]:
        print(f"{name:14}{pss / MIB:10.0f}{rss / MIB:10.0f}")


def _size_of(pid: int) -> tuple[int, int]:
    """A part with its children, such as PostgreSQL's sessions."""
    parent = psutil.Process(pid)
    found = [p.memory_full_info() for p in (parent, *parent.children(recursive=True))]
    return sum(m.pss for m in found), sum(m.rss for m in found)


def _together(sizes: dict[str, tuple[int, int]]) -> tuple[int, int]:
    return sum(pss for pss, _ in sizes.values()), sum(rss for _, rss in sizes.values())


if __name__ == "__main__":
    main()
