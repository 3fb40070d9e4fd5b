"""What clients may say on the socket, and what is wrong with what they said."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from service_kit.room import Room
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

LONGEST_SYMBOL = 41
LONGEST_EPOCH = 64
LARGEST_SEQ = 2**53
"""Above this a JSON number is no longer exact."""


class InvalidEventError(ValueError):
    """The sentence goes back to the client."""


def _read_symbol(value: object) -> object:
    if not isinstance(value, str) or len(value) > LONGEST_SYMBOL:
        raise ValueError("is not a text like ETH/USDT or ETHUSDT")
    return Symbol.parse(value)


class Subscription(BaseModel):
    """The body of `subscribe` and `unsubscribe`; a field that is not sent has the default."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    symbol: Annotated[Symbol, BeforeValidator(_read_symbol)] = Symbol("ETH", "USDT")
    timeframe: Timeframe = Timeframe.H1


class Resumption(Subscription):
    """The body of `resume`: a room by its name, or by symbol and timeframe, and from where on."""

    room: Annotated[str, Field(max_length=LONGEST_SYMBOL + 4)] | None = None
    epoch: Annotated[str, Field(strict=True, min_length=1, max_length=LONGEST_EPOCH)]
    seq: Annotated[int, Field(strict=True, ge=0, le=LARGEST_SEQ)]


@dataclass(frozen=True, slots=True)
class Place:
    """What a client has: every event of the room up to a number, in one life of the log."""

    room: Room
    epoch: str
    seq: int


def read_room(arguments: Sequence[object], symbols: Collection[Symbol]) -> Room:
    """The room that the arguments of an event name; without any, the default one.

    Raises:
        InvalidEventError: not one object, a wrong field, or a symbol that is not watched here.

    """
    return _watched(_read(Subscription, arguments), symbols)


def read_place(arguments: Sequence[object], symbols: Collection[Symbol]) -> Place:
    """From where on a client wants to hear a room. Raises InvalidEventError as `read_room` does."""
    wish = _read(Resumption, arguments)
    room = _watched(wish if wish.room is None else _named(wish.room), symbols)
    return Place(room, wish.epoch, wish.seq)


Body = TypeVar("Body", bound=Subscription)


def _read(kind: type[Body], arguments: Sequence[object]) -> Body:
    body = arguments[0] if arguments else None
    if len(arguments) > 1 or not (body is None or isinstance(body, dict)):
        raise InvalidEventError("send one object, like {symbol: 'ETH/USDT', timeframe: '1h'}")
    try:
        return kind.model_validate(body or {})
    except ValidationError as error:
        raise InvalidEventError(_sentence(error)) from error


def _named(room: str) -> Subscription:
    symbol, separator, timeframe = room.rpartition("_")
    if not separator:
        raise InvalidEventError("room: is not a name like ETH/USDT_1h")
    return _read(Subscription, ({"symbol": symbol, "timeframe": timeframe},))


def _watched(wish: Subscription, symbols: Collection[Symbol]) -> Room:
    if wish.symbol not in symbols:
        raise InvalidEventError(f"{wish.symbol.slashed} is not watched here")
    return Room(wish.symbol, wish.timeframe)


def _sentence(error: ValidationError) -> str:
    parts = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
    return "; ".join(parts)[:300]
