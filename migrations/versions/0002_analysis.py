"""Indicators and candlestick patterns."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TIMEFRAME = postgresql.ENUM(name="timeframe", create_type=False)
PATTERN_TYPE = postgresql.ENUM(
    "doji",
    "hammer",
    "inverted_hammer",
    "shooting_star",
    "bullish_engulfing",
    "bearish_engulfing",
    "morning_star",
    "evening_star",
    "three_white_soldiers",
    "three_black_crows",
    name="pattern_type",
    create_type=False,
)
DIRECTION = postgresql.ENUM("bullish", "bearish", "neutral", name="direction", create_type=False)
ENUMS = (PATTERN_TYPE, DIRECTION)


def upgrade() -> None:
    for enum in ENUMS:
        op.execute(postgresql.CreateEnumType(enum))
    _create_indicators()
    _create_patterns()
    _create_pattern_scans()


def downgrade() -> None:
    op.drop_table("pattern_scans")
    op.drop_table("patterns")
    op.drop_table("indicators")
    for enum in ENUMS:
        op.execute(postgresql.DropEnumType(enum))


def _create_indicators() -> None:
    op.create_table(
        "indicators",
        sa.Column("symbol", sa.Text, nullable=False),
        sa.Column("timeframe", TIMEFRAME, nullable=False),
        sa.Column("timestamp", sa.BigInteger, nullable=False),
        sa.Column("rsi", sa.Double, comment="null until it is warm"),
        sa.Column("macd", sa.Double, comment="null until it is warm"),
        sa.Column("macd_signal", sa.Double, comment="null until it is warm"),
        sa.Column("macd_histogram", sa.Double, comment="null until it is warm"),
        sa.Column("ema_9", sa.Double, comment="null until it is warm"),
        sa.Column("ema_21", sa.Double, comment="null until it is warm"),
        sa.Column("ema_50", sa.Double, comment="null until it is warm"),
        sa.Column("ema_200", sa.Double, comment="null until it is warm"),
        sa.Column("vwap", sa.Double, comment="null until it is warm"),
        sa.Column("atr", sa.Double, comment="null until it is warm"),
        sa.Column("bollinger_upper", sa.Double, comment="null until it is warm"),
        sa.Column("bollinger_middle", sa.Double, comment="null until it is warm"),
        sa.Column("bollinger_lower", sa.Double, comment="null until it is warm"),
        sa.Column(
            "announced",
            sa.Boolean,
            server_default=sa.false(),
            nullable=False,
            comment="whether the room was told; a bar is announced once",
        ),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("symbol", "timeframe", "timestamp", name="pk_indicators"),
        comment="indicators of closed candles as first computed; only analysis-service writes them",
    )


def _create_patterns() -> None:
    op.create_table(
        "patterns",
        sa.Column("symbol", sa.Text, nullable=False),
        sa.Column("timeframe", TIMEFRAME, nullable=False),
        sa.Column("timestamp", sa.BigInteger, nullable=False),
        sa.Column("pattern_type", PATTERN_TYPE, nullable=False),
        sa.Column("signal", DIRECTION, nullable=False),
        sa.Column("strength", sa.SmallInteger, nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint(
            "strength BETWEEN 1 AND 100", name=op.f("ck_patterns_strength_is_1_to_100")
        ),
        sa.PrimaryKeyConstraint(
            "symbol", "timeframe", "timestamp", "pattern_type", name="pk_patterns"
        ),
        comment="patterns complete at a closed candle; only patterns-service writes them",
    )


def _create_pattern_scans() -> None:
    op.create_table(
        "pattern_scans",
        sa.Column("symbol", sa.Text, nullable=False),
        sa.Column("timeframe", TIMEFRAME, nullable=False),
        sa.Column(
            "scanned", postgresql.INT8MULTIRANGE(), nullable=False, comment="opens of bars, in ms"
        ),
        sa.PrimaryKeyConstraint("symbol", "timeframe", name="pk_pattern_scans"),
        comment="which bars were scanned: one without a pattern has no row in patterns",
    )
