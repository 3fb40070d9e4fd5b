from decimal import Decimal
from typing import Any

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from market_service.errors import InvalidFrameError
from market_service.frames import KlineFrame, ShutdownNotice, TickerFrame, parse_frame
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

ETH = Symbol("ETH", "USDT")


def kline(**changes: object) -> dict[str, Any]:
    bar = {
        "t": 1672515780000, "T": 1672515839999, "s": "ETHUSDT", "i": "1m", "f": 100, "L": 200,
        "o": "0.0010", "c": "0.0020", "h": "0.0025", "l": "0.0010", "v": "1000", "n": 100,
        "x": False, "q": "1.0000", "V": "500", "Q": "0.500", "B": "123456",
    }  # fmt: skip
    return {"e": "kline", "E": 1672515782136, "s": "ETHUSDT", "k": bar | changes}


def ticker(**changes: object) -> dict[str, Any]:
    fields = {
        "e": "24hrMiniTicker", "E": 1672515782136, "s": "ETHUSDT", "c": "2500.5", "o": "2000",
        "h": "2600", "l": "1990.1", "v": "10000", "q": "18",
    }  # fmt: skip
    return fields | changes


def wrapped(data: object) -> bytes:
    return orjson.dumps({"stream": "whatever", "data": data})


def test_a_closed_kline_is_closed() -> None:
    frame = parse_frame(orjson.dumps(kline(x=True)))
    assert isinstance(frame, KlineFrame)
    assert frame.closed
    assert frame.candle.series == Series(ETH, Timeframe.M1)
    assert frame.candle.open_ms == 1672515780000
    assert frame.candle.close == Decimal("0.0020")


def test_raw_and_combined_frames_read_the_same() -> None:
    assert parse_frame(wrapped(kline())) == parse_frame(orjson.dumps(kline()))


@pytest.mark.parametrize("event", ["24hrMiniTicker", "24hrTicker"])
def test_a_ticker_tells_price_and_day(event: str) -> None:
    frame = parse_frame(wrapped(ticker(e=event)))
    assert isinstance(frame, TickerFrame)
    assert frame.symbol == ETH
    assert frame.price == 2500.5
    assert frame.change_24h_percent == pytest.approx(25.025)


def test_a_ticker_without_a_day_has_no_change() -> None:
    frame = parse_frame(wrapped(ticker(o="0")))
    assert isinstance(frame, TickerFrame)
    assert frame.change_24h_percent is None


def test_a_shutdown_is_understood() -> None:
    assert parse_frame('{"e":"serverShutdown","E":1770123456789}') == ShutdownNotice()


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (b"", "not_json"),
        (b"<html>", "not_json"),
        (b'{"e":"kline"', "not_json"),
        (b"\xff\xfe", "not_json"),
        (b"[1,2]", "not_an_object"),
        (b"null", "not_an_object"),
        (b'{"data":[]}', "not_an_object"),
        (b'{"result":null,"id":1}', "unknown_event"),
        (b'{"e":["kline"]}', "unknown_event"),
        (b'{"e":"kline","s":"ETHUSDT"}', "missing_field"),
        (b'{"e":"kline","s":"ETHUSDT","k":5}', "not_an_object"),
        (wrapped(kline(x=1)), "bad_flag"),
        (wrapped(kline(x="true")), "bad_flag"),
        (wrapped(kline(i="1M")), "unknown_series"),
        (wrapped(kline(i=["1m"])), "unknown_series"),
        (wrapped(kline(s="BTCUSDT")), "unknown_series"),
        (wrapped(kline(t=1672515780001)), "bad_time"),
        (wrapped(kline(T=1672515840000)), "bad_time"),
        (wrapped(kline(h="NaN")), "bad_number"),
        (wrapped(kline(v=None)), "bad_number"),
        (wrapped(kline(h="0.0001")), "bad_range"),
        (wrapped(ticker(c="0")), "bad_range"),
        (wrapped(ticker(E="now")), "bad_time"),
        (wrapped(ticker(s=7)), "unknown_series"),
        (wrapped(ticker(s="ETH\u0000USDT")), "unknown_series"),
    ],
)
def test_every_broken_frame_names_its_reason(message: bytes, reason: str) -> None:
    with pytest.raises(InvalidFrameError) as caught:
        parse_frame(message)
    assert caught.value.reason == reason


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(width=32) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


@given(message=st.binary() | st.text() | JSON.map(orjson.dumps))
@example(message=b"[" * 100_000)
@example(message='"\ud800"')
def test_nothing_but_an_invalid_frame_comes_of_noise(message: bytes | str) -> None:
    with pytest.raises(InvalidFrameError):
        parse_frame(message)


@given(field=st.sampled_from(["t", "T", "s", "i", "o", "h", "l", "c", "v", "x"]), value=JSON)
def test_one_odd_field_is_either_fine_or_an_invalid_frame(field: str, value: object) -> None:
    try:
        frame = parse_frame(wrapped(kline(**{field: value})))
    except InvalidFrameError:
        return
    assert isinstance(frame, KlineFrame)
