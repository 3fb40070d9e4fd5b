"""Ask siblings how they are: once each, all at once, none for longer than a moment."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, TypeVar

import aiohttp
from pydantic import BaseModel, ValidationError

from api_gateway.settings import GatewaySettings
from api_gateway.shape_status import Gathered, Readiness
from api_gateway.sibling_reports import (
    DecisionsReport,
    JobsReport,
    MarketReport,
    ModelsReport,
    ReadinessReport,
)
from service_kit.clock import Clock
from service_kit.envelope import Envelope
from service_kit.events import FeedState
from service_kit.health import CHECK_TIMEOUT_SECONDS, ReadinessCheck, check_readiness
from service_kit.kept_session import KeptSession
from service_kit.logging import get_logger

log = get_logger(__name__)

REPORT_SECONDS: Final = 2.0
READINESS_SECONDS: Final = CHECK_TIMEOUT_SECONDS + 0.5
"""A sibling whose own check times out has to be able to say so."""

ReportT = TypeVar("ReportT", bound=BaseModel)


class AskSiblings(KeptSession):
    """`async with` opens its client; `gather` asks everybody."""

    def __init__(
        self,
        settings: GatewaySettings,
        version: str,
        own_checks: Mapping[str, ReadinessCheck],
        heard_feed: Callable[[], Awaitable[FeedState]],
        clock: Clock,
    ) -> None:
        """`own_checks` are of the gateway itself: each sibling has a row of its own."""
        super().__init__(aiohttp.ClientSession)
        self._urls = sibling_urls(settings)
        self._version = version
        self._own_checks = own_checks
        self._heard_feed = heard_feed
        self._clock = clock

    async def gather(self) -> Gathered:
        services, market, decisions, models, jobs, heard = await asyncio.gather(
            self._services(),
            self._report(f"{self._urls['market']}/status", MarketReport),
            self._report(f"{self._urls['signals']}/status", DecisionsReport),
            self._report(f"{self._urls['ml']}/status", ModelsReport),
            self._report(f"{self._urls['scheduler']}/jobs", Envelope[JobsReport]),
            self._heard_feed(),
        )
        return Gathered(
            event_time_ms=self._clock.now_ms(),
            wall_ms=self._clock.wall_ms(),
            speed=self._clock.speed,
            heard=heard,
            services=services,
            market=market,
            decisions=decisions,
            models=models,
            jobs=jobs.data if jobs else None,
        )

    async def _services(self) -> dict[str, Readiness]:
        asked = {name: self._readiness(url) for name, url in self._urls.items()}
        found = await asyncio.gather(*(_timed(one) for one in (*asked.values(), self._own())))
        return dict(zip((*asked, "gateway"), found, strict=True))

    async def _readiness(self, url: str) -> ReadinessReport | None:
        """Who is not ready answers 503, and says why."""
        return await self._read(f"{url}/readyz", ReadinessReport, READINESS_SECONDS)

    async def _own(self) -> ReadinessReport:
        found = await check_readiness(self._own_checks)
        return ReadinessReport(ready=found.ready, checks=dict(found.checks), version=self._version)

    async def _report(self, url: str, kind: type[ReportT]) -> ReportT | None:
        return await self._read(url, kind, REPORT_SECONDS)

    async def _read(self, url: str, kind: type[ReportT], seconds: float) -> ReportT | None:
        """None where nobody answers, or answers something else."""
        timeout = aiohttp.ClientTimeout(seconds)
        try:
            async with self._session.get(url, timeout=timeout) as answer:
                return kind.model_validate_json(await answer.read())
        except (aiohttp.ClientError, TimeoutError, OSError, ValidationError) as error:
            log.info("report_unavailable", url=url, error=repr(error)[:200])
            return None


def sibling_urls(settings: GatewaySettings) -> dict[str, str]:
    """In the order in which they are shown."""
    urls = {
        "market": settings.market_service_url,
        "analysis": settings.analysis_service_url,
        "patterns": settings.patterns_service_url,
        "signals": settings.signals_service_url,
        "ml": settings.ml_service_url,
        "scheduler": settings.scheduler_service_url,
        "maintenance": settings.maintenance_service_url,
    }
    return {name: url.rstrip("/") for name, url in urls.items()}


async def _timed(asked: Awaitable[ReadinessReport | None]) -> Readiness:
    started = time.perf_counter()
    report = await asked
    return Readiness(report, (time.perf_counter() - started) * 1000)
