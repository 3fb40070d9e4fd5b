"""Which market and timeframe a file holds: by its name, by what was said, never by guess."""

import re
from typing import Final, TypeVar

from market_service.import_candles.errors import FileRefusedError
from market_service.import_candles.shown_text import shown_text
from service_kit.series import Series
from trading_core.errors import InvalidSymbolError
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

_NAME: Final = re.compile(
    r"(?P<market>[A-Za-z0-9]{2,40})-(?P<timeframe>[0-9]+[smhdwM]o?)(?=[-.]|$)"
)

T = TypeVar("T", Symbol, Timeframe)


def file_series(name: str, symbol: Symbol | None, timeframe: Timeframe | None) -> Series:
    """What a name like `ETHUSDT-1h-2024-01.zip` says, and what was said beside it.

    Raises FileRefusedError where neither says it, or they differ.
    """
    named = _NAME.match(name)
    market = _agreed(name, _named_symbol(named) if named else None, symbol)
    frame = _agreed(name, _named_timeframe(named) if named else None, timeframe)
    if market is None or frame is None:
        raise FileRefusedError(
            "its name says no market and timeframe, as ETHUSDT-1h-2024-01.csv does; "
            "give --symbol and --timeframe"
        )
    return Series(market, frame)


def _named_symbol(named: re.Match[str]) -> Symbol | None:
    try:
        return Symbol.parse(named["market"].upper())
    except InvalidSymbolError:
        return None


def _named_timeframe(named: re.Match[str]) -> Timeframe:
    try:
        return Timeframe(named["timeframe"])
    except ValueError:
        known = ", ".join(Timeframe)
        raise FileRefusedError(
            f"its name says {named['timeframe']}, which is none of our timeframes ({known})"
        ) from None


def _agreed(name: str, named: T | None, said: T | None) -> T | None:
    if named is not None and said is not None and named != said:
        raise FileRefusedError(f"the name {shown_text(name)} says {named}, not {said}")
    return said if named is None else named
