"""Which of the things that a service needs are there, looked at in the background.

So a scrape never waits for a system that is dead: it is told what was seen last.
"""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Final

from prometheus_client import CollectorRegistry, Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from service_kit.health import OK, ReadinessCheck, check_readiness

LOOK_SECONDS: Final = 5.0
"""Wall time between two looks."""


class DependencyWatch(Collector):
    """Shows each of `checks` as it is now in the service: one that is taken out is not shown."""

    def __init__(self, checks: Mapping[str, ReadinessCheck], registry: CollectorRegistry) -> None:
        self._checks = checks
        self._up: dict[str, bool] = {}
        registry.register(self)

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        found = await check_readiness(self._checks)
        self._up = {name: said == OK for name, said in found.checks.items()}

    def collect(self) -> Iterable[Metric]:
        family = GaugeMetricFamily(
            "dependency_up",
            "1 where the last look found it, 0 where it did not, or before the first look.",
            labels=("dependency",),
        )
        for name in tuple(self._checks):
            family.add_metric((name,), self._up.get(name, False))
        if family.samples:
            yield family
