"""What a stored signal is at, and how it came about."""

from enum import StrEnum


class SignalStatus(StrEnum):
    ACTIVE = "active"
    CLOSED = "closed"
    """Take-profit 1 or the stop was reached."""
    EXPIRED = "expired"
    """The horizon ended, the next decision replaced it, or it came too late to be followed."""


class SignalOrigin(StrEnum):
    """Figures never mix these without saying so."""

    LIVE = "live"
    LATE = "late"
    """Decided when it was too late to act on it."""
    HISTORICAL = "historical"
    """Decided by a rebuild."""
