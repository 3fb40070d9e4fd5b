import pytest
from hypothesis import given
from hypothesis import strategies as st
from socketio.packet import ACK, CONNECT, DISCONNECT, EVENT

from api_gateway.socket_packets import CheckedPacket, is_engine_packet, polled_packets


@pytest.mark.parametrize("text", ["2probe", "3", "3probe", "5", "6", "1", "40", '42["subscribe"]'])
def test_what_clients_send_is_let_in(text: str) -> None:
    assert is_engine_packet(text)


@pytest.mark.parametrize("text", ["", "zz", "0{}", "4", "4z", "44", "45-[]", "7", "bAAEC", "2x"])
def test_what_no_client_sends_is_not(text: str) -> None:
    assert not is_engine_packet(text)


def test_a_polled_body_is_split_and_never_raises() -> None:
    assert polled_packets(b"40\x1e2") == ["40", "2"]
    assert not all(map(is_engine_packet, polled_packets(b"\xff\xfe")))


def test_an_event_is_read_with_its_number() -> None:
    packet = CheckedPacket(encoded_packet='27["subscribe",{"timeframe":"1m"}]')
    assert (packet.packet_type, packet.id) == (EVENT, 7)
    assert packet.data == ["subscribe", {"timeframe": "1m"}]


@pytest.mark.parametrize(
    "encoded",
    [
        "2",
        "2[]",
        "2{}",
        "2[5]",
        '2["disconnect"]',
        '2["connect"]',
        '2["*"]',
        '21["*",1]',
        "z",
        '51-["x"]',
        "2" + "[" * 60_000,
    ],
)
def test_what_is_no_event_is_read_as_a_disconnect(encoded: str) -> None:
    packet = CheckedPacket(encoded_packet=encoded)
    assert (packet.packet_type, packet.data, packet.attachment_count) == (DISCONNECT, None, 0)


@given(st.text(max_size=40), st.sampled_from("0123"))
def test_no_text_makes_reading_raise(text: str, kind: str) -> None:
    packet = CheckedPacket(encoded_packet=kind + text)
    assert packet.packet_type in {CONNECT, DISCONNECT, EVENT, ACK}


def test_what_we_send_is_encoded_as_ever() -> None:
    assert CheckedPacket(EVENT, data=["price_update", {"price": 1.5}]).encode() == (
        '2["price_update",{"price":1.5}]'
    )
