"""A row as the file has it, before anything of it is believed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileRow:
    number: int
    """Line of a text, row of a table; from 1."""
    open_time: str
    figures: tuple[str, ...]
    """Open, high, low, close, volume."""
    close_time: str | None = None
    """The bar's last millisecond or microsecond, where the layout has it."""


@dataclass(frozen=True, slots=True)
class BadRow:
    number: int
    reason: str
    open_ms: int | None = None
    """None where not even that can be read."""
