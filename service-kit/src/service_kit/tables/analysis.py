"""Indicators and candlestick patterns of closed candles."""

from typing import Final

from sqlalchemy import Boolean, CheckConstraint, Column, SmallInteger, Table, false
from sqlalchemy.dialects.postgresql import INT8MULTIRANGE

from service_kit.tables.columns import (
    COMPUTED,
    DIRECTION,
    PATTERN_TYPE,
    bar_time,
    created_at,
    metadata,
    series_key,
)
from trading_core.indicators.values import INDICATORS

indicators: Final = Table(
    "indicators",
    metadata,
    *series_key(),
    bar_time(),
    *(Column(name, COMPUTED, comment="null until it is warm") for name in INDICATORS),
    Column(
        "announced",
        Boolean,
        nullable=False,
        server_default=false(),
        comment="whether the room was told; a bar is announced once",
    ),
    created_at(),
    comment="indicators of closed candles as first computed; only analysis-service writes them",
)

patterns: Final = Table(
    "patterns",
    metadata,
    *series_key(),
    bar_time(),
    Column("pattern_type", PATTERN_TYPE, primary_key=True),
    Column("signal", DIRECTION, nullable=False),
    Column("strength", SmallInteger, nullable=False),
    created_at(),
    CheckConstraint("strength BETWEEN 1 AND 100", name="strength_is_1_to_100"),
    comment="patterns complete at a closed candle; only patterns-service writes them",
)

pattern_scans: Final = Table(
    "pattern_scans",
    metadata,
    *series_key(),
    Column("scanned", INT8MULTIRANGE, nullable=False, comment="opens of bars, in ms"),
    comment="which bars were scanned: one without a pattern has no row in patterns",
)
