"""What clients may say on the socket, and what is wrong with what they said."""

from collections.abc import Collection, Sequence
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from service_kit.room import Room
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

LONGEST_SYMBOL = 41


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


def read_room(arguments: Sequence[object], symbols: Collection[Symbol]) -> Room:
    """The room that the arguments of an event name; without any, the default one.

    Raises:
        InvalidEventError: not one object, a wrong field, or a symbol that is not watched here.

    """
    body = arguments[0] if arguments else None
    if len(arguments) > 1 or not (body is None or isinstance(body, dict)):
        raise InvalidEventError("send one object, like {symbol: 'ETH/USDT', timeframe: '1h'}")
    try:
        wish = Subscription.model_validate(body or {})
    except ValidationError as error:
        raise InvalidEventError(_sentence(error)) from error
    if wish.symbol not in symbols:
        raise InvalidEventError(f"{wish.symbol.slashed} is not watched here")
    return Room(wish.symbol, wish.timeframe)


def _sentence(error: ValidationError) -> str:
    parts = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
    return "; ".join(parts)[:300]
