import pytest

from api_gateway.rooms import Rooms, TooManyRoomsError, price_room
from service_kit.room import Room
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

ETH, BTC = Symbol("ETH", "USDT"), Symbol("BTC", "USDT")
ETH_1H, ETH_1M, BTC_1H = Room(ETH, Timeframe.H1), Room(ETH, Timeframe.M1), Room(BTC, Timeframe.H1)


def test_a_room_has_the_name_that_clients_know() -> None:
    assert ETH_1H.name == "ETH/USDT_1h"
    assert price_room("ETHUSDT") not in {ETH_1H.name, ETH_1M.name}


def test_a_symbol_is_watched_until_its_last_room_is_left() -> None:
    rooms = Rooms(10)
    rooms.join("a", ETH_1H)
    rooms.join("a", ETH_1M)
    rooms.leave("a", ETH_1H)
    assert rooms.watches("a", ETH)
    rooms.leave("a", ETH_1M)
    assert not rooms.watches("a", ETH)


def test_a_room_is_counted_once_however_many_sockets_are_in_it() -> None:
    rooms = Rooms(10)
    rooms.join("a", ETH_1H)
    rooms.join("b", ETH_1H)
    rooms.join("b", BTC_1H)
    assert rooms.count() == 2


def test_nobody_may_be_in_more_rooms_than_the_limit() -> None:
    rooms = Rooms(2)
    rooms.join("a", ETH_1H)
    rooms.join("a", ETH_1M)
    rooms.join("a", ETH_1M)
    with pytest.raises(TooManyRoomsError, match="2 rooms"):
        rooms.join("a", BTC_1H)


def test_a_socket_that_went_is_forgotten_with_its_rooms() -> None:
    rooms = Rooms(1)
    rooms.join("a", ETH_1H)
    rooms.forget("a")
    rooms.forget("a")
    rooms.leave("a", ETH_1H)
    assert rooms.count() == 0
    assert not rooms.watches("a", ETH)
