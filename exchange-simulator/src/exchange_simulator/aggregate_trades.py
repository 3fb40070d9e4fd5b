"""The trades inside a candle: a function of the candle alone.

Their prices lie on its price path and touch its open, high, low and close; their quantities sum to
its volume. Trades at one price and moment are told as one aggregate, as the exchange does.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np

from exchange_simulator.bars import Bar
from exchange_simulator.fixed_point import IntColumn
from exchange_simulator.market import Increments
from exchange_simulator.price_path import NODES, PricePath, price_path
from exchange_simulator.random_source import Source
from exchange_simulator.trade_figures import trade_figures
from trading_core.timeframe import Timeframe

MOST_AGGREGATES: Final = 60
"""Of a candle, however many trades it has."""


@dataclass(frozen=True, slots=True)
class AggregateTrade:
    """Price and quantity in units of 1e-8; ids ascend with time over all candles."""

    number: int
    first_id: int
    last_id: int
    time_ms: int
    price: int
    quantity: int
    buyer_is_maker: bool


@lru_cache(maxsize=512)
def aggregate_trades(
    bar: Bar, timeframe: Timeframe, increments: Increments
) -> tuple[AggregateTrade, ...]:
    """In time order; none where nothing was traded."""
    figures = trade_figures(bar, timeframe)
    count = min(figures.trades, MOST_AGGREGATES, bar.volume // increments.volume)
    if not count:
        return ()
    source = np.random.Generator(np.random.Philox(key=[bar.open_ms, bar.volume]))
    path = price_path(bar, increments)
    offsets = _offsets(path, timeframe, count, source)
    quantities = _quantities(bar.volume, increments.volume, count, source)
    ids = _shared(figures.trades, count, source)
    sells = source.random(count) * 1000 >= 1000 * figures.taker_base / bar.volume
    return tuple(
        AggregateTrade(
            number=bar.open_ms + place,
            first_id=figures.first_id + first,
            last_id=figures.first_id + end - 1,
            time_ms=bar.open_ms + offset,
            price=bar.close if place == count - 1 else _price(path, offset, timeframe),
            quantity=quantity,
            buyer_is_maker=bool(sells[place]),
        )
        for place, (offset, quantity, (first, end)) in enumerate(
            zip(offsets, quantities, ids, strict=True)
        )
    )


def _price(path: PricePath, offset_ms: int, timeframe: Timeframe) -> int:
    return path.until(offset_ms / timeframe.duration_ms).close


def _offsets(path: PricePath, timeframe: Timeframe, count: int, source: Source) -> list[int]:
    """Milliseconds after the open: of the first and the last, of both extremes, and by chance."""
    last_ms = timeframe.duration_ms - 1
    node_ms = timeframe.duration_ms // NODES
    turns = (int(path.nodes.argmin()) * node_ms, int(path.nodes.argmax()) * node_ms)
    told = dict.fromkeys((0, *(min(turn, last_ms) for turn in turns), last_ms))
    chance = source.permutation(min(timeframe.duration_ms, 60_000))[:count].tolist()
    return sorted([*dict.fromkeys([*told, *chance])][:count])


def _quantities(volume: int, lot: int, count: int, source: Source) -> list[int]:
    """At least one lot each; what is no whole lot goes to the last."""
    lots, rest = divmod(volume, lot)
    weights = source.gamma(1.0, size=count)
    shares = np.floor((lots - count) * weights / weights.sum()).astype(np.int64) + 1
    shares[-1] += lots - shares.sum()
    quantities: list[int] = (shares * lot).tolist()
    quantities[-1] += rest
    return quantities


def _shared(trades: int, count: int, source: Source) -> list[tuple[int, int]]:
    """Where each aggregate's own trades begin and end; at least one each."""
    cuts: IntColumn = np.sort(source.permutation(trades - 1)[: count - 1]) + 1
    return list(pairwise([0, *cuts.tolist(), trades]))
