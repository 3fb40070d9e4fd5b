from typing import Any

from eth_cli.room_follower import RoomFollower
from service_kit.room import Room
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

HOURLY = Room(Symbol("ETH", "USDT"), Timeframe.H1)


def event(seq: int, epoch: str = "e", timeframe: str = "1h") -> dict[str, Any]:
    return {"symbol": "ETHUSDT", "timeframe": timeframe, "epoch": epoch, "seq": seq}


def follower(seq: int = 5) -> RoomFollower:
    follower = RoomFollower((HOURLY,))
    follower.accepted(HOURLY, {"ok": True, "epoch": "e", "seq": seq})
    return follower


def test_a_room_is_subscribed_first_and_resumed_from_what_was_heard() -> None:
    fresh = RoomFollower((HOURLY,))
    assert fresh.request(HOURLY) == ("subscribe", {"symbol": "ETH/USDT", "timeframe": "1h"})
    fresh.accepted(HOURLY, {"ok": True, "epoch": "e", "seq": 5})
    assert fresh.hears(event(6))
    name, body = fresh.request(HOURLY)
    assert (name, body["epoch"], body["seq"]) == ("resume", "e", 6)


def test_an_event_is_heard_once() -> None:
    one = follower()
    assert [one.hears(event(seq)) for seq in (5, 6, 6, 7)] == [False, True, False, True]


def test_an_event_that_overtook_its_ack_is_not_heard_again() -> None:
    one = follower()
    assert one.hears(event(6))
    one.accepted(HOURLY, {"ok": True, "epoch": "e", "seq": 5, "missed": 1})
    assert not one.hears(event(6))


def test_a_snapshot_or_another_log_begins_anew() -> None:
    one = follower()
    one.accepted(HOURLY, {"ok": True, "epoch": "e", "seq": 2, "snapshot": True})
    assert one.hears(event(3))
    assert one.hears(event(1, epoch="f"))
    assert one.request(HOURLY)[1]["epoch"] == "f"


def test_what_is_of_no_room_of_ours_or_of_no_log_is_not_heard() -> None:
    one = follower()
    assert not one.hears(event(6, timeframe="1m"))
    assert not one.hears({"symbol": "ETHUSDT", "timeframe": "1h", "closed": False})


def test_a_log_that_is_not_known_yet_gives_no_place() -> None:
    one = RoomFollower((HOURLY,))
    one.accepted(HOURLY, {"ok": True, "epoch": None, "seq": None})
    assert one.request(HOURLY)[0] == "subscribe"
