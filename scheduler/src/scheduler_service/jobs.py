"""Every job of the platform, as a table: its name, when it is due, what is then said to whom."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Protocol

from scheduler_service.period import WEEK, Period, daily_at
from trading_core.timeframe import Timeframe

Answer = Any
"""JSON of a sibling's; it is shown as it came."""

CALL_SECONDS: Final = 60.0
"""How long a sibling may take; a long backfill goes on there without us."""


class Sibling(Protocol):
    async def post(
        self, path: str, answer: type[Answer], params: dict[str, str | int] | None = None
    ) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Siblings:
    """Whom a job may speak to."""

    market: Sibling
    signals: Sibling
    ml: Sibling
    gateway: Sibling
    maintenance: Sibling


@dataclass(frozen=True, slots=True)
class Job:
    """Due just after each `period` has ended."""

    name: str
    purpose: str
    """What it is good for, for people."""
    period: Period
    action: Callable[[Siblings], Awaitable[Answer]]


async def collect(siblings: Siblings, *, timeframe: Timeframe) -> Answer:
    return await siblings.market.post("/collect", object, params={"timeframe": timeframe})


async def refit_confidence_maps(siblings: Siblings) -> Answer:
    return await siblings.signals.post("/confidence-maps/refit", object)


async def retrain_models(siblings: Siblings) -> Answer:
    return await siblings.ml.post("/retrain", object, params={"older_than_days": 6})


async def prune_room_events(siblings: Siblings) -> Answer:
    return await siblings.gateway.post("/room-events/prune", object)


async def back_up(siblings: Siblings) -> Answer:
    return await siblings.maintenance.post("/backups", object, params={"older_than_hours": 20})


async def clean_up(siblings: Siblings) -> Answer:
    return await siblings.maintenance.post("/clean-up", object)


async def report_health(siblings: Siblings) -> Answer:
    return await siblings.maintenance.post("/health-reports", object)


JOBS: Final = (
    *(
        Job(
            f"collect-{timeframe}",
            f"Fetches {timeframe} candles that are missing: the net under the stream.",
            Period.of(timeframe),
            partial(collect, timeframe=timeframe),
        )
        for timeframe in Timeframe
    ),
    Job(
        "refit-confidence-maps",
        "Fits confidence anew to the outcomes of signals that have closed since.",
        Period.of(Timeframe.H1),
        refit_confidence_maps,
    ),
    Job(
        "retrain-models",
        "Trains the models anew that were last trained in an earlier week.",
        WEEK,
        retrain_models,
    ),
    Job(
        "prune-room-events",
        "Forgets live events that nobody will resume from.",
        Period.of(Timeframe.M5),
        prune_room_events,
    ),
    Job(
        "back-up",
        "Begins a backup of the database where the newest one is not of today.",
        daily_at(2, first_wait_minutes=10),
        back_up,
    ),
    Job(
        "clean-up",
        "Deletes backups and reports that are kept no longer.",
        daily_at(4, first_wait_minutes=20),
        clean_up,
    ),
    Job(
        "report-health",
        "Writes down how the platform is, and what there is to complain of.",
        daily_at(6, first_wait_minutes=30),
        report_health,
    ),
)
NAMES: Final = tuple(job.name for job in JOBS)
