"""A signal as the public contract spells it: over REST, and as what rooms are told."""

from decimal import Decimal
from typing import Final

from service_kit.utc_text import utc_text
from signals_service.signal_row import JsonObject, SignalLevels, SignalRow


def signal_payload(row: SignalRow) -> JsonObject:
    """Prices are plain decimal text, `timestamp` is the candle's open in ms, other times ISO."""
    return {
        "id": str(row.id),
        "symbol": row.symbol.compact,
        "timeframe": row.timeframe.value,
        "signalType": row.signal_type.value,
        "status": row.status.value,
        "confidence": row.confidence,
        "entryPrice": price_text(row.entry_price),
        **levels_payload(row.levels),
        **_risk(row),
        "reasoning": _reasoning(row),
        "timestamp": row.timestamp,
        "createdAt": utc_text(round(row.created_at.timestamp() * 1000)),
        "closedAt": None if row.closed_at_ms is None else utc_text(row.closed_at_ms),
        "exitPrice": price_text(row.exit_price),
        "profitLossPercent": row.profit_loss_percent,
        "origin": row.origin.value,
        "score": row.score,
        "threshold": row.reasoning.get("threshold"),
        "calibrated": row.calibrated,
        "confidenceMapId": None if row.confidence_map_id is None else str(row.confidence_map_id),
        "modelId": row.model_id,
        "engineVersion": row.engine_version,
        "feePercentPerSide": 100 * row.fee_per_side,
        "continues": None if row.continues is None else str(row.continues),
        "degraded": absent_sources(row),
        "outcome": row.outcome,
    }


def price_text(price: Decimal | None) -> str | None:
    """`3127.5`, never `3127.50000000` or `1E+2`."""
    return None if price is None else f"{price.normalize():f}"


def levels_payload(levels: SignalLevels | None) -> JsonObject:
    """All null for a HOLD."""
    prices = {key: getattr(levels, name, None) for key, name in _PRICES.items()}
    return {
        **{key: price_text(price) for key, price in prices.items()},
        "riskRewardRatio": levels.risk_reward_ratio if levels else None,
    }


def _risk(row: SignalRow) -> JsonObject:
    known = row.reasoning.get("risk") or {}
    return {name: known.get(name) for name in ("riskRewardWorst", "riskRewardNet", "zoneNarrowed")}


def _reasoning(row: SignalRow) -> JsonObject:
    """Which model spoke stands in the row and its inputs, also of those stored before it was told.

    Stored reasoning itself stays as it was written, since a replay compares every key of it.
    """
    said = row.reasoning.get("mlPrediction")
    if said is None:
        return row.reasoning
    degraded = row.inputs["bar"]["prediction"].get("degraded", False)
    spoke = {**said, "modelId": row.model_id, "degraded": degraded}
    return {**row.reasoning, "mlPrediction": spoke}


def absent_sources(row: SignalRow) -> list[str]:
    sources = row.inputs.get("sources", {})
    return [name for name, found in sources.items() if found != "present"]


_PRICES: Final = {
    "entryZoneMin": "entry_zone_min",
    "entryZoneMax": "entry_zone_max",
    "stopLoss": "stop_loss",
    "takeProfit1": "take_profit_1",
    "takeProfit2": "take_profit_2",
    "takeProfit3": "take_profit_3",
}
