import pytest
from hypothesis import given
from hypothesis import strategies as st

from api_gateway.socket_events import InvalidEventError, read_place, read_room
from trading_core.symbol import Symbol

SYMBOLS = (Symbol("ETH", "USDT"), Symbol("BTC", "USDT"))

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=60) | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@pytest.mark.parametrize(
    "arguments",
    [(), (None,), ({},), ({"symbol": "ETHUSDT"},), ({"symbol": "ETH/USDT", "timeframe": "1h"},)],
)
def test_what_is_not_said_has_the_default(arguments: tuple[object, ...]) -> None:
    assert read_room(arguments, SYMBOLS).name == "ETH/USDT_1h"


def test_both_spellings_name_one_room() -> None:
    rooms = {
        read_room(({"symbol": spelling, "timeframe": "5m"},), SYMBOLS).name
        for spelling in ("BTCUSDT", "BTC/USDT")
    }
    assert rooms == {"BTC/USDT_5m"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((5,), "send one object"),
        (("ETHUSDT",), "send one object"),
        (([],), "send one object"),
        (({}, {}), "send one object"),
        (({"symbol": "DOGE/USDT"},), "DOGE/USDT is not watched here"),
        (({"symbol": "eth"},), "'eth' is not a symbol"),
        (({"symbol": None},), "symbol: .*not a text"),
        (({"symbol": "A" * 42},), "symbol: .*not a text"),
        (({"timeframe": "7m"},), "timeframe: "),
        (({"timeframe": 60},), "timeframe: "),
        (({"symbol": 1, "timeframe": 2},), "symbol: .*; timeframe: "),
    ],
)
def test_a_wrong_wish_is_refused_in_a_sentence(
    arguments: tuple[object, ...], sentence: str
) -> None:
    with pytest.raises(InvalidEventError, match=sentence):
        read_room(arguments, SYMBOLS)


@given(st.lists(JSON | st.fixed_dictionaries({}, optional={"symbol": JSON, "timeframe": JSON})))
def test_whatever_comes_is_a_room_or_a_short_sentence(arguments: list[object]) -> None:
    try:
        said = read_room(arguments, SYMBOLS).name
    except InvalidEventError as error:
        said = str(error)
    assert 0 < len(said) <= 300


EPOCH = "6b4f5a0e-6f0e-4f6e-9d43-8f1f6a3f9b11"


@pytest.mark.parametrize(
    "room",
    [
        {"room": "BTC/USDT_5m"},
        {"room": "BTCUSDT_5m"},
        {"symbol": "BTC/USDT", "timeframe": "5m"},
        {"room": "BTC/USDT_5m", "symbol": "ETHUSDT", "timeframe": "1d"},
    ],
)
def test_a_place_is_named_by_room_or_by_symbol_and_timeframe(room: dict[str, str]) -> None:
    place = read_place(({**room, "epoch": EPOCH, "seq": 7},), SYMBOLS)
    assert (place.room.name, place.epoch, place.seq) == ("BTC/USDT_5m", EPOCH, 7)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"epoch": None}, "epoch: "),
        ({"epoch": ""}, "epoch: "),
        ({"epoch": "x" * 65}, "epoch: "),
        ({"seq": -1}, "seq: "),
        ({"seq": "7"}, "seq: "),
        ({"seq": 1.0}, "seq: "),
        ({"seq": True}, "seq: "),
        ({"seq": 2**63}, "seq: "),
        ({"room": 5}, "room: "),
        ({"room": "nonsense"}, "room: "),
        ({"room": "ETH/USDT_7m"}, "timeframe: "),
        ({"room": "DOGE/USDT_1h"}, "DOGE/USDT is not watched here"),
        ({"room": "x" * 100}, "room: "),
    ],
)
def test_a_wrong_place_is_refused_in_a_sentence(wrong: dict[str, object], sentence: str) -> None:
    with pytest.raises(InvalidEventError, match=sentence):
        read_place(({"room": "ETH/USDT_1h", "epoch": EPOCH, "seq": 7, **wrong},), SYMBOLS)


def test_a_place_without_a_number_is_none() -> None:
    with pytest.raises(InvalidEventError, match="seq: "):
        read_place(({"epoch": EPOCH},), SYMBOLS)


@given(
    st.fixed_dictionaries(
        {}, optional={"room": JSON, "symbol": JSON, "epoch": JSON | st.just(EPOCH), "seq": JSON}
    )
)
def test_whatever_comes_is_a_place_or_a_short_sentence(body: dict[str, object]) -> None:
    try:
        said = read_place((body,), SYMBOLS).room.name
    except InvalidEventError as error:
        said = str(error)
    assert 0 < len(said) <= 300
