import pytest
from hypothesis import given
from hypothesis import strategies as st

from api_gateway.socket_events import InvalidEventError, read_room
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
