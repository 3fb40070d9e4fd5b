"""How a stored candle reached us, which decides what may be concluded from it."""

from enum import StrEnum


class CandleOrigin(StrEnum):
    LIVE = "live"
    """Seen as it closed."""
    HEALED = "healed"
    """Missed while this stack was watching, fetched afterwards."""
    BACKFILL = "backfill"
    """From before this stack watched."""
