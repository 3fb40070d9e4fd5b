from uuid import UUID

import pytest

from signals_service.confidence_map_store import ConfidenceMapStore
from signals_service.confidence_maps import KEPT, ConfidenceMaps
from trading_core.decision.confidence import ConfidenceMap, ScoredOutcome
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.decision.sides import Side
from trading_core.timeframe import Timeframe

VERSION = DEFAULT_ENGINE.version
KEY = (Side.BUY, Timeframe.H1)


class FakeStore(ConfidenceMapStore):
    """Maps and outcomes in memory; counts how often a map is read."""

    def __init__(self, outcomes: list[ScoredOutcome]) -> None:
        self.known = outcomes
        self.maps: dict[UUID, ConfidenceMap] = {}
        self.reads = 0

    async def save(self, chances: ConfidenceMap) -> None:
        self.maps.setdefault(chances.id, chances)

    async def newest_ids(
        self, timeframe: Timeframe, engine_version: str, until_ms: int
    ) -> dict[Side, UUID]:
        key = (timeframe, engine_version)
        ascending = sorted(self.maps.items(), key=lambda pair: pair[1].fitted_until_ms)
        return {
            one.side: map_id
            for map_id, one in ascending
            if (one.timeframe, one.engine_version) == key and one.fitted_until_ms <= until_ms
        }

    async def get(self, map_id: UUID) -> ConfidenceMap | None:
        self.reads += 1
        return self.maps.get(map_id)

    async def outcomes(
        self, side: Side, timeframe: Timeframe, engine_version: str, before_ms: int
    ) -> list[ScoredOutcome]:
        del engine_version
        mine = (side, timeframe) == KEY
        return [one for one in self.known if mine and one.closed_at_ms < before_ms]


def outcomes(count: int, since_ms: int = 0) -> list[ScoredOutcome]:
    return [
        ScoredOutcome(0.4 + 0.001 * at, since_ms + at, target_reached=at % 2 == 0, historical=False)
        for at in range(count)
    ]


@pytest.fixture
def store() -> FakeStore:
    return FakeStore(outcomes(40))


async def test_without_enough_outcomes_there_is_no_map(store: FakeStore) -> None:
    maps = ConfidenceMaps(store)
    assert await maps.refit(*KEY, DEFAULT_ENGINE, until_ms=29) is None
    assert await maps.at(Timeframe.H1, VERSION, 1_000) == {}


async def test_a_decision_uses_the_newest_map_that_was_fitted_by_its_bar(store: FakeStore) -> None:
    maps = ConfidenceMaps(store)
    first = await maps.refit(*KEY, DEFAULT_ENGINE, until_ms=30)
    second = await maps.refit(*KEY, DEFAULT_ENGINE, until_ms=40)
    assert first is not None
    assert second is not None
    assert await maps.at(Timeframe.H1, VERSION, 29) == {}
    assert await maps.at(Timeframe.H1, VERSION, 39) == {Side.BUY: first}
    assert await maps.at(Timeframe.H1, VERSION, 40) == {Side.BUY: second}


async def test_a_map_that_another_replica_fitted_is_used_at_once(store: FakeStore) -> None:
    mine, others = ConfidenceMaps(store), ConfidenceMaps(store)
    await mine.refit(*KEY, DEFAULT_ENGINE, until_ms=35)
    assert Side.BUY in await mine.at(Timeframe.H1, VERSION, 100)
    fitted = await others.refit(*KEY, DEFAULT_ENGINE, until_ms=40)
    assert await mine.at(Timeframe.H1, VERSION, 100) == {Side.BUY: fitted}


async def test_the_same_outcomes_give_no_new_map(store: FakeStore) -> None:
    maps = ConfidenceMaps(store)
    assert await maps.refit(*KEY, DEFAULT_ENGINE, until_ms=100) is not None
    assert await maps.refit(*KEY, DEFAULT_ENGINE, until_ms=200) is None
    assert len(store.maps) == 1


async def test_every_side_and_timeframe_is_refitted_whose_outcomes_have_changed(
    store: FakeStore,
) -> None:
    maps = ConfidenceMaps(store)
    (fitted,) = await maps.refit_all(DEFAULT_ENGINE, 100)
    assert (fitted.side, fitted.timeframe, fitted.outcomes) == (*KEY, 40)
    assert await maps.refit_all(DEFAULT_ENGINE, 200) == []
    store.known.extend(outcomes(1, since_ms=100))
    assert [one.outcomes for one in await maps.refit_all(DEFAULT_ENGINE, 200)] == [41]


async def test_a_map_is_read_once_and_memory_is_bounded(store: FakeStore) -> None:
    maps = ConfidenceMaps(store)
    fitted = await maps.refit(*KEY, DEFAULT_ENGINE, until_ms=100)
    assert fitted is not None
    for _ in range(3):
        assert await maps.get(fitted.id) == fitted
    assert store.reads == 1
    for until_ms in range(101, 102 + KEPT):
        store.known.append(ScoredOutcome(0.5, until_ms - 1, target_reached=True, historical=True))
        another = await maps.refit(*KEY, DEFAULT_ENGINE, until_ms)
        assert another is not None
        await maps.get(another.id)
    assert store.reads == KEPT + 2
    await maps.get(fitted.id)
    assert store.reads == KEPT + 3
