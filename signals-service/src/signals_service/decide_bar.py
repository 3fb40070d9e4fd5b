"""From the inputs of one closed candle to its signal: pure, for live decisions and for replay."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from service_kit.series import Series
from signals_service.gathered_inputs import Feed, GatheredInputs
from signals_service.signal_row import JsonObject, SignalLevels, SignalRow, signal_id
from trading_core.decision.confidence import ConfidenceMap, confidence
from trading_core.decision.decide import decide
from trading_core.decision.decision import Decision
from trading_core.decision.engine import Engine
from trading_core.decision.sides import Side, SignalType
from trading_core.risk_levels import PRICE_DECIMALS, RiskLevels
from trading_core.signal_state import SignalOrigin, SignalStatus

MapsBySide = Mapping[Side, ConfidenceMap]
_PLACES = Decimal(1).scaleb(-PRICE_DECIMALS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What follows from the inputs alone, so that replay can compare it."""

    signal_type: SignalType
    score: float
    confidence: float
    calibrated: bool
    confidence_map: ConfidenceMap | None
    entry_price: Decimal
    levels: SignalLevels | None
    reasoning: JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When, and as what, a decision is made."""

    decided_at_ms: int
    """Event time."""
    created_at: datetime
    """Wall time."""
    origin: SignalOrigin


def verdict_of(decision: Decision, maps: MapsBySide) -> Verdict:
    """The decision with its confidence, by the map of the side that was decided for."""
    side = decision.signal_type.side
    chances = None if side is None else maps.get(side)
    known = confidence(decision.score, side, chances)
    return Verdict(
        signal_type=decision.signal_type,
        score=decision.score,
        confidence=known.percent,
        calibrated=known.calibrated,
        confidence_map=chances,
        entry_price=exact_price(decision.inputs.close),
        levels=_levels(decision.levels),
        reasoning=_reasoning(decision),
    )


def signal_of(
    engine: Engine,
    series: Series,
    inputs: GatheredInputs,
    verdict: Verdict,
    moment: Moment,
    feed: Feed,
) -> SignalRow:
    """The row to store; what it continues is for the store to know.

    A live one is active; any other has nobody to follow it and is expired from the start.
    """
    lives = moment.origin is SignalOrigin.LIVE
    timestamp, prediction = inputs.bar.opened_at_ms, inputs.bar.prediction
    version = engine.version
    return SignalRow(
        id=signal_id(series.symbol, series.timeframe, timestamp, version),
        symbol=series.symbol,
        timeframe=series.timeframe,
        timestamp=timestamp,
        engine_version=version,
        fee_per_side=engine.risk.fee_per_side,
        signal_type=verdict.signal_type,
        status=SignalStatus.ACTIVE if lives else SignalStatus.EXPIRED,
        origin=moment.origin,
        continues=None,
        score=verdict.score,
        confidence=verdict.confidence,
        calibrated=verdict.calibrated,
        confidence_map_id=verdict.confidence_map.id if verdict.confidence_map else None,
        model_id=prediction.model_id if prediction else None,
        entry_price=verdict.entry_price,
        levels=verdict.levels,
        reasoning=verdict.reasoning,
        inputs=inputs.stored(feed),
        decided_at_ms=moment.decided_at_ms,
        created_at=moment.created_at,
        closed_at_ms=None if lives else moment.decided_at_ms,
    )


def decide_bar(
    engine: Engine,
    series: Series,
    inputs: GatheredInputs,
    maps: MapsBySide,
    moment: Moment,
    feed: Feed,
) -> SignalRow:
    verdict = verdict_of(decide(engine, series.timeframe, inputs.bar), maps)
    return signal_of(engine, series, inputs, verdict, moment, feed)


def exact_price(price: float) -> Decimal:
    """As tables keep it: the float's shortest text, to eight places."""
    return Decimal(repr(price)).quantize(_PLACES)


def _levels(levels: RiskLevels | None) -> SignalLevels | None:
    if levels is None:
        return None
    first, second, third = map(exact_price, levels.take_profits)
    return SignalLevels(
        entry_zone_min=exact_price(levels.zone_min),
        entry_zone_max=exact_price(levels.zone_max),
        stop_loss=exact_price(levels.stop),
        take_profit_1=first,
        take_profit_2=second,
        take_profit_3=third,
        risk_reward_ratio=levels.risk_reward,
    )


def _reasoning(decision: Decision) -> JsonObject:
    levels = decision.levels
    if levels is None:
        return decision.reasoning()
    risk = {
        "riskRewardWorst": levels.risk_reward_worst,
        "riskRewardNet": levels.risk_reward_net,
        "zoneNarrowed": levels.zone_narrowed,
    }
    return {**decision.reasoning(), "risk": risk}
