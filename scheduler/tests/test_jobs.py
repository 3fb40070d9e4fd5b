from typing import Any

from scheduler_service.jobs import JOBS, Siblings
from scheduler_service.period import WEEK, Period, daily_at
from trading_core.timeframe import Timeframe


class Sibling:
    def __init__(self) -> None:
        self.posted: list[tuple[str, dict[str, str | int] | None]] = []

    async def post(
        self,
        path: str,
        answer: type[Any],  # noqa: ARG002 - the port's signature
        params: dict[str, str | int] | None = None,
    ) -> object:
        self.posted.append((path, params))
        return {"done": path}


def test_every_timeframe_is_collected_when_its_bar_closes() -> None:
    due = {job.name: job.period for job in JOBS}
    assert due == {
        **{f"collect-{timeframe}": Period.of(timeframe) for timeframe in Timeframe},
        "refit-confidence-maps": Period.of(Timeframe.H1),
        "retrain-models": WEEK,
        "prune-room-events": Period.of(Timeframe.M5),
        "back-up": daily_at(2, first_wait_minutes=10),
        "clean-up": daily_at(4, first_wait_minutes=20),
        "report-health": daily_at(6, first_wait_minutes=30),
    }


async def test_each_job_has_its_sibling_do_the_work() -> None:
    market, signals, ml, gateway, maintenance = (Sibling() for _ in range(5))
    for job in JOBS:
        await job.action(Siblings(market, signals, ml, gateway, maintenance))
    assert market.posted == [("/collect", {"timeframe": t}) for t in Timeframe]
    assert signals.posted == [("/confidence-maps/refit", None)]
    assert ml.posted == [("/retrain", {"older_than_days": 6})]
    assert gateway.posted == [("/room-events/prune", None)]
    assert maintenance.posted == [
        ("/backups", {"older_than_hours": 20}),
        ("/clean-up", None),
        ("/health-reports", None),
    ]


async def test_a_job_answers_what_its_sibling_said() -> None:
    sibling = Sibling()
    answers = [await job.action(Siblings(*[sibling] * 5)) for job in JOBS]
    assert answers[-1] == {"done": "/health-reports"}
