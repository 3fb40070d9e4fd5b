"""The event time that a stack had reached, so that no restart begins in its own past.

While the clock runs, the file names a moment a little ahead of it: after a kill of everything, all
that happened is before that moment, and the next start goes on from there. What was skipped is a
hole like any other, and is healed.
"""

from __future__ import annotations

from pathlib import Path

from eth_cli.json_file import read_json, write_json

INTERVAL_SECONDS = 0.5
LEAD_SECONDS = 2.0


def reached_ms(path: Path, epoch_ms: int) -> int:
    """Where to go on: `epoch_ms` when there has been no run yet."""
    kept = read_json(path)
    return max(epoch_ms, int(kept["reachedMs"])) if kept else epoch_ms


def keep_reached(path: Path, event_ms: int) -> None:
    write_json(path, {"reachedMs": event_ms})
