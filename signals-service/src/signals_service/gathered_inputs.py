"""What one closed candle is decided from, and how it is kept with the signal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from service_kit.candle_windows import CandleWindow
from signals_service.signal_row import JsonObject
from trading_core.decision.family import Family
from trading_core.decision.inputs import BarInputs
from trading_core.patterns.sightings import PatternSighting

PRESENT: Final = "present"


class Source(StrEnum):
    """Indicators are required; a decision is made without any of the others."""

    INDICATORS = "indicators"
    PATTERNS = "patterns"
    VOLUME = "volume"
    PREDICTION = "prediction"


FAMILIES: Final = {
    Source.PATTERNS: Family.PATTERNS,
    Source.VOLUME: Family.VOLUME,
    Source.PREDICTION: Family.ML,
}
"""Whose evidence is missing when the source is."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Which market was watched: `live`, `replay` or `simulated`, and its name."""

    kind: str
    source: str


def remembered(
    sightings: Iterable[PatternSighting], bar_open_ms: int, memory_ms: int
) -> tuple[PatternSighting, ...]:
    """Those that still count at a bar: an outage makes the last so many bars reach back further."""
    return tuple(one for one in sightings if one.opened_at_ms > bar_open_ms - memory_ms)


@dataclass(frozen=True, slots=True)
class GatheredInputs:
    bar: BarInputs
    window: CandleWindow
    """Ends with the decided candle; every source saw these very versions of it."""
    absent: Mapping[Source, str]
    """Why, by source."""

    def stored(self, feed: Feed) -> JsonObject:
        """Everything that is needed to decide the candle again."""
        candles = self.window.candles
        return {
            "candles": {
                "fromMs": candles.first_open_ms,
                "untilMs": candles.closed_until_ms,
                "count": len(candles),
                "hash": candles.content_hash(),
                "asOfMs": self.window.as_of_ms,
                "firstAvailableMs": self.window.first_available_ms,
            },
            "outages": [[gone.start_ms, gone.end_ms] for gone in self.window.outages],
            "sources": {source.value: self._state(source) for source in Source},
            "bar": self.bar.to_json(),
            "feed": {"kind": feed.kind, "source": feed.source},
        }

    def _state(self, source: Source) -> str:
        reason = self.absent.get(source)
        return PRESENT if reason is None else f"absent: {reason}"
