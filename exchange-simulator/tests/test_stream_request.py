import json

import pytest

from exchange_simulator.stream_frame import StreamFrame
from exchange_simulator.stream_request import answer
from exchange_simulator.subscriptions import Listener, Subscriptions
from trading_core.symbol import Symbol


@pytest.fixture
def subscriptions() -> Subscriptions:
    return Subscriptions()


@pytest.fixture
def listener() -> Listener:
    return Listener(wrapped=False)


def ask(message: object, listener: Listener, subscriptions: Subscriptions) -> dict[str, object]:
    text = message if isinstance(message, str) else json.dumps(message)
    found: dict[str, object] = json.loads(answer(text, listener, subscriptions))
    return found


def test_streams_are_subscribed_listed_and_unsubscribed(
    listener: Listener, subscriptions: Subscriptions
) -> None:
    streams = ["ethusdt@kline_1m", "ethusdt@ticker"]
    subscribe = {"method": "SUBSCRIBE", "params": streams, "id": 1}
    assert ask(subscribe, listener, subscriptions) == {"result": None, "id": 1}
    listing = {"method": "LIST_SUBSCRIPTIONS", "id": "two"}
    assert ask(listing, listener, subscriptions) == {"result": streams, "id": "two"}
    unsubscribe = {"method": "UNSUBSCRIBE", "params": streams[:1], "id": 3}
    assert ask(unsubscribe, listener, subscriptions) == {"result": None, "id": 3}
    assert subscriptions.of(listener) == streams[1:]
    assert not subscriptions.wanted(streams[0])


@pytest.mark.parametrize(
    ("message", "code", "words"),
    [
        ("{", 3, "Invalid JSON"),
        ("[]", 2, "expected an object"),
        ({"method": "DANCE", "id": 1}, 2, "unknown variant `DANCE`"),
        ({"id": 1}, 2, "unknown variant `None`"),
        ({"method": "SUBSCRIBE", "id": 1}, 2, "missing field `params`"),
        ({"method": "SUBSCRIBE", "params": "x", "id": 1}, 2, "params must be"),
        ({"method": "SUBSCRIBE", "params": [1], "id": 1}, 2, "params must be"),
        ({"method": "SUBSCRIBE", "params": [], "id": 1.5}, 2, "request ID"),
        ({"method": ["SUBSCRIBE"], "params": [], "id": 1}, 2, "unknown variant"),
        (
            {"method": "SUBSCRIBE", "params": [f"s{n}@ticker" for n in range(1025)], "id": 1},
            2,
            "too many streams",
        ),
    ],
)
def test_what_is_not_understood_is_answered_with_an_error(
    listener: Listener, subscriptions: Subscriptions, message: object, code: int, words: str
) -> None:
    told = ask(message, listener, subscriptions)
    assert told["code"] == code
    assert words in str(told["msg"])
    assert subscriptions.of(listener) == []


def test_a_forgotten_listener_leaves_nothing_behind(
    listener: Listener, subscriptions: Subscriptions
) -> None:
    subscriptions.add(listener, ["ethusdt@ticker"])
    subscriptions.forget(listener)
    assert not subscriptions.wanted("ethusdt@ticker")


def test_a_listener_that_does_not_keep_up_is_marked(subscriptions: Subscriptions) -> None:
    listener = Listener(wrapped=True)
    subscriptions.add(listener, ["ethusdt@ticker"])
    for _ in range(listener.frames.maxsize):
        subscriptions.publish(StreamFrame("ethusdt@ticker", "{}", Symbol("ETH", "USDT")))
    assert not listener.ended.is_set()
    subscriptions.publish(StreamFrame("ethusdt@ticker", "{}", Symbol("ETH", "USDT")))
    assert listener.ended.is_set()
