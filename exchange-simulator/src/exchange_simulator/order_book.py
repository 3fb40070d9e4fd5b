"""The orders around a price: a function of the price alone, so that equal questions agree."""

from dataclasses import dataclass
from typing import Final

from exchange_simulator.market import Increments

QUOTED_STEPS: Final = 9_973
"""A prime: the quantities at the best prices vary with the price and stay below so many steps."""

MOST_LEVELS: Final = 100


@dataclass(frozen=True, slots=True)
class Level:
    """Price and quantity in units of 1e-8."""

    price: int
    quantity: int


@dataclass(frozen=True, slots=True)
class OrderBook:
    """Best prices first; the best bid is the last price, the best ask one step above it."""

    bids: tuple[Level, ...]
    asks: tuple[Level, ...]


def order_book(last: int, increments: Increments, levels: int) -> OrderBook:
    """At most `MOST_LEVELS`, and no bid at zero."""
    count = min(levels, MOST_LEVELS)
    bids = (last - n * increments.price for n in range(count))
    asks = (last + (n + 1) * increments.price for n in range(count))
    return OrderBook(
        tuple(Level(price, quoted_quantity(price, increments)) for price in bids if price > 0),
        tuple(Level(price, quoted_quantity(price, increments)) for price in asks),
    )


def quoted_quantity(price: int, increments: Increments) -> int:
    return (price // increments.price % QUOTED_STEPS + 1) * increments.volume
