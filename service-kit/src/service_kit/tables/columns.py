"""What the tables share: one metadata, the enums, the natural key, the types of figures."""

from enum import StrEnum
from typing import Final

from sqlalchemy import BigInteger, Column, DateTime, Double, Enum, MetaData, Numeric, Text, func

from trading_core.candle_origin import CandleOrigin
from trading_core.decision.sides import Side, SignalType
from trading_core.patterns.pattern_type import Direction, PatternType
from trading_core.signal_state import SignalOrigin, SignalStatus
from trading_core.timeframe import Timeframe

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _enum(members: type[StrEnum], name: str) -> Enum:
    return Enum(
        members,
        name=name,
        metadata=metadata,
        values_callable=lambda enum: [member.value for member in enum],
    )


TIMEFRAME: Final = _enum(Timeframe, "timeframe")
CANDLE_ORIGIN: Final = _enum(CandleOrigin, "candle_origin")
PATTERN_TYPE: Final = _enum(PatternType, "pattern_type")
DIRECTION: Final = _enum(Direction, "direction")
SIDE: Final = _enum(Side, "side")
SIGNAL_TYPE: Final = _enum(SignalType, "signal_type")
SIGNAL_STATUS: Final = _enum(SignalStatus, "signal_status")
SIGNAL_ORIGIN: Final = _enum(SignalOrigin, "signal_origin")

PRICE: Final = Numeric(20, 8)
VOLUME: Final = Numeric(28, 8)
COMPUTED: Final = Double
"""For what is computed: every bit of a float64 comes back."""


def series_key() -> tuple[Column[str], Column[Timeframe]]:
    return (
        Column("symbol", Text, primary_key=True),
        Column("timeframe", TIMEFRAME, primary_key=True),
    )


def bar_time() -> Column[int]:
    """Open of the bar, in milliseconds UTC; part of the natural key."""
    return Column("timestamp", BigInteger, primary_key=True, autoincrement=False)


def created_at() -> Column[object]:
    return Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now())
