"""How far one position has been followed: the state between two closed bars."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from trading_core.decision.sides import Side
from trading_core.errors import InvalidPositionError
from trading_core.outcomes.outcome import Outcome
from trading_core.outcomes.position import Position
from trading_core.signal_state import SignalStatus
from trading_core.timeframe import Timeframe


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

    def as_json(self) -> dict[str, Any]:  # Any: JSON values, as deep as the state
        """Plain values that any JSON encoder takes; `from_json` gives an equal state back."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Raises InvalidPositionError for what `as_json` did not write."""
        try:
            return cls(
                position=_position(stored["position"]),
                followed_until_ms=int(stored["followed_until_ms"]),
                last_close=float(stored["last_close"]),
                best_price=float(stored["best_price"]),
                worst_price=float(stored["worst_price"]),
                outcome=None if stored["outcome"] is None else Outcome.from_json(stored["outcome"]),
                settled=bool(stored["settled"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidPositionError(f"no stored progress: {error!r}") from error


def _position(stored: Mapping[str, Any]) -> Position:
    first, second, third = map(float, stored["take_profits"])
    return Position(
        side=Side(stored["side"]),
        timeframe=Timeframe(stored["timeframe"]),
        entered_at_ms=int(stored["entered_at_ms"]),
        horizon_end_ms=int(stored["horizon_end_ms"]),
        entry=float(stored["entry"]),
        stop=float(stored["stop"]),
        take_profits=(first, second, third),
        fee_rate=float(stored["fee_rate"]),
    )
