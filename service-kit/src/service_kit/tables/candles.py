"""Candles, their revisions, outages, coverage, and the exchange's request budget."""

from typing import Final

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, Integer, Table, Text, func

from service_kit.tables.columns import CANDLE_ORIGIN, PRICE, VOLUME, bar_time, metadata, series_key


def _candle_values() -> tuple[Column[object], ...]:
    return (
        Column("open", PRICE, nullable=False),
        Column("high", PRICE, nullable=False),
        Column("low", PRICE, nullable=False),
        Column("close", PRICE, nullable=False),
        Column("volume", VOLUME, nullable=False),
        Column("origin", CANDLE_ORIGIN, nullable=False),
    )


ohlcv_data: Final = Table(
    "ohlcv_data",
    metadata,
    *series_key(),
    bar_time(),
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
    *series_key(),
    bar_time(),
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
    *series_key(),
    Column("start_ms", BigInteger, primary_key=True, autoincrement=False),
    Column("end_ms", BigInteger, nullable=False),
    Column("recorded_at_ms", BigInteger, nullable=False, comment="event time"),
    CheckConstraint("start_ms < end_ms", name="range_is_not_empty"),
    comment="bars [start_ms, end_ms) that the exchange never had",
)

feed_coverage: Final = Table(
    "feed_coverage",
    metadata,
    *series_key(),
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
