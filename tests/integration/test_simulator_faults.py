"""What a script does to real sockets: REST connections and streams."""

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosedError, ConnectionClosedOK, InvalidHandshake
from websockets.sync.client import ClientConnection

from faulty_exchange import FaultyExchange, faulty_exchange

pytestmark = pytest.mark.integration

PATIENCE_SECONDS = 20
SILENCE_SECONDS = 2.5
"""At 60× a stream of klines and tickers says something every wall second."""

UNASKED_PONG = b"\x8a\x80\x00\x00\x00\x00"

STREAMS = ("ethusdt@kline_1m", "ethusdt@miniTicker")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FaultyExchange]:
    with faulty_exchange(tmp_path_factory.mktemp("faulty")) as exchange:
        yield exchange


@pytest.fixture
def exchange(running: FaultyExchange) -> FaultyExchange:
    """With nothing armed."""
    running.arm()
    return running


def heard(stream: ClientConnection, seconds: float) -> list[str | bytes]:
    """All that arrives in this time."""
    frames: list[str | bytes] = []
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        try:
            frames.append(stream.recv(left))
        except TimeoutError:
            break
    return frames


def until_closed(stream: ClientConnection) -> None:
    """Raises what websockets raises when it notices."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        stream.recv(PATIENCE_SECONDS)
    raise AssertionError("the connection is still there")


def is_fine(stream: ClientConnection) -> bool:
    return len(heard(stream, SILENCE_SECONDS)) > 0


def test_dropped_sockets_get_no_goodbye_and_new_ones_are_fine(exchange: FaultyExchange) -> None:
    with exchange.stream(*STREAMS) as stream:
        exchange.arm({"kind": "drop_sockets", "at": 0.2})
        with pytest.raises(ConnectionClosedError) as lost:
            until_closed(stream)
        assert (lost.value.rcvd, lost.value.sent) == (None, None)
    with exchange.stream(*STREAMS) as stream:
        assert is_fine(stream)


def test_refused_sockets_are_dropped_and_stay_out_for_a_while(exchange: FaultyExchange) -> None:
    with exchange.stream(*STREAMS) as stream:
        exchange.arm({"kind": "refuse_sockets", "at": 0, "for": 2})
        with pytest.raises(ConnectionClosedError):
            until_closed(stream)
    for _ in range(4):
        with pytest.raises((InvalidHandshake, EOFError, ConnectionError)):
            exchange.stream(*STREAMS).close()
    while exchange.faults()[0]["state"] != "over":
        time.sleep(0.1)
    with exchange.stream(*STREAMS) as stream:
        assert is_fine(stream)
    assert exchange.faults()[0]["bites"] == 5


def test_a_half_open_connection_is_neither_read_nor_written_nor_closed(
    exchange: FaultyExchange,
) -> None:
    with exchange.stream(*STREAMS) as stream:
        assert is_fine(stream)
        exchange.arm({"kind": "half_open", "at": 0})
        while not exchange.faults()[0]["bites"]:
            time.sleep(0.02)
        heard(stream, 0.3)
        pong = stream.ping()
        stream.send(json.dumps({"method": "LIST_SUBSCRIPTIONS", "id": 1}))
        assert heard(stream, 3 * SILENCE_SECONDS) == []
        assert not pong.is_set()
        with exchange.stream(*STREAMS) as other:
            assert is_fine(other)
        assert fills_the_buffers(stream)


def fills_the_buffers(stream: ClientConnection) -> bool:
    """Nobody reads: buffers fill until no more can be sent, and nothing ends the connection."""
    stream.socket.settimeout(1)
    try:
        for _ in range(1_000):
            stream.socket.sendall(UNASKED_PONG * 10_000)
    except TimeoutError:
        return True
    return False


def test_a_silent_stream_still_answers_pings(exchange: FaultyExchange) -> None:
    with exchange.stream(*STREAMS) as stream:
        exchange.arm({"kind": "silent_stream", "at": 0, "for": 1})
        while not exchange.faults()[0]["bites"]:
            time.sleep(0.02)
        heard(stream, 0.3)
        assert stream.ping().wait(PATIENCE_SECONDS)
        assert heard(stream, SILENCE_SECONDS) == []
        with exchange.stream(*STREAMS) as other:
            assert is_fine(other)


def test_the_day_of_a_connection_ends_with_1001(exchange: FaultyExchange) -> None:
    with exchange.stream(*STREAMS) as stream:
        exchange.arm({"kind": "expire_connections", "at": 0})
        with pytest.raises(ConnectionClosedOK) as ended:
            until_closed(stream)
    assert ended.value.rcvd
    assert ended.value.rcvd.code == 1001


def test_a_shutdown_is_announced_seconds_before_it(exchange: FaultyExchange) -> None:
    with exchange.stream(*STREAMS) as stream:
        exchange.arm({"kind": "server_shutdown", "at": 0})
        frames = [json.loads(frame) for frame in stream]
    notices = [place for place, frame in enumerate(frames) if frame.get("e") == "serverShutdown"]
    assert len(notices) == 1
    assert len(frames) > notices[0] + 3


def test_a_refused_request_gets_no_answer_at_all(exchange: FaultyExchange) -> None:
    exchange.arm({"kind": "refuse_rest", "at": 0, "for": 60})
    for _ in range(3):
        with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
            exchange.get("/api/v3/ping")
    assert exchange.faults()[0]["bites"] == 3


def test_slow_answers_are_right_answers(exchange: FaultyExchange) -> None:
    exchange.arm({"kind": "slow_answers", "at": 0, "for": 60, "seconds": 1})
    started = time.monotonic()
    assert exchange.json("/api/v3/ping") == {}
    assert time.monotonic() - started >= 1


def test_a_ban_that_was_given_survives_a_kill(exchange: FaultyExchange) -> None:
    exchange.arm({"kind": "ban", "at": 0, "for": 1, "retry_after": 3_600})
    assert exchange.get("/api/v3/ping").status_code == 418
    exchange.kill_and_start_again()
    answer = exchange.get("/api/v3/ping")
    assert answer.status_code == 418
    assert 3_000 < int(answer.headers["Retry-After"]) <= 3_600
    assert exchange.faults()[0]["early"] == 1


@pytest.mark.parametrize(
    "kind",
    ["null_values", "nan_values", "huge_values", "short_rows", "inconsistent_candles"],
)
def test_wrong_candles_arrive_on_the_stream(exchange: FaultyExchange, kind: str) -> None:
    exchange.arm({"kind": kind, "at": 0, "for": 600})
    with exchange.stream("ethusdt@kline_1m") as stream:
        assert any(is_wrong(frame) for frame in closing_frames(stream))


def closing_frames(stream: ClientConnection) -> Iterator[dict[str, Any]]:  # Any: JSON
    """As Python's own lenient parser reads them: NaN and 1e400 are numbers to it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        kline = json.loads(stream.recv(PATIENCE_SECONDS))["data"]["k"]
        if kline.get("x") is not False:
            yield kline


def is_wrong(kline: dict[str, Any]) -> bool:
    try:
        o, h, low, c, v = (float(kline[name]) for name in "ohlcv")
        return not (
            0 < low <= min(o, c) <= max(o, c) <= h < 1e300
            and 0 <= v < 1e300
            and kline["T"] - kline["t"] == 59_999
            and {"s", "i", "x"} <= set(kline)
        )
    except (KeyError, TypeError, ValueError):
        return True


def test_a_wrong_script_file_stops_the_start_with_one_sentence(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("wrong")
    (folder / "hard.json").write_text('{"seed": 1, "faults": [{"kind": "meteor", "at": 0}]}')
    sentence = "hard.json: fault 0: 'meteor' is no kind of fault"
    with (
        pytest.raises(AssertionError, match=sentence),
        faulty_exchange(folder, SIMULATOR_FAULTS=str(folder / "hard.json")),
    ):
        pass
