"""What a serving model answers."""

from enum import StrEnum


class Role(StrEnum):
    """Each series has a serving model of each, which may be the same one."""

    CANDLES = "candles"
    """Predictions from stored candles; any feature set."""
    INDICATORS = "indicators"
    """Requests that bring their own indicators; always spec16."""
