"""Which confidence map a decision uses, and fitting new ones from what became of signals.

A decision at a bar uses the newest map that was fitted by the bar's open, whoever fitted it. Maps
never change, so they are kept in memory by id; only which one is the newest is asked each time,
by one look into an index.
"""

import asyncio
from dataclasses import dataclass
from itertools import product
from typing import Final
from uuid import UUID

from signals_service.confidence_map_store import ConfidenceMapStore
from trading_core.decision.confidence import ConfidenceMap, fit_confidence_map
from trading_core.decision.engine import Engine
from trading_core.decision.sides import Side
from trading_core.timeframe import Timeframe

KEPT: Final = 256
"""Maps in memory: those of every side and timeframe, and what a replay asked for."""


@dataclass(frozen=True, slots=True)
class RefittedMap:
    id: UUID
    side: Side
    timeframe: Timeframe
    outcomes: int
    historical_outcomes: int


class ConfidenceMaps:
    """Every method raises StoreUnavailableError."""

    def __init__(self, store: ConfidenceMapStore) -> None:
        self._store = store
        self._kept: dict[UUID, ConfidenceMap] = {}

    async def at(
        self, timeframe: Timeframe, engine_version: str, bar_open_ms: int
    ) -> dict[Side, ConfidenceMap]:
        """Those of a decision at this bar; a side is missing while it had too few outcomes."""
        newest = await self._store.newest_ids(timeframe, engine_version, bar_open_ms)
        maps = {side: await self.get(map_id) for side, map_id in newest.items()}
        return {side: chances for side, chances in maps.items() if chances is not None}

    async def get(self, map_id: UUID) -> ConfidenceMap | None:
        """The map that a stored signal names."""
        found = self._kept.get(map_id) or await self._store.get(map_id)
        if found is not None:
            self._keep(map_id, found)
        return found

    async def refit(
        self, side: Side, timeframe: Timeframe, engine: Engine, until_ms: int
    ) -> ConfidenceMap | None:
        """A new map from the outcomes that closed before `until_ms`.

        None where they are too few, or where the newest map is made of the same.
        """
        version = engine.version
        outcomes = await self._store.outcomes(side, timeframe, version, until_ms)
        fitted = await asyncio.to_thread(
            fit_confidence_map, engine, side, timeframe, outcomes, until_ms
        )
        newest = (await self.at(timeframe, version, until_ms)).get(side)
        if fitted is None or (newest is not None and _says_the_same(fitted, newest)):
            return None
        await self._store.save(fitted)
        return fitted

    async def refit_all(self, engine: Engine, until_ms: int) -> list[RefittedMap]:
        """Every side and timeframe whose outcomes have changed."""
        fitted = [
            await self.refit(side, timeframe, engine, until_ms)
            for side, timeframe in product(Side, Timeframe)
        ]
        return [
            RefittedMap(one.id, one.side, one.timeframe, one.outcomes, one.historical_outcomes)
            for one in fitted
            if one is not None
        ]

    def _keep(self, map_id: UUID, chances: ConfidenceMap) -> None:
        """As the one used last; the one that was not used for longest is let go."""
        self._kept.pop(map_id, None)
        self._kept[map_id] = chances
        if len(self._kept) > KEPT:
            self._kept.pop(next(iter(self._kept)))


def _says_the_same(one: ConfidenceMap, other: ConfidenceMap) -> bool:
    counts = (one.outcomes, one.historical_outcomes) == (other.outcomes, other.historical_outcomes)
    return counts and one.points == other.points
