"""Stored patterns as the public contract spells them."""

import uuid
from dataclasses import dataclass
from typing import Any, Final

from service_kit.series import Series
from service_kit.utc_text import utc_text
from trading_core.patterns.catalogue import CATALOGUE
from trading_core.patterns.sightings import PatternSighting

PATTERNS_ID_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "urn:eth-trading-platform:patterns")


@dataclass(frozen=True, slots=True)
class StoredPattern:
    sighting: PatternSighting
    created_at_ms: int
    """Wall time."""


def pattern_row(series: Series, stored: StoredPattern) -> dict[str, Any]:  # Any: JSON
    symbol, timeframe = series.key
    sighting = stored.sighting
    kind = sighting.pattern_type
    name = f"{symbol}/{timeframe}/{sighting.opened_at_ms}/{kind}"
    return {
        "id": str(uuid.uuid5(PATTERNS_ID_NAMESPACE, name)),
        "symbol": symbol,
        "timeframe": timeframe,
        "timestamp": sighting.opened_at_ms,
        "patternType": kind.value,
        "signal": kind.direction.value,
        "strength": sighting.strength,
        "description": CATALOGUE[kind].description,
        "createdAt": utc_text(stored.created_at_ms),
    }


def detected_pattern(stored: StoredPattern) -> dict[str, Any]:  # Any: JSON
    """As a detection answers it: without what the table adds."""
    sighting = stored.sighting
    kind = sighting.pattern_type
    return {
        "patternType": kind.value,
        "signal": kind.direction.value,
        "strength": sighting.strength,
        "description": CATALOGUE[kind].description,
        "timestamp": sighting.opened_at_ms,
    }
