from typing import Any

from scheduler_service.jobs import JOBS, Siblings
from scheduler_service.period import WEEK, Period
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
    }


async def test_each_job_has_its_sibling_do_the_work() -> None:
    market, signals, ml, gateway = (Sibling() for _ in range(4))
    for job in JOBS:
        await job.action(Siblings(market, signals, ml, gateway))
    assert market.posted == [("/collect", {"timeframe": t}) for t in Timeframe]
    assert signals.posted == [("/confidence-maps/refit", None)]
    assert ml.posted == [("/retrain", {"older_than_days": 6})]
    assert gateway.posted == [("/room-events/prune", None)]


async def test_a_job_answers_what_its_sibling_said() -> None:
    sibling = Sibling()
    answers = [await job.action(Siblings(sibling, sibling, sibling, sibling)) for job in JOBS]
    assert answers[-1] == {"done": "/room-events/prune"}
