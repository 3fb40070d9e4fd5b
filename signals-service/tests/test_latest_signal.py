from dataclasses import dataclass, field

import orjson

from decided_bar import HOURS, decided, gathered, window
from service_kit.cache import Cache, CacheKey
from service_kit.series import Series
from signals_service.latest_signal import LatestSignals
from signals_service.signal_queries import SignalQueries
from signals_service.signal_row import SignalRow

ROW = decided(gathered(window()))


class FakeCache(Cache):
    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    async def get(self, key: CacheKey, *parts: str) -> bytes | None:
        return self.kept.get(key.of(*parts))

    async def set(self, key: CacheKey, *parts: str, value: bytes) -> None:
        self.kept[key.of(*parts)] = value

    async def delete(self, key: CacheKey, *parts: str) -> None:
        self.kept.pop(key.of(*parts), None)


class AwayCache(FakeCache):
    async def set(self, key: CacheKey, *parts: str, value: bytes) -> None:
        """Keeps nothing."""


@dataclass
class FakeQueries(SignalQueries):
    row: SignalRow | None = None
    reads: int = 0
    during_read: list[LatestSignals] = field(default_factory=list)

    async def latest_active(self, series: Series) -> SignalRow | None:
        self.reads += 1
        found = self.row
        for latest in self.during_read:
            await latest.forget(series)
        return found


async def test_it_is_read_once_until_something_changes() -> None:
    queries = FakeQueries()
    latest = LatestSignals(queries, FakeCache(), [HOURS])
    assert [await latest.read(HOURS) for _ in range(2)] == [b"null", b"null"]
    queries.row = ROW
    await latest.forget(HOURS)
    assert orjson.loads(await latest.read(HOURS))["id"] == str(ROW.id)
    assert queries.reads == 2


async def test_what_was_read_before_a_change_is_not_kept_after_it() -> None:
    queries = FakeQueries()
    latest = LatestSignals(queries, FakeCache(), [HOURS])
    queries.during_read = [latest]
    assert await latest.read(HOURS) == b"null"
    queries.during_read, queries.row = [], ROW
    assert orjson.loads(await latest.read(HOURS))["id"] == str(ROW.id)


async def test_without_redis_it_is_read_each_time() -> None:
    queries = FakeQueries(ROW)
    latest = LatestSignals(queries, AwayCache(), [HOURS])
    for _ in range(2):
        assert orjson.loads(await latest.read(HOURS))["id"] == str(ROW.id)
    assert queries.reads == 2
