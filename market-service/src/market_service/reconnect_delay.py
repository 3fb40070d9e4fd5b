"""How long to wait before connecting again."""

from typing import Final

FIRST_SECONDS: Final = 0.2
LONGEST_SECONDS: Final = 4.0
"""The exchange allows 300 connections in five minutes; and we are back soon after it is."""
_DOUBLINGS: Final = 10


def reconnect_delay(failures: int, jitter: float) -> float:
    """Seconds: doubled with each failure in a row, the longest 4 s.

    `jitter` in [0, 1) takes off up to half, so that many clients do not come back as one.
    """
    longest = min(FIRST_SECONDS * 2.0 ** min(failures, _DOUBLINGS), LONGEST_SECONDS)
    return longest * (1 - jitter / 2)
