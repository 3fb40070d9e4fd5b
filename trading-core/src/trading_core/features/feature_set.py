"""A named, versioned list of features, and the way to compute them over candles."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from trading_core.candles import Candles
from trading_core.indicators.values import FloatArray

Compute = Callable[[Candles, int, int], FloatArray]
"""(candles, since_ms, first_available_ms) → (bars that open at or after `since_ms`, features)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureSet:
    """A change of what any of its numbers means is a new version."""

    name: str
    version: int
    names: tuple[str, ...]
    """Of the columns, in their order."""
    look_back_bars: int
    """Bars before its own that a row looks at; an average that never ends counts its period."""
    compute: Compute
    """NaN where a feature is not warm or not defined; `feature_table` is what to call."""

    @property
    def schema_hash(self) -> str:
        """SHA-256, in hexadecimal, of name, version and names."""
        schema = json.dumps([self.name, self.version, self.names], separators=(",", ":"))
        return hashlib.sha256(schema.encode()).hexdigest()
