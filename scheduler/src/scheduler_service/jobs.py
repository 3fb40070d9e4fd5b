"""Every job of the platform, as a table: its name, when it is due, what is then said to whom."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Protocol

from trading_core.timeframe import Timeframe

Answer = list[dict[str, Any]]  # Any: JSON; it is shown as it came

COLLECT_SECONDS: Final = 60.0
"""How long a sibling may take; a long backfill goes on there without us."""


class MarketService(Protocol):
    async def post(
        self, path: str, answer: type[Answer], params: dict[str, str | int] | None = None
    ) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Job:
    """Due just after each bar of `timeframe` has closed."""

    name: str
    timeframe: Timeframe
    action: Callable[[MarketService], Awaitable[Answer]]


async def collect(market: MarketService, *, timeframe: Timeframe) -> Answer:
    """Have the candles of every symbol fetched up to now, and holes healed."""
    return await market.post("/collect", Answer, params={"timeframe": timeframe})


JOBS: Final = tuple(
    Job(f"collect-{timeframe}", timeframe, partial(collect, timeframe=timeframe))
    for timeframe in Timeframe
)
