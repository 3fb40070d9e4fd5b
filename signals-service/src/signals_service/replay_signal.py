"""Decide a stored signal again, from the candles as they were seen then, and compare every bit.

Indicators, patterns and volume are computed anew, those of them that were there; what the model
said is taken as it was. The engine and the confidence map are the stored ones.
"""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import orjson

from service_kit.database import Database
from service_kit.errors import NotFoundError
from service_kit.series import Series
from signals_service.confidence_maps import ConfidenceMaps
from signals_service.decide_bar import MapsBySide, Verdict, verdict_of
from signals_service.engine_store import EngineStore
from signals_service.gathered_inputs import remembered
from signals_service.seen_candle_queries import candles_as_seen
from signals_service.signal_payload import levels_payload, price_text
from signals_service.signal_row import JsonObject, SignalRow
from trading_core.candles import Candles
from trading_core.decision.decide import decide
from trading_core.decision.engine import Engine
from trading_core.decision.inputs import BarInputs
from trading_core.indicators.snapshot import indicator_snapshot
from trading_core.patterns.scan import sightings_until
from trading_core.time_range import TimeRange
from trading_core.volume import AVERAGE_BARS, analyse_volume

NOTHING: Final = "nothing"


@dataclass(frozen=True, slots=True)
class Difference:
    field: str
    """A path like `bar.indicators.rsi`."""
    stored: object
    recomputed: object


@dataclass(frozen=True, slots=True)
class Replay:
    differences: tuple[Difference, ...]
    recomputed: JsonObject

    @property
    def equal(self) -> bool:
        return not self.differences


class SignalReplayer:
    def __init__(self, database: Database, engines: EngineStore, maps: ConfidenceMaps) -> None:
        self._database = database
        self._engines = engines
        self._maps = maps

    async def replay(self, row: SignalRow) -> Replay:
        """Raises NotFoundError where its engine or map is gone, StoreUnavailableError."""
        known = row.inputs["candles"]
        candles = await candles_as_seen(
            self._database,
            Series(row.symbol, row.timeframe),
            TimeRange(known["fromMs"], known["untilMs"]),
            known["asOfMs"],
        )
        engine, maps = await self._engine(row), await self._stored_map(row)
        return await asyncio.to_thread(replayed, row, candles, engine, maps)

    async def _engine(self, row: SignalRow) -> Engine:
        engine = await self._engines.read(row.engine_version)
        if engine is None:
            raise NotFoundError(f"the engine {row.engine_version} is not stored any more")
        return engine

    async def _stored_map(self, row: SignalRow) -> MapsBySide:
        if row.confidence_map_id is None:
            return {}
        chances = await self._maps.get(row.confidence_map_id)
        if chances is None:
            raise NotFoundError(
                f"the confidence map {row.confidence_map_id} is not stored any more"
            )
        return {chances.side: chances}


def replayed(row: SignalRow, candles: Candles, engine: Engine, maps: MapsBySide) -> Replay:
    """What the candles say, against what is stored."""
    bar = BarInputs.from_json(row.inputs["bar"])
    if len(candles):
        bar = _computed_again(bar, candles, engine, row.inputs["candles"]["firstAvailableMs"])
    verdict = verdict_of(decide(engine, row.timeframe, bar), maps)
    recomputed = _plain(
        {
            "engineVersion": engine.version,
            "candles": {"count": len(candles), "hash": candles.content_hash()},
            "bar": bar.to_json(),
            "decision": _decision(verdict),
        }
    )
    return Replay(tuple(_differences("", _stored(row), recomputed)), recomputed)


def _computed_again(
    bar: BarInputs, candles: Candles, engine: Engine, first_available_ms: int
) -> BarInputs:
    sightings = sightings_until(candles, engine.pattern_memory_bars, first_available_ms)
    memory_ms = engine.pattern_memory_bars * candles.timeframe.duration_ms
    recent = remembered(sightings, candles.last_open_ms, memory_ms)
    volume = analyse_volume(candles.volume[-AVERAGE_BARS:].tolist())
    return replace(
        bar,
        opened_at_ms=candles.last_open_ms,
        close=float(candles.close[-1]),
        indicators=indicator_snapshot(candles, first_available_ms),
        patterns=None if bar.patterns is None else recent,
        volume=None if bar.volume is None else volume,
    )


def _stored(row: SignalRow) -> JsonObject:
    candles = row.inputs["candles"]
    verdict = Verdict(
        signal_type=row.signal_type,
        score=row.score,
        confidence=row.confidence,
        calibrated=row.calibrated,
        confidence_map=None,
        entry_price=row.entry_price,
        levels=row.levels,
        reasoning=row.reasoning,
    )
    return {
        "engineVersion": row.engine_version,
        "candles": {"count": candles["count"], "hash": candles["hash"]},
        "bar": BarInputs.from_json(row.inputs["bar"]).to_json(),
        "decision": _decision(verdict),
    }


def _decision(verdict: Verdict) -> JsonObject:
    return {
        "signalType": verdict.signal_type.value,
        "score": verdict.score,
        "confidence": verdict.confidence,
        "calibrated": verdict.calibrated,
        "entryPrice": price_text(verdict.entry_price),
        **levels_payload(verdict.levels),
        "reasoning": verdict.reasoning,
    }


def _differences(path: str, stored: object, recomputed: object) -> Iterator[Difference]:
    """Of the smallest parts that can be named."""
    if isinstance(stored, Mapping) and isinstance(recomputed, Mapping):
        for key in stored.keys() | recomputed.keys():
            parts = stored.get(key, NOTHING), recomputed.get(key, NOTHING)
            yield from _differences(f"{path}.{key}" if path else key, *parts)
    elif stored != recomputed:
        yield Difference(path, stored, recomputed)


def _plain(json: JsonObject) -> JsonObject:
    """As it would come back from the table."""
    plain: JsonObject = orjson.loads(orjson.dumps(json))
    return plain
