"""Models, which of them serves, their trainings, and what they said of each bar."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID

from service_kit.tables.columns import TIMEFRAME, bar_time, created_at, metadata, series_key

models: Final = Table(
    "models",
    metadata,
    Column("id", Text, primary_key=True, comment="also the name of its files"),
    Column("symbol", Text, nullable=False),
    Column("timeframe", TIMEFRAME, nullable=False),
    Column("feature_set", Text, nullable=False),
    Column("trained_at_ms", BigInteger, nullable=False, comment="event time"),
    Column("has_skill", Boolean, nullable=False, comment="whether it passed the skill gate"),
    Column("card", JSONB, nullable=False, comment="all there is to know of it; see ModelCard"),
    created_at(),
    Index("ix_models_series", "symbol", "timeframe", "trained_at_ms"),
    comment="every model that was ever trained; only ml-service writes them",
)

model_files: Final = Table(
    "model_files",
    metadata,
    Column("model_id", Text, ForeignKey("models.id"), primary_key=True),
    Column("suffix", Text, primary_key=True, comment="of the file's name"),
    Column("content", LargeBinary, nullable=False),
    Column("sha256", Text, nullable=False, comment="hex, of the content as stored"),
    created_at(),
    comment="the files of every model; only ml-service writes them",
)

model_promotions: Final = Table(
    "model_promotions",
    metadata,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("symbol", Text, nullable=False),
    Column("timeframe", TIMEFRAME, nullable=False),
    Column("role", Text, nullable=False),
    Column("model_id", Text, nullable=False),
    Column("reason", Text, nullable=False, comment="why it serves, for people"),
    Column("promoted_at_ms", BigInteger, nullable=False, comment="event time"),
    created_at(),
    CheckConstraint("role IN ('candles', 'indicators')", name="role_is_known"),
    Index("ix_model_promotions_series", "symbol", "timeframe", "role", "number"),
    comment="the newest row of a series and role says which model serves; never changed",
)

trainings: Final = Table(
    "trainings",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("symbol", Text, nullable=False),
    Column("timeframe", TIMEFRAME, nullable=False),
    Column("state", Text, nullable=False),
    Column("stage", Text, nullable=False, comment="what it is doing, for people"),
    Column("done", Integer, nullable=False, comment="steps"),
    Column("total", Integer, nullable=False, comment="steps"),
    Column("asked", JSONB, nullable=False, comment="what was asked for; see TrainingRequest"),
    Column("result", JSONB, comment="what came of it; null until it has ended"),
    Column("cancel_asked", Boolean, nullable=False, server_default=false()),
    Column("asked_at_ms", BigInteger, nullable=False, comment="wall time"),
    Column("seen_at_ms", BigInteger, nullable=False, comment="wall time of its last sign of life"),
    Column("ended_at_ms", BigInteger, comment="wall time"),
    CheckConstraint(
        "state IN ('waiting', 'running', 'done', 'refused', 'failed', 'cancelled')",
        name="state_is_known",
    ),
    Index("ix_trainings_series", "symbol", "timeframe", "asked_at_ms"),
    comment="trainings, running and ended; only ml-service writes them",
)

predictions: Final = Table(
    "predictions",
    metadata,
    *series_key(),
    bar_time(),
    Column("model_id", Text, primary_key=True),
    Column("p_down", Double, nullable=False),
    Column("p_neutral", Double, nullable=False),
    Column("p_up", Double, nullable=False),
    Column("abstained", Boolean, nullable=False),
    Column("features", ARRAY(Double), nullable=False, comment="in the order of the model's card"),
    Column("predicted_at_ms", BigInteger, nullable=False, comment="event time"),
    Column("horizon_ms", BigInteger, nullable=False, comment="close of the bar that decides it"),
    Column("outcome", SmallInteger, comment="class that came: 0 down, 1 neutral, 2 up"),
    Column("unscorable", Text, comment="why no outcome will ever be known; else null"),
    created_at(),
    CheckConstraint("outcome BETWEEN 0 AND 2", name="outcome_is_a_class"),
    Index(
        "ix_predictions_open",
        "symbol",
        "timeframe",
        "horizon_ms",
        postgresql_where=text("outcome IS NULL AND unscorable IS NULL"),
    ),
    comment="forecasts made before their outcome was known; only ml-service writes them",
)
