"""What came of one file, for people and programs."""

from dataclasses import asdict, dataclass
from typing import Any

from market_service.candle_store import Difference
from market_service.import_candles.file_row import BadRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """How many there are, and the first of them."""

    count: int = 0
    first: tuple[BadRow | Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """Counts are of bars, or rows where it says so; times are opens, in ms."""

    file: str
    sha256: str | None = None
    symbol: str | None = None
    timeframe: str | None = None
    refused: str | None = None
    """Why nothing of the file was imported; else None."""
    rows: int = 0
    first_ms: int | None = None
    last_ms: int | None = None
    new: int = 0
    same: int = 0
    """Stored before, with the same values."""
    replaced: int = 0
    bad_rows: Listed = Listed()
    differences: Listed = Listed()
    outages: int = 0
    outage_bars: int = 0
    """Newly known to be missing at the exchange itself."""
    missing_bars: int = 0
    """Between the file's first bar and its last, neither stored nor a known outage."""
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:  # Any: JSON
        return asdict(self, dict_factory=lambda fields: {_camel(k): v for k, v in fields})


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)
