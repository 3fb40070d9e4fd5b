"""Who is in which room."""

from service_kit.room import Room
from trading_core.symbol import Symbol


def price_room(compact_symbol: str) -> str:
    """Where the price goes, once to each socket, however many of the symbol's rooms it is in."""
    return f"prices:{compact_symbol}"


class TooManyRoomsError(ValueError):
    """The socket is in as many rooms as it may be."""


class Rooms:
    """Bookkeeping by socket id, without any socket."""

    def __init__(self, limit_per_socket: int) -> None:
        self._limit = limit_per_socket
        self._rooms: dict[str, set[Room]] = {}

    def join(self, socket_id: str, room: Room) -> None:
        """Raises TooManyRoomsError; joining twice is joining once."""
        joined = self._rooms.setdefault(socket_id, set())
        if room not in joined and len(joined) >= self._limit:
            raise TooManyRoomsError(f"a socket may be in {self._limit} rooms")
        joined.add(room)

    def leave(self, socket_id: str, room: Room) -> None:
        self._rooms.get(socket_id, set()).discard(room)

    def forget(self, socket_id: str) -> None:
        self._rooms.pop(socket_id, None)

    def has(self, socket_id: str, room: Room) -> bool:
        return room in self._rooms.get(socket_id, ())

    def watches(self, socket_id: str, symbol: Symbol) -> bool:
        """Whether the socket is in any room of the symbol."""
        return any(room.symbol == symbol for room in self._rooms.get(socket_id, ()))

    def count(self) -> int:
        """How many rooms somebody is in."""
        return len(set().union(*self._rooms.values()))
