"""Why the exchange ends a connection."""

from dataclasses import dataclass
from typing import Final

POLICY_VIOLATION: Final = 1008
GOING_AWAY: Final = 1001


@dataclass(frozen=True, slots=True)
class Ending:
    """A close code and a reason."""

    code: int
    reason: str


EXPIRED: Final = Ending(GOING_AWAY, "connection expired")
TOO_SLOW: Final = Ending(POLICY_VIOLATION, "too slow")
