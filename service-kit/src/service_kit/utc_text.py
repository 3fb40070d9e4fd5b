"""Moments as the public contract writes them."""

from datetime import UTC, datetime


def utc_text(time_ms: int) -> str:
    """`2024-08-05T00:00:00.000Z`."""
    moment = datetime.fromtimestamp(time_ms / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
