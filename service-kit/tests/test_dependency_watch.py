import asyncio

from prometheus_client import CollectorRegistry

from service_kit.dependency_watch import DependencyWatch
from service_kit.health import ReadinessCheck


async def fine() -> str | None:
    return None


async def away() -> str | None:
    return "the database cannot be reached"


async def broken() -> str | None:
    raise OSError("connection refused")


class Watched:
    def __init__(self, **checks: ReadinessCheck) -> None:
        self.checks, self.registry = checks, CollectorRegistry()
        self.watch = DependencyWatch(checks, self.registry)

    def up(self, dependency: str) -> float | None:
        return self.registry.get_sample_value("dependency_up", {"dependency": dependency})


async def test_what_was_not_looked_at_yet_is_shown_as_away() -> None:
    assert Watched(database=fine).up("database") == 0


async def test_a_look_tells_what_is_there() -> None:
    house = Watched(database=away, redis=fine, feed=broken)
    await house.watch.look()
    assert (house.up("database"), house.up("redis"), house.up("feed")) == (0, 1, 0)
    house.checks["database"] = fine
    await house.watch.look()
    assert house.up("database") == 1


async def test_what_a_service_no_longer_needs_is_not_shown() -> None:
    house = Watched(database=fine, redis=fine)
    await house.watch.look()
    del house.checks["redis"]
    assert house.up("database") == 1
    assert house.up("redis") is None


async def test_a_look_at_a_dead_system_keeps_nobody_waiting() -> None:
    never = asyncio.Event()

    async def hangs() -> str | None:
        await never.wait()
        return None

    house = Watched(database=hangs)
    looking = asyncio.create_task(house.watch.look())
    await asyncio.sleep(0)
    assert house.up("database") == 0
    never.set()
    await looking
    assert house.up("database") == 1


async def test_a_check_may_be_added_while_others_are_asked() -> None:
    house = Watched()

    async def adds_one() -> str | None:
        house.checks["late"] = fine
        return None

    house.checks["database"] = adds_one
    await house.watch.look()
    assert (house.up("database"), house.up("late")) == (1, 0)
