from typing import Any

from scheduler_service.jobs import JOBS
from trading_core.timeframe import Timeframe


class Market:
    def __init__(self) -> None:
        self.posted: list[tuple[str, dict[str, str | int] | None]] = []

    async def post(
        self,
        path: str,
        answer: type[list[dict[str, Any]]],
        params: dict[str, str | int] | None = None,
    ) -> list[dict[str, Any]]:
        self.posted.append((path, params))
        return answer()


def test_every_timeframe_is_collected_when_its_bar_closes() -> None:
    assert {job.name: job.timeframe for job in JOBS} == {f"collect-{t}": t for t in Timeframe}


async def test_a_job_has_the_market_service_collect_its_timeframe() -> None:
    market = Market()
    for job in JOBS:
        await job.action(market)
    assert market.posted == [("/collect", {"timeframe": t}) for t in Timeframe]
