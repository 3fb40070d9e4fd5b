from collections.abc import Awaitable, Callable

import pytest
from redis.asyncio import Redis

from market_service.page_cache import PageCache
from service_kit.cache import Cache
from service_kit.clock import Clock
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import MINUTE_MS, Timeframe

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.M1)
OTHER = Series(Symbol("ETH", "USDT"), Timeframe.H1)
NOW_MS = 1_722_807_000_000


class FakeRedis(Redis):
    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    async def get(self, name: str) -> bytes | None:  # type: ignore[override]
        return self.kept.get(name)

    async def set(self, name: str, value: bytes, ex: int) -> bool:  # type: ignore[override]
        assert ex > 0
        self.kept[name] = value
        return True

    async def delete(self, name: str) -> int:  # type: ignore[override]
        return self.kept.pop(name, None) is not None

    def __del__(self) -> None:
        """There is no connection to close."""


@pytest.fixture
def wall() -> list[float]:
    return [NOW_MS]


@pytest.fixture
def pages(wall: list[float]) -> PageCache:
    return PageCache(Cache(FakeRedis()), Clock(wall=lambda: wall[0]))


def reader(body: bytes, reads: list[bytes]) -> Callable[[], Awaitable[bytes]]:
    async def read() -> bytes:
        reads.append(body)
        return body

    return read


async def test_a_page_is_read_once(pages: PageCache) -> None:
    reads: list[bytes] = []
    for _ in range(3):
        assert await pages.get_or_read(SERIES, "a", reader(b"page", reads)) == b"page"
    assert reads == [b"page"]


async def test_a_commit_voids_the_pages_of_its_series_only(pages: PageCache) -> None:
    reads: list[bytes] = []
    for series in (SERIES, OTHER):
        await pages.get_or_read(series, "a", reader(b"old", reads))
    await pages.forget(SERIES)
    assert await pages.get_or_read(SERIES, "a", reader(b"new", reads)) == b"new"
    assert await pages.get_or_read(OTHER, "a", reader(b"new", reads)) == b"old"


async def test_a_page_read_before_a_commit_is_never_served_after_it(pages: PageCache) -> None:
    async def read_while_somebody_commits() -> bytes:
        await pages.forget(SERIES)
        return b"old"

    reads: list[bytes] = []
    await pages.get_or_read(SERIES, "a", read_while_somebody_commits)
    assert await pages.get_or_read(SERIES, "a", reader(b"new", reads)) == b"new"


async def test_the_next_bar_voids_whatever_redis_remembers(
    pages: PageCache, wall: list[float]
) -> None:
    reads: list[bytes] = []
    await pages.get_or_read(SERIES, "a", reader(b"old", reads))
    wall[0] += MINUTE_MS
    assert await pages.get_or_read(SERIES, "a", reader(b"new", reads)) == b"new"
