"""Candles, their revisions, outages, coverage and the exchange's request budget."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TIMEFRAME = postgresql.ENUM(
    "1m", "5m", "15m", "30m", "1h", "4h", "1d", name="timeframe", create_type=False
)
CANDLE_ORIGIN = postgresql.ENUM(
    "live", "healed", "backfill", name="candle_origin", create_type=False
)
PRICE = sa.Numeric(20, 8)
VOLUME = sa.Numeric(28, 8)


def upgrade() -> None:
    op.execute(postgresql.CreateEnumType(TIMEFRAME))
    op.execute(postgresql.CreateEnumType(CANDLE_ORIGIN))
    _create_ohlcv_data()
    _create_ohlcv_revisions()
    _create_outages()
    _create_feed_coverage()
    _create_exchange_budget()


def downgrade() -> None:
    op.drop_table("exchange_budget")
    op.drop_table("feed_coverage")
    op.drop_table("outages")
    op.drop_table("ohlcv_revisions")
    op.drop_table("ohlcv_data")
    op.execute(postgresql.DropEnumType(CANDLE_ORIGIN))
    op.execute(postgresql.DropEnumType(TIMEFRAME))


def _create_ohlcv_data() -> None:
    op.create_table(
        "ohlcv_data",
        sa.Column("symbol", sa.Text, nullable=False),
        sa.Column("timeframe", TIMEFRAME, nullable=False),
        sa.Column("timestamp", sa.BigInteger, nullable=False),
        sa.Column("open", PRICE, nullable=False),
        sa.Column("high", PRICE, nullable=False),
        sa.Column("low", PRICE, nullable=False),
        sa.Column("close", PRICE, nullable=False),
        sa.Column("volume", VOLUME, nullable=False),
        sa.Column("origin", CANDLE_ORIGIN, nullable=False),
        sa.Column(
            "seen_at_ms",
            sa.BigInteger,
            nullable=False,
            comment="event time at which this version of the candle was first seen",
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.func.now(),
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.func.now(),
        ),
        sa.CheckConstraint(
            "0 < low AND high < 'NaN'", name=op.f("ck_ohlcv_data_prices_are_positive_numbers")
        ),
        sa.CheckConstraint(
            "low <= open AND open <= high", name=op.f("ck_ohlcv_data_open_within_range")
        ),
        sa.CheckConstraint(
            "low <= close AND close <= high", name=op.f("ck_ohlcv_data_close_within_range")
        ),
        sa.CheckConstraint(
            "0 <= volume AND volume < 'NaN'", name=op.f("ck_ohlcv_data_volume_is_not_negative")
        ),
        sa.CheckConstraint("timestamp >= 0", name=op.f("ck_ohlcv_data_timestamp_is_not_negative")),
        sa.PrimaryKeyConstraint("symbol", "timeframe", "timestamp", name="pk_ohlcv_data"),
        comment="closed candles, the current version of each; only market-service writes them",
    )


def _create_ohlcv_revisions() -> None:
    op.create_table(
        "ohlcv_revisions",
        sa.Column("symbol", sa.Text, nullable=False),
        sa.Column("timeframe", TIMEFRAME, nullable=False),
        sa.Column("timestamp", sa.BigInteger, nullable=False),
        sa.Column("open", PRICE, nullable=False),
        sa.Column("high", PRICE, nullable=False),
        sa.Column("low", PRICE, nullable=False),
        sa.Column("close", PRICE, nullable=False),
        sa.Column("volume", VOLUME, nullable=False),
        sa.Column("origin", CANDLE_ORIGIN, nullable=False),
        sa.Column(
            "seen_at_ms",
            sa.BigInteger,
            nullable=False,
            comment="event time at which this version was first seen",
        ),
        sa.Column(
            "replaced_at_ms",
            sa.BigInteger,
            nullable=False,
            comment="event time at which the next version took its place",
        ),
        sa.PrimaryKeyConstraint(
            "symbol", "timeframe", "timestamp", "replaced_at_ms", name="pk_ohlcv_revisions"
        ),
        comment="versions of closed candles that the exchange has since revised",
    )


def _create_outages() -> None:
    op.create_table(
        "outages",
        sa.Column("symbol", sa.Text, nullable=False),
        sa.Column("timeframe", TIMEFRAME, nullable=False),
        sa.Column("start_ms", sa.BigInteger, nullable=False),
        sa.Column("end_ms", sa.BigInteger, nullable=False),
        sa.Column("recorded_at_ms", sa.BigInteger, nullable=False, comment="event time"),
        sa.CheckConstraint("start_ms < end_ms", name=op.f("ck_outages_range_is_not_empty")),
        sa.PrimaryKeyConstraint("symbol", "timeframe", "start_ms", name="pk_outages"),
        comment="bars [start_ms, end_ms) that the exchange never had",
    )


def _create_feed_coverage() -> None:
    op.create_table(
        "feed_coverage",
        sa.Column("symbol", sa.Text, nullable=False),
        sa.Column("timeframe", TIMEFRAME, nullable=False),
        sa.Column(
            "first_available_ms",
            sa.BigInteger,
            comment="open of the oldest bar that the exchange has; null until known",
        ),
        sa.Column(
            "live_since_ms",
            sa.BigInteger,
            comment="event time from which this stack has watched; null until it does",
        ),
        sa.Column(
            "backfilled_from_ms",
            sa.BigInteger,
            comment="open of the oldest bar down to which history is stored without a hole",
        ),
        sa.PrimaryKeyConstraint("symbol", "timeframe", name="pk_feed_coverage"),
        comment="how far the candles of a series reach",
    )


def _create_exchange_budget() -> None:
    op.create_table(
        "exchange_budget",
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("window_start_ms", sa.BigInteger, nullable=False, comment="wall time"),
        sa.Column("used_weight", sa.Integer, nullable=False),
        sa.Column("blocked_until_ms", sa.BigInteger, comment="wall time; null when not blocked"),
        sa.CheckConstraint(
            "used_weight >= 0", name=op.f("ck_exchange_budget_used_weight_is_not_negative")
        ),
        sa.PrimaryKeyConstraint("host", name="pk_exchange_budget"),
        comment="request weight spent at an exchange, shared by every process behind this address",
    )
