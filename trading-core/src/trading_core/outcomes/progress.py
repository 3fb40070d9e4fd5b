"""How far one position has been followed: the state between two closed bars."""

from dataclasses import dataclass
from typing import Self

from trading_core.errors import InvalidPositionError, TradingError
from trading_core.frozen_json import JsonObject, from_json, to_json
from trading_core.outcomes.outcome import Outcome
from trading_core.outcomes.position import Position
from trading_core.signal_state import SignalStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Self-contained: with the bars that follow it gives the next state, and nothing else does."""

    position: Position
    followed_until_ms: int
    """Bars that open earlier are behind it; given again, they change nothing."""
    last_close: float
    """The newest close while the position was held; at first the entry."""
    best_price: float
    """The best for this side while it was held, and `worst_price` the worst."""
    worst_price: float
    outcome: Outcome | None = None
    """None while the position is held."""
    settled: bool = False
    """No later bar can change anything. A position left at take-profit 1 is closed at once, but
    settled only when its furthest target is known too."""

    @classmethod
    def start(cls, position: Position) -> Self:
        return cls(
            position=position,
            followed_until_ms=position.entered_at_ms,
            last_close=position.entry,
            best_price=position.entry,
            worst_price=position.entry,
        )

    @property
    def status(self) -> SignalStatus:
        return self.outcome.exit_reason.status if self.outcome else SignalStatus.ACTIVE

    def to_json(self) -> JsonObject:
        """`from_json` gives an equal state back, also after a text or a table kept it."""
        return to_json(self)

    @classmethod
    def from_json(cls, stored: JsonObject) -> Self:
        """Raises InvalidPositionError for what `to_json` did not write."""
        try:
            return from_json(cls, stored)
        except TradingError as error:
            raise InvalidPositionError(f"no stored progress: {error}") from error
