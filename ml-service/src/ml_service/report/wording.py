"""Numbers, shares and moments as the report writes them."""

from datetime import UTC, datetime
from typing import Final

MINUS: Final = "−"
NO_BREAK: Final = "\u00a0"


def percent(share: float, digits: int = 1) -> str:
    return _signed(f"{100 * share:.{digits}f}{NO_BREAK}%")


def percent_interval(low: float, high: float) -> str:
    return f"{percent(low)} to {percent(high)}"


def figure(value: float, digits: int = 4) -> str:
    return _signed(f"{value:.{digits}f}")


def count(number: int) -> str:
    """`57,312`."""
    return _signed(f"{number:,}")


def day(time_ms: int) -> str:
    return datetime.fromtimestamp(time_ms / 1000, UTC).strftime("%Y-%m-%d")


def moment(time_ms: int) -> str:
    return datetime.fromtimestamp(time_ms / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")


def _signed(text: str) -> str:
    return text.replace("-", MINUS)
