"""A stored signal: one closed candle's decision, and what became of it."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from trading_core.decision.sides import Side, SignalType
from trading_core.signal_state import SignalOrigin, SignalStatus
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

JsonObject = dict[str, Any]  # Any: JSON
SIGNAL_ID_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "urn:eth-trading-platform:signals")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalLevels:
    """Of a BUY or SELL; prices in the quote asset."""

    entry_zone_min: Decimal
    entry_zone_max: Decimal
    stop_loss: Decimal
    take_profit_1: Decimal
    take_profit_2: Decimal
    take_profit_3: Decimal
    risk_reward_ratio: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalRow:
    """A row of `signals`; its columns explain themselves there."""

    id: uuid.UUID
    symbol: Symbol
    timeframe: Timeframe
    timestamp: int
    """Open of the decided candle."""
    engine_version: str
    fee_per_side: float
    """Its engine's, as a share of the price; no column of `signals`."""
    signal_type: SignalType
    status: SignalStatus
    origin: SignalOrigin
    continues: uuid.UUID | None
    score: float
    confidence: float
    """0…100."""
    calibrated: bool
    confidence_map_id: uuid.UUID | None
    model_id: str | None
    entry_price: Decimal
    """Close of the candle, also for a HOLD."""
    levels: SignalLevels | None
    reasoning: JsonObject
    inputs: JsonObject
    decided_at_ms: int
    """Event time."""
    created_at: datetime
    """Wall time."""
    followed_until_ms: int | None = None
    progress: JsonObject | None = None
    closed_at_ms: int | None = None
    exit_price: Decimal | None = None
    profit_loss_percent: float | None = None
    outcome: JsonObject | None = None

    @property
    def side(self) -> Side | None:
        """None for a HOLD."""
        return self.signal_type.side

    @property
    def closes_at_ms(self) -> int:
        """Of the decided candle: the moment at which the signal's position is entered."""
        return self.timestamp + self.timeframe.duration_ms


def signal_id(
    symbol: Symbol, timeframe: Timeframe, timestamp: int, engine_version: str
) -> uuid.UUID:
    """The UUIDv5 of the natural key."""
    key = f"{symbol.compact}/{timeframe}/{timestamp}/{engine_version}"
    return uuid.uuid5(SIGNAL_ID_NAMESPACE, key)
