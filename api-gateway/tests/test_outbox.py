import asyncio

import pytest
from engineio.packet import NOOP, Packet

from api_gateway.outbox import MOST_IN_A_POLL, Delivery, Outbox, PictureKey

PRICE, CANDLE = PictureKey("price_update", "ETHUSDT"), PictureKey("candle_update", "ETH/USDT_1m")


def texts(outbox: Outbox) -> list[str]:
    taken: list[str] = []
    while (first := outbox.first()) is not None:
        outbox.drop_first()
        taken.append(first.text)
    return taken


def test_events_keep_their_order_and_pictures_come_behind_them() -> None:
    outbox = Outbox()
    outbox.hold(PRICE, Delivery("42price"))
    outbox.append(Delivery("42one"))
    outbox.append(Delivery("42two"))
    assert texts(outbox) == ["42one", "42two", "42price"]


def test_of_the_pictures_of_one_thing_only_the_latest_is_kept() -> None:
    outbox = Outbox()
    assert not outbox.hold(PRICE, Delivery("42old"))
    assert not outbox.hold(CANDLE, Delivery("42candle"))
    assert outbox.hold(PRICE, Delivery("42new"))
    assert len(outbox) == 2
    assert texts(outbox) == ["42candle", "42new"]


def test_a_picture_that_is_forgotten_does_not_go() -> None:
    outbox = Outbox()
    outbox.hold(PRICE, Delivery("42old"))
    assert outbox.forget(PRICE)
    assert not outbox.forget(PRICE)
    assert (outbox.is_empty, outbox.first(), outbox.waiting_bytes) == (True, None, 0)


def test_it_knows_how_many_bytes_wait_in_it() -> None:
    outbox, event, picture = Outbox(), Delivery("42" + "x" * 300), Delivery("42" + "y" * 100)
    outbox.append(event)
    outbox.hold(PRICE, Delivery("42older"))
    outbox.hold(PRICE, picture)
    assert outbox.waiting_bytes == len(event.frame) + len(picture.frame)
    outbox.drop_first()
    assert outbox.waiting_bytes == len(picture.frame)
    outbox.clear()
    assert (outbox.waiting_bytes, len(outbox), outbox.is_empty) == (0, 0, True)


def test_a_poll_is_answered_with_as_many_as_every_client_takes() -> None:
    outbox = Outbox()
    for number in range(MOST_IN_A_POLL + 2):
        outbox.append(Delivery(f"42{number}"))
    assert len(outbox.take()) == MOST_IN_A_POLL
    assert [one.text for one in outbox.take()] == ["4216", "4217"]
    assert outbox.take() == []


async def test_after_its_end_what_waits_still_goes_and_nothing_more_comes() -> None:
    outbox = Outbox()
    await outbox.put(Packet(NOOP))
    await outbox.put(None)
    outbox.append(Delivery("42late"))
    assert not outbox.hold(PRICE, Delivery("42late"))
    await outbox.stirred()
    assert texts(outbox) == ["6"]
    await outbox.stirred()


async def test_who_waits_until_it_is_drained_goes_on_when_the_last_has_gone_or_none_will() -> None:
    outbox = Outbox()
    await outbox.drained()
    outbox.append(Delivery("42one"))
    outbox.hold(PRICE, Delivery("42two"))
    waiting = asyncio.create_task(outbox.drained())
    outbox.drop_first()
    await asyncio.sleep(0)
    assert not waiting.done()
    outbox.drop_first()
    await waiting
    outbox.append(Delivery("42three"))
    outbox.end()
    await outbox.drained()


@pytest.mark.parametrize("size", [0, 1, 61, 62, 32_766, 32_767, 70_000])
def test_a_delivery_is_one_whole_unmasked_text_frame(size: int) -> None:
    delivery = Delivery("42" + "é" * size)
    payload = ("42" + "é" * size).encode()
    assert delivery.encode() == delivery.encode(b64=True) == "42" + "é" * size
    assert delivery.frame[0] == 0x81
    assert delivery.frame.endswith(payload)
    head = delivery.frame[1 : -len(payload)]
    length = head[0] if len(head) == 1 else int.from_bytes(head[1:], "big")
    assert length == len(payload)
