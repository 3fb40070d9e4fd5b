"""Signals as they are stored, made for tests; and a table that takes them."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from json import dumps
from typing import Any

from service_kit.series import Series
from signals_service.signal_record import INSERT_SIGNAL, signal_values
from signals_service.signal_row import SignalLevels, SignalRow, signal_id
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.decision.sides import Side, SignalType
from trading_core.signal_state import SignalOrigin, SignalStatus
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

ETH_5M = Series(Symbol("ETH", "USDT"), Timeframe.M5)
HUNDRED = Decimal(100)
KEEP_ENGINE = """
    INSERT INTO engines (version, definition) VALUES ($1, $2::text::jsonb) ON CONFLICT DO NOTHING
"""


def hold(timestamp: int, series: Series = ETH_5M, **changes: Any) -> SignalRow:  # noqa: ANN401
    """Live and active, decided at its candle's close."""
    row = SignalRow(
        id=signal_id(series.symbol, series.timeframe, timestamp, DEFAULT_ENGINE.version),
        symbol=series.symbol,
        timeframe=series.timeframe,
        timestamp=timestamp,
        engine_version=DEFAULT_ENGINE.version,
        fee_per_side=DEFAULT_ENGINE.risk.fee_per_side,
        signal_type=SignalType.HOLD,
        status=SignalStatus.ACTIVE,
        origin=SignalOrigin.LIVE,
        continues=None,
        score=0.1,
        confidence=10.0,
        calibrated=False,
        confidence_map_id=None,
        model_id=None,
        entry_price=HUNDRED,
        levels=None,
        reasoning={"threshold": 0.4},
        inputs={"sources": {}},
        decided_at_ms=timestamp + series.bar_ms,
        created_at=datetime(2024, 8, 5, tzinfo=UTC),
    )
    return replace(row, **changes)


def opened(
    side: Side,
    timestamp: int,
    series: Series = ETH_5M,
    *,
    entry: Decimal = HUNDRED,
    unit: Decimal = Decimal(1),
    **changes: Any,  # noqa: ANN401
) -> SignalRow:
    """With the stop 3 units away from the entry and the take-profits 4, 6 and 8."""
    step = unit * side.sign
    levels = SignalLevels(
        entry_zone_min=entry - unit,
        entry_zone_max=entry + unit,
        stop_loss=entry - 3 * step,
        take_profit_1=entry + 4 * step,
        take_profit_2=entry + 6 * step,
        take_profit_3=entry + 8 * step,
        risk_reward_ratio=4 / 3,
    )
    kind = SignalType(side.value)
    row = hold(timestamp, series, signal_type=kind, entry_price=entry, levels=levels)
    return replace(row, **{"score": 0.5 * side.sign, "confidence": 50.0, **changes})


async def insert(connection: Any, *rows: SignalRow) -> None:  # noqa: ANN401 - asyncpg
    """With the engine that they name, which is always the default one's table."""
    for row in rows:
        definition = dumps(DEFAULT_ENGINE.to_json())
        await connection.execute(KEEP_ENGINE, row.engine_version, definition)
        await connection.execute(INSERT_SIGNAL, *signal_values(row))
