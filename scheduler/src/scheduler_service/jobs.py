"""Every job of the platform, as a table: its name, when it is due, what is then said to whom."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Protocol

from scheduler_service.period import WEEK, Period
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
)
