"""What a log says last."""

from __future__ import annotations

from pathlib import Path

TAIL_BYTES = 8192


def last_line(log: Path) -> str:
    """The last line that says anything."""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - TAIL_BYTES))
        said = [line.strip() for line in file.read().decode(errors="replace").splitlines()]
    return next((line for line in reversed(said) if line), "it said nothing")
