"""What a decision can be."""

from enum import StrEnum


class Side(StrEnum):
    """A position's direction."""

    BUY = "BUY"
    SELL = "SELL"

    @property
    def sign(self) -> int:
        """+1: it gains when the price rises; −1: when it falls."""
        return 1 if self is Side.BUY else -1


class SignalType(StrEnum):
    BUY = "BUY"
    SELL = "SELL"
    HOLD = "HOLD"

    @property
    def side(self) -> Side | None:
        """None for HOLD."""
        return None if self is SignalType.HOLD else Side(self.value)
