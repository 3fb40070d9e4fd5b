"""Decisions, their cursors, what happened to each signal, and what they were calibrated by."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from service_kit.tables.columns import (
    COMPUTED,
    PRICE,
    SIDE,
    SIGNAL_ORIGIN,
    SIGNAL_STATUS,
    SIGNAL_TYPE,
    TIMEFRAME,
    bar_time,
    created_at,
    metadata,
    series_key,
)

engines: Final = Table(
    "engines",
    metadata,
    Column("version", Text, primary_key=True),
    Column("definition", JSONB, nullable=False, comment="every weight and threshold"),
    created_at(),
    comment="the tables of numbers that decisions were made by, by their hash",
)

confidence_maps: Final = Table(
    "confidence_maps",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("side", SIDE, nullable=False),
    Column("timeframe", TIMEFRAME, nullable=False),
    Column("engine_version", Text, ForeignKey("engines.version"), nullable=False),
    Column(
        "fitted_until_ms",
        BigInteger,
        nullable=False,
        comment="only outcomes closed by then were used",
    ),
    Column("definition", JSONB, nullable=False),
    created_at(),
    Index("ix_confidence_maps_newest", "side", "timeframe", "engine_version", "fitted_until_ms"),
    comment="chance of reaching take-profit 1 before the stop, by score",
)

signals: Final = Table(
    "signals",
    metadata,
    *series_key(),
    bar_time(),
    Column("engine_version", Text, ForeignKey("engines.version"), primary_key=True),
    Column("id", Uuid, nullable=False, unique=True, comment="UUIDv5 of the natural key"),
    Column("signal_type", SIGNAL_TYPE, nullable=False),
    Column("status", SIGNAL_STATUS, nullable=False),
    Column("origin", SIGNAL_ORIGIN, nullable=False),
    Column("continues", Uuid, comment="the signal of the same side that was active, if any"),
    Column("score", COMPUTED, nullable=False),
    Column("confidence", COMPUTED, nullable=False, comment="percent"),
    Column("calibrated", Boolean, nullable=False),
    Column("confidence_map_id", Uuid, ForeignKey("confidence_maps.id")),
    Column("model_id", Text),
    Column("entry_price", PRICE, nullable=False),
    Column("entry_zone_min", PRICE),
    Column("entry_zone_max", PRICE),
    Column("stop_loss", PRICE),
    Column("take_profit_1", PRICE),
    Column("take_profit_2", PRICE),
    Column("take_profit_3", PRICE),
    Column("risk_reward_ratio", COMPUTED),
    Column("reasoning", JSONB, nullable=False),
    Column("inputs", JSONB, nullable=False, comment="all that is needed to decide it again"),
    Column("decided_at_ms", BigInteger, nullable=False, comment="event time"),
    Column("followed_until_ms", BigInteger, comment="close of the last candle looked at"),
    Column("progress", JSONB, comment="of an outcome that is still open"),
    Column("closed_at_ms", BigInteger, comment="event time"),
    Column("exit_price", PRICE),
    Column("profit_loss_percent", COMPUTED, comment="net of fees"),
    Column("outcome", JSONB),
    created_at(),
    CheckConstraint("confidence BETWEEN 0 AND 100", name="confidence_is_a_percentage"),
    Index("ix_signals_series_timestamp", "symbol", "timeframe", text("timestamp DESC")),
    Index(
        "ix_signals_active",
        "symbol",
        "timeframe",
        postgresql_where=text("status = 'active'"),
    ),
    Index("ix_signals_followed", "symbol", postgresql_where=text("progress IS NOT NULL")),
    Index(
        "ix_signals_outcomes",
        "timeframe",
        "signal_type",
        "closed_at_ms",
        postgresql_where=text("outcome IS NOT NULL"),
    ),
    comment="one decision for each closed candle; only signals-service writes them",
)

signal_skips: Final = Table(
    "signal_skips",
    metadata,
    *series_key(),
    bar_time(),
    Column("engine_version", Text, ForeignKey("engines.version"), primary_key=True),
    Column("missing", Text, nullable=False, comment="the input that never came"),
    Column("skipped_at_ms", BigInteger, nullable=False, comment="event time"),
    created_at(),
    comment="closed candles that could not be decided",
)

decision_cursors: Final = Table(
    "decision_cursors",
    metadata,
    *series_key(),
    Column("engine_version", Text, ForeignKey("engines.version"), primary_key=True),
    Column(
        "decided_until_ms",
        BigInteger,
        nullable=False,
        comment="candles that open before this have been walked past",
    ),
    Column("waiting_since_ms", BigInteger, comment="wall time; null while nothing is missing"),
    Column("waiting_for", Text),
    comment="how far the decisions of a series have come",
)

signal_events: Final = Table(
    "signal_events",
    metadata,
    Column("signal_id", Uuid, ForeignKey("signals.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="from 1"),
    Column("kind", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False, comment="event time"),
    Column("payload", JSONB, nullable=False),
    created_at(),
    comment="everything that happened to a signal, for ever",
)
