"""Faults of the market itself: outages, revisions, and the exchange's own clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import Field

from exchange_simulator.faults.entries import FaultEntry, LastingEntry, MarketEntry
from exchange_simulator.faults.fault import Fault
from exchange_simulator.random_source import coin, random_source

USUAL_SKEW_SECONDS: Final = 3.0
MOST_SKEW_SECONDS: Final = 60


class RevisedEntry(MarketEntry):
    announce: bool = True
    """Whether about half of the revisions are told by a second closing frame."""


class SkewEntry(LastingEntry):
    seconds: Annotated[float, Field(ge=-MOST_SKEW_SECONDS, le=MOST_SKEW_SECONDS)] | None = None
    """Wall seconds that the exchange's clock is ahead; ±3 by the seed where nothing is said."""


@dataclass(frozen=True, slots=True)
class MarketKind:
    entry: type[FaultEntry]
    corrects: bool = False
    """Whether it changes what is told of the past."""


MARKET_KINDS: Final[Mapping[str, MarketKind]] = {
    "revised_candles": MarketKind(RevisedEntry, corrects=True),
    "outage": MarketKind(MarketEntry, corrects=True),
    "clock_skew": MarketKind(SkewEntry),
}

CORRECTING: Final = frozenset(name for name, kind in MARKET_KINDS.items() if kind.corrects)


def skew_ms(fault: Fault) -> int:
    """Wall milliseconds that the exchange's clock is ahead while this fault lasts."""
    if not isinstance(fault.entry, SkewEntry):
        return 0
    if fault.entry.seconds is not None:
        return round(fault.entry.seconds * 1000)
    ahead = coin(random_source(fault.seed, "skew", fault.index))
    return round((USUAL_SKEW_SECONDS if ahead else -USUAL_SKEW_SECONDS) * 1000)
