"""Decisions, their cursors and events, engines and confidence maps."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TIMEFRAME = postgresql.ENUM(name="timeframe", create_type=False)
SIDE = postgresql.ENUM("BUY", "SELL", name="side", create_type=False)
SIGNAL_TYPE = postgresql.ENUM("BUY", "SELL", "HOLD", name="signal_type", create_type=False)
SIGNAL_STATUS = postgresql.ENUM(
    "active", "closed", "expired", name="signal_status", create_type=False
)
SIGNAL_ORIGIN = postgresql.ENUM(
    "live", "late", "historical", name="signal_origin", create_type=False
)
PRICE = sa.Numeric(20, 8)
ENUMS = (SIDE, SIGNAL_TYPE, SIGNAL_STATUS, SIGNAL_ORIGIN)


def upgrade() -> None:
    for enum in ENUMS:
        op.execute(postgresql.CreateEnumType(enum))
    _create_engines()
    _create_confidence_maps()
    _create_signals()
    _create_signal_skips()
    _create_decision_cursors()
    _create_signal_events()


def downgrade() -> None:
    op.drop_table("signal_events")
    op.drop_table("decision_cursors")
    op.drop_table("signal_skips")
    op.drop_table("signals")
    op.drop_table("confidence_maps")
    op.drop_table("engines")
    for enum in ENUMS:
        op.execute(postgresql.DropEnumType(enum))


def _create_engines() -> None:
    op.create_table(
        "engines",
        sa.Column("version", sa.Text, nullable=False),
        sa.Column(
            "definition", postgresql.JSONB, nullable=False, comment="every weight and threshold"
        ),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("version", name="pk_engines"),
        comment="the tables of numbers that decisions were made by, by their hash",
    )


def _create_confidence_maps() -> None:
    op.create_table(
        "confidence_maps",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("side", SIDE, nullable=False),
        sa.Column("timeframe", TIMEFRAME, nullable=False),
        sa.Column("engine_version", sa.Text, nullable=False),
        sa.Column(
            "fitted_until_ms",
            sa.BigInteger,
            nullable=False,
            comment="only outcomes closed by then were used",
        ),
        sa.Column("definition", postgresql.JSONB, nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["engine_version"],
            ["engines.version"],
            name="fk_confidence_maps_engine_version_engines",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_confidence_maps"),
        comment="chance of reaching take-profit 1 before the stop, by score",
    )
    op.create_index(
        "ix_confidence_maps_newest",
        "confidence_maps",
        ["side", "timeframe", "engine_version", "fitted_until_ms"],
    )


def _create_signals() -> None:
    op.create_table(
        "signals",
        sa.Column("symbol", sa.Text, nullable=False),
        sa.Column("timeframe", TIMEFRAME, nullable=False),
        sa.Column("timestamp", sa.BigInteger, nullable=False),
        sa.Column("engine_version", sa.Text, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False, comment="UUIDv5 of the natural key"),
        sa.Column("signal_type", SIGNAL_TYPE, nullable=False),
        sa.Column("status", SIGNAL_STATUS, nullable=False),
        sa.Column("origin", SIGNAL_ORIGIN, nullable=False),
        sa.Column(
            "continues", sa.Uuid, comment="the signal of the same side that was active, if any"
        ),
        sa.Column("score", sa.Double, nullable=False),
        sa.Column("confidence", sa.Double, nullable=False, comment="percent"),
        sa.Column("calibrated", sa.Boolean, nullable=False),
        sa.Column("confidence_map_id", sa.Uuid),
        sa.Column("model_id", sa.Text),
        sa.Column("entry_price", PRICE, nullable=False),
        sa.Column("entry_zone_min", PRICE),
        sa.Column("entry_zone_max", PRICE),
        sa.Column("stop_loss", PRICE),
        sa.Column("take_profit_1", PRICE),
        sa.Column("take_profit_2", PRICE),
        sa.Column("take_profit_3", PRICE),
        sa.Column("risk_reward_ratio", sa.Double),
        sa.Column("reasoning", postgresql.JSONB, nullable=False),
        sa.Column(
            "inputs",
            postgresql.JSONB,
            nullable=False,
            comment="all that is needed to decide it again",
        ),
        sa.Column("decided_at_ms", sa.BigInteger, nullable=False, comment="event time"),
        sa.Column("followed_until_ms", sa.BigInteger, comment="close of the last candle looked at"),
        sa.Column("progress", postgresql.JSONB, comment="of an outcome that is still open"),
        sa.Column("closed_at_ms", sa.BigInteger, comment="event time"),
        sa.Column("exit_price", PRICE),
        sa.Column("profit_loss_percent", sa.Double, comment="net of fees"),
        sa.Column("outcome", postgresql.JSONB),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint(
            "confidence BETWEEN 0 AND 100", name=op.f("ck_signals_confidence_is_a_percentage")
        ),
        sa.ForeignKeyConstraint(
            ["confidence_map_id"],
            ["confidence_maps.id"],
            name="fk_signals_confidence_map_id_confidence_maps",
        ),
        sa.ForeignKeyConstraint(
            ["engine_version"], ["engines.version"], name="fk_signals_engine_version_engines"
        ),
        sa.PrimaryKeyConstraint(
            "symbol", "timeframe", "timestamp", "engine_version", name="pk_signals"
        ),
        sa.UniqueConstraint("id", name="uq_signals_id"),
        comment="one decision for each closed candle; only signals-service writes them",
    )
    op.create_index(
        "ix_signals_active",
        "signals",
        ["symbol", "timeframe"],
        postgresql_where=sa.text("status = 'active'"),
    )
    op.create_index(
        "ix_signals_series_timestamp", "signals", ["symbol", "timeframe", sa.text("timestamp DESC")]
    )


def _create_signal_skips() -> None:
    op.create_table(
        "signal_skips",
        sa.Column("symbol", sa.Text, nullable=False),
        sa.Column("timeframe", TIMEFRAME, nullable=False),
        sa.Column("timestamp", sa.BigInteger, nullable=False),
        sa.Column("engine_version", sa.Text, nullable=False),
        sa.Column("missing", sa.Text, nullable=False, comment="the input that never came"),
        sa.Column("skipped_at_ms", sa.BigInteger, nullable=False, comment="event time"),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["engine_version"], ["engines.version"], name="fk_signal_skips_engine_version_engines"
        ),
        sa.PrimaryKeyConstraint(
            "symbol", "timeframe", "timestamp", "engine_version", name="pk_signal_skips"
        ),
        comment="closed candles that could not be decided",
    )


def _create_decision_cursors() -> None:
    op.create_table(
        "decision_cursors",
        sa.Column("symbol", sa.Text, nullable=False),
        sa.Column("timeframe", TIMEFRAME, nullable=False),
        sa.Column("engine_version", sa.Text, nullable=False),
        sa.Column(
            "decided_until_ms",
            sa.BigInteger,
            nullable=False,
            comment="candles that open before this have been walked past",
        ),
        sa.Column(
            "waiting_since_ms", sa.BigInteger, comment="wall time; null while nothing is missing"
        ),
        sa.Column("waiting_for", sa.Text),
        sa.ForeignKeyConstraint(
            ["engine_version"],
            ["engines.version"],
            name="fk_decision_cursors_engine_version_engines",
        ),
        sa.PrimaryKeyConstraint(
            "symbol", "timeframe", "engine_version", name="pk_decision_cursors"
        ),
        comment="how far the decisions of a series have come",
    )


def _create_signal_events() -> None:
    op.create_table(
        "signal_events",
        sa.Column("signal_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False, comment="from 1"),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at_ms", sa.BigInteger, nullable=False, comment="event time"),
        sa.Column("payload", postgresql.JSONB, nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["signal_id"], ["signals.id"], name="fk_signal_events_signal_id_signals"
        ),
        sa.PrimaryKeyConstraint("signal_id", "number", name="pk_signal_events"),
        comment="everything that happened to a signal, for ever",
    )
