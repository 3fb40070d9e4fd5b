from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange_simulator.aggregate_trades import MOST_AGGREGATES, aggregate_trades
from exchange_simulator.bars import Bar
from exchange_simulator.exchange import Exchange
from exchange_simulator.fixed_point import UNITS
from exchange_simulator.market import CENT
from exchange_simulator.price_path import price_path
from exchange_simulator.recorded_market import RecordedMarket
from exchange_simulator.recording import Recording
from exchange_simulator.seeded_market import SeededMarket
from exchange_simulator.trade_figures import trade_figures
from exchange_simulator.trade_history import TradeQuery
from exchange_simulator.trade_message import trade_frames
from trading_core.symbol import Symbol
from trading_core.timeframe import MINUTE_MS, Timeframe

ETH = Symbol("ETH", "USDT")
NOW_MS = 1_722_816_000_000 + 30 * 3_600_000 + 20_000

CENTS = st.integers(150_000, 160_000)


@st.composite
def bars(draw: st.DrawFn) -> Bar:
    opened, closed, one, other = (draw(CENTS) * CENT.price for _ in range(4))
    return Bar(
        open_ms=draw(st.integers(10_000_000, 29_000_000)) * MINUTE_MS,
        open=opened,
        high=max(opened, closed, one, other),
        low=min(opened, closed, one, other),
        close=closed,
        volume=draw(st.integers(0, 1_000_000_000)) * 1_000,
    )


@given(bar=bars())
def test_the_trades_of_a_candle_are_the_candle(bar: Bar) -> None:
    trades = aggregate_trades(bar, Timeframe.M1, CENT)
    figures = trade_figures(bar, Timeframe.M1)
    assert len(trades) <= MOST_AGGREGATES
    if not trades:
        assert bar.volume < CENT.volume
        return
    assert sum(trade.quantity for trade in trades) == bar.volume
    assert all(trade.quantity > 0 for trade in trades)
    assert trades[-1].price == bar.close
    assert (trades[0].first_id, trades[-1].last_id) == (figures.first_id, figures.last_id)
    assert all(later.first_id == earlier.last_id + 1 for earlier, later in pairwise(trades))
    assert all(later.number == earlier.number + 1 for earlier, later in pairwise(trades))
    assert all(later.time_ms > earlier.time_ms for earlier, later in pairwise(trades))
    assert all(0 <= trade.time_ms - bar.open_ms < MINUTE_MS for trade in trades)
    if len(trades) >= 4:
        prices = [trade.price for trade in trades]
        assert (prices[0], min(prices), max(prices)) == (bar.open, bar.low, bar.high)


@given(bar=bars())
def test_prices_lie_on_the_price_path(bar: Bar) -> None:
    path = price_path(bar, CENT)
    for trade in aggregate_trades(bar, Timeframe.M1, CENT)[:-1]:
        assert trade.price == path.until((trade.time_ms - bar.open_ms) / MINUTE_MS).close


@given(bar=bars())
def test_single_trades_are_the_parts_of_an_aggregate(bar: Bar) -> None:
    trades = aggregate_trades(bar, Timeframe.M1, CENT)
    count = sum(len(list(trade_frames(ETH, trade, NOW_MS))) for trade in trades)
    assert count == (trade_figures(bar, Timeframe.M1).trades if trades else 0)


@pytest.fixture
def exchange() -> Exchange:
    return Exchange(SeededMarket(42, (ETH,)))


def numbers(exchange: Exchange, now_ms: int = NOW_MS, **asked: int | None) -> list[int]:
    usual = {"from_number": None, "start_ms": None, "end_ms": None, "limit": 500}
    query = TradeQuery(symbol=ETH, **{**usual, **asked})  # type: ignore[arg-type]  # by name
    return [trade.number for trade in exchange.trades(query, now_ms)]


def test_the_newest_trades_are_told_and_none_of_the_future(exchange: Exchange) -> None:
    newest = exchange.trades(TradeQuery(ETH, None, None, None, 500), NOW_MS)
    assert len(newest) == 500
    assert NOW_MS - MINUTE_MS < newest[-1].time_ms <= NOW_MS


def test_a_number_leads_on_without_a_gap(exchange: Exchange) -> None:
    newest = numbers(exchange, limit=1000)
    paged: list[int] = []
    while not paged or paged[-1] < newest[-1]:
        paged += numbers(exchange, from_number=(paged[-1] + 1 if paged else newest[0]), limit=77)
    assert paged == newest


def test_a_range_of_time_is_inclusive(exchange: Exchange) -> None:
    start_ms = NOW_MS - 10 * MINUTE_MS
    asked = TradeQuery(ETH, None, start_ms, start_ms + 5 * MINUTE_MS, 1000)
    found = exchange.trades(asked, NOW_MS)
    exact = TradeQuery(ETH, None, found[3].time_ms, found[9].time_ms, 1000)
    assert exchange.trades(exact, NOW_MS) == found[3:10]
    ended = TradeQuery(ETH, None, None, found[9].time_ms, 4)
    assert exchange.trades(ended, NOW_MS) == found[6:10]


def test_trades_in_pieces_of_time_are_all_trades(exchange: Exchange) -> None:
    start_ms = NOW_MS - 5 * MINUTE_MS
    pieces = [
        trade
        for first_ms in range(start_ms + 1, NOW_MS, 7_000)
        for trade in exchange.trades_between(ETH, first_ms, min(first_ms + 6_999, NOW_MS))
    ]
    assert pieces == exchange.trades_between(ETH, start_ms + 1, NOW_MS)


def test_nothing_is_traded_in_an_outage(
    recording_at: Callable[..., Recording],
) -> None:
    start_ms = NOW_MS - NOW_MS % MINUTE_MS
    gone: Sequence[int] = [start_ms + n * MINUTE_MS for n in range(3, 200)]
    recording = recording_at(Timeframe.M1, start_ms, 300, without=gone)
    exchange = Exchange(RecordedMarket.of([recording], [ETH]))
    now_ms = start_ms + 250 * MINUTE_MS - 1
    opens = {
        (trade.number - start_ms) // MINUTE_MS
        for trade in exchange.trades_between(ETH, start_ms, now_ms)
    }
    assert opens == {0, 1, 2, *range(200, 250)}
    assert exchange.last_price(ETH, start_ms + 100 * MINUTE_MS) == recording.bars.close[2]


def test_the_book_lies_around_the_last_price(exchange: Exchange) -> None:
    book, last = exchange.order_book(ETH, NOW_MS, 20), exchange.last_price(ETH, NOW_MS)
    assert (len(book.bids), len(book.asks)) == (20, 20)
    assert (book.bids[0].price, book.asks[0].price) == (last, last + CENT.price)
    assert all(higher.price > lower.price for higher, lower in pairwise(book.bids))
    assert all(lower.price < higher.price for lower, higher in pairwise(book.asks))
    assert all(0 < level.quantity < UNITS for level in (*book.bids, *book.asks))
    assert exchange.order_book(ETH, NOW_MS, 20) == book


def test_where_nothing_was_traded_the_book_is_empty(exchange: Exchange) -> None:
    assert exchange.order_book(ETH, 1_000, 5).bids == ()
