"""Every table of the platform, as SQLAlchemy Core describes it; Alembic owns the schema itself.

Times named `*_ms` and `timestamp` are integer milliseconds UTC. `timestamp` is a bar's open.
"""

from enum import StrEnum
from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Enum,
    Integer,
    MetaData,
    Numeric,
    Table,
    Text,
    func,
)

from trading_core.candle_origin import CandleOrigin
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


_TIMEFRAME: Final = _enum(Timeframe, "timeframe")
_CANDLE_ORIGIN: Final = _enum(CandleOrigin, "candle_origin")
_PRICE: Final = Numeric(20, 8)
_VOLUME: Final = Numeric(28, 8)


def _series_key() -> tuple[Column[str], Column[Timeframe]]:
    return (
        Column("symbol", Text, primary_key=True),
        Column("timeframe", _TIMEFRAME, primary_key=True),
    )


def _candle_values() -> tuple[Column[object], ...]:
    return (
        Column("open", _PRICE, nullable=False),
        Column("high", _PRICE, nullable=False),
        Column("low", _PRICE, nullable=False),
        Column("close", _PRICE, nullable=False),
        Column("volume", _VOLUME, nullable=False),
        Column("origin", _CANDLE_ORIGIN, nullable=False),
    )


ohlcv_data: Final = Table(
    "ohlcv_data",
    metadata,
    *_series_key(),
    Column("timestamp", BigInteger, primary_key=True, autoincrement=False),
    *_candle_values(),
    Column(
        "seen_at_ms",
        BigInteger,
        nullable=False,
        comment="event time at which this version of the candle was first seen",
    ),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    # NUMERIC knows NaN and sorts it above everything: below a high that is no NaN, nothing is one.
    CheckConstraint("0 < low AND high < 'NaN'", name="prices_are_positive_numbers"),
    CheckConstraint("low <= open AND open <= high", name="open_within_range"),
    CheckConstraint("low <= close AND close <= high", name="close_within_range"),
    CheckConstraint("0 <= volume AND volume < 'NaN'", name="volume_is_not_negative"),
    CheckConstraint("timestamp >= 0", name="timestamp_is_not_negative"),
    comment="closed candles, the current version of each; only market-service writes them",
)

ohlcv_revisions: Final = Table(
    "ohlcv_revisions",
    metadata,
    *_series_key(),
    Column("timestamp", BigInteger, primary_key=True, autoincrement=False),
    *_candle_values(),
    Column(
        "seen_at_ms",
        BigInteger,
        nullable=False,
        comment="event time at which this version was first seen",
    ),
    Column(
        "replaced_at_ms",
        BigInteger,
        primary_key=True,
        autoincrement=False,
        comment="event time at which the next version took its place",
    ),
    comment="versions of closed candles that the exchange has since revised",
)

outages: Final = Table(
    "outages",
    metadata,
    *_series_key(),
    Column("start_ms", BigInteger, primary_key=True, autoincrement=False),
    Column("end_ms", BigInteger, nullable=False),
    Column("recorded_at_ms", BigInteger, nullable=False, comment="event time"),
    CheckConstraint("start_ms < end_ms", name="range_is_not_empty"),
    comment="bars [start_ms, end_ms) that the exchange never had",
)

feed_coverage: Final = Table(
    "feed_coverage",
    metadata,
    *_series_key(),
    Column(
        "first_available_ms",
        BigInteger,
        comment="open of the oldest bar that the exchange has; null until known",
    ),
    Column(
        "live_since_ms",
        BigInteger,
        comment="event time from which this stack has watched; null until it does",
    ),
    Column(
        "backfilled_from_ms",
        BigInteger,
        comment="open of the oldest bar down to which history is stored without a hole",
    ),
    comment="how far the candles of a series reach",
)

exchange_budget: Final = Table(
    "exchange_budget",
    metadata,
    Column("host", Text, primary_key=True),
    Column("window_start_ms", BigInteger, nullable=False, comment="wall time"),
    Column("used_weight", Integer, nullable=False),
    Column("blocked_until_ms", BigInteger, comment="wall time; null when not blocked"),
    CheckConstraint("used_weight >= 0", name="used_weight_is_not_negative"),
    comment="request weight spent at an exchange, shared by every process behind this address",
)
