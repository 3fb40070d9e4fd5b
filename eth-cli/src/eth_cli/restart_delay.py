"""How long to wait before a crashed part is started again."""

from __future__ import annotations

FIRST_SECONDS = 0.25
LONGEST_SECONDS = 30.0
HEALTHY_SECONDS = 30.0


def restart_delay(crashes: int) -> float:
    """Seconds before the start that follows the `crashes`-th crash in a row: doubling, capped."""
    return float(min(FIRST_SECONDS * 2 ** min(crashes - 1, 16), LONGEST_SECONDS))


def crashes_in_a_row(before: int, ran_seconds: float) -> int:
    """A part that had run for `HEALTHY_SECONDS` starts counting anew."""
    return 1 if ran_seconds >= HEALTHY_SECONDS else before + 1
