"""What a script may say about one fault; each kind takes one of these, or one of its own."""

from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

LONGEST_SECONDS: Final = 7 * 24 * 3600

Seconds = Annotated[float, Field(ge=0, le=LONGEST_SECONDS)]


def _compact(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(Symbol.parse(name).compact for name in names)


class FaultEntry(BaseModel):
    """A fault that happens at once."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, strict=True)

    kind: str
    at: Seconds
    """Wall seconds after the arming."""


class LastingEntry(FaultEntry):
    lasts: Annotated[float, Field(alias="for", gt=0, le=LONGEST_SECONDS)]


class MarketEntry(LastingEntry):
    """A fault of some markets; of all where none is named."""

    symbols: Annotated[
        tuple[str, ...] | None,
        Field(min_length=1, max_length=100),
        AfterValidator(lambda names: names and _compact(names)),
    ] = None


class CandleEntry(MarketEntry):
    """A fault of some candles; of all timeframes where none is named."""

    timeframes: Annotated[tuple[Timeframe, ...] | None, Field(min_length=1, max_length=7)] = None
