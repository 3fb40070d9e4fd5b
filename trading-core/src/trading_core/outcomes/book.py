"""Many positions of one side at once, as arrays: the working memory of following them."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trading_core.outcomes.exit_reason import ExitReason
from trading_core.outcomes.price_path import FloatArray, IntArray

HELD: Final = 0
"""In `Book.left_by`, where the other numbers are places in `LEFT_BY`."""
LEFT_BY: Final = (None, ExitReason.TAKE_PROFIT_1, ExitReason.STOP, ExitReason.HORIZON)


@dataclass(slots=True, eq=False, kw_only=True)
class Book:
    """One row a position. Prices are multiplied by the side's sign, as in `PricePath`.

    The walk over the bars writes into it; nothing outside this package sees one change.
    """

    entry: FloatArray
    stop: FloatArray
    targets: FloatArray
    """Three columns."""
    fee_rate: FloatArray
    horizon_end_ms: IntArray
    followed_until_ms: IntArray
    last_close: FloatArray
    best: FloatArray
    worst: FloatArray
    left_by: NDArray[np.int8] = field(init=False)
    exit: FloatArray = field(init=False)
    exit_ms: IntArray = field(init=False)
    exit_bar_ms: IntArray = field(init=False)
    """Duration of the bar in which it was left."""
    ambiguous: NDArray[np.bool_] = field(init=False)
    furthest: IntArray = field(init=False)
    settled: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        count = len(self.entry)
        self.left_by = np.full(count, HELD, np.int8)
        self.exit = np.full(count, np.nan)
        self.exit_ms = np.zeros(count, np.int64)
        self.exit_bar_ms = np.zeros(count, np.int64)
        self.ambiguous = np.zeros(count, np.bool_)
        self.furthest = np.zeros(count, np.int64)
        self.settled = np.zeros(count, np.bool_)

    def __len__(self) -> int:
        return len(self.entry)

    def next_target(self, members: IntArray) -> FloatArray:
        """The nearest take-profit that was not reached yet; for members that are not settled."""
        return self.targets[members, self.furthest[members]]

    def leave(
        self, members: IntArray, reason: ExitReason, price: FloatArray, at_ms: IntArray, bar_ms: int
    ) -> None:
        self.left_by[members] = LEFT_BY.index(reason)
        self.exit[members] = price
        self.exit_ms[members] = at_ms
        self.exit_bar_ms[members] = bar_ms
        self.see(members, price, price)

    def see(self, members: IntArray, up: FloatArray, down: FloatArray) -> None:
        self.best[members] = np.maximum(self.best[members], up)
        self.worst[members] = np.minimum(self.worst[members], down)

    def settle(self, members: IntArray, at_ms: IntArray) -> None:
        self.settled[members] = True
        self.followed_until_ms[members] = at_ms
