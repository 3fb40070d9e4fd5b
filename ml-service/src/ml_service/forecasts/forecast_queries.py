"""The last forecasts of a series, as live performance and drift need them."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from service_kit.database import Database, driver_connection
from service_kit.series import Series

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ScoredForecasts:
    """Of one model, by time; those that it abstained from are only counted."""

    model_id: str
    open_time_ms: NDArray[np.int64]
    probabilities: FloatArray
    """(n, 3): down, neutral, up."""
    classes: NDArray[np.int64]
    """What came."""
    abstained: int


class ForecastQueries:
    """Every method raises StoreUnavailableError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def scored(self, series: Series, last: int) -> tuple[ScoredForecasts, ...]:
        """The last so many of the series, whichever model made them; newest model first."""
        async with driver_connection(self._database) as connection:
            rows = await connection.fetch(_SCORED, *series.key, last)
        by_model: dict[str, list[Any]] = {}  # Any: an asyncpg record
        for row in rows:
            by_model.setdefault(row["model_id"], []).append(row)
        return tuple(_of_model(*one) for one in by_model.items())

    async def scored_of(self, series: Series, model_id: str, last: int) -> ScoredForecasts:
        """The last so many of one model."""
        async with driver_connection(self._database) as connection:
            rows = await connection.fetch(_SCORED_OF, *series.key, last, model_id)
        return _of_model(model_id, rows)

    async def features(self, series: Series, model_id: str, last: int) -> FloatArray:
        """(n, features) of the model's last forecasts, scored or not, by time."""
        async with driver_connection(self._database) as connection:
            rows = await connection.fetch(_FEATURES, *series.key, model_id, last)
        return np.array([row[0] for row in reversed(rows)], dtype=np.float64)


def _of_model(model_id: str, newest_first: list[Any]) -> ScoredForecasts:  # Any: asyncpg records
    rows = newest_first[::-1]
    answered = [row for row in rows if not row["abstained"]]
    shares = [(row["p_down"], row["p_neutral"], row["p_up"]) for row in answered]
    return ScoredForecasts(
        model_id,
        np.array([row["timestamp"] for row in answered], dtype=np.int64),
        np.array(shares, dtype=np.float64).reshape(-1, 3),
        np.array([row["outcome"] for row in answered], dtype=np.int64),
        abstained=len(rows) - len(answered),
    )


_OF_SERIES: Final = "symbol = $1 AND timeframe = $2::text::timeframe"
_COLUMNS: Final = "timestamp, model_id, p_down, p_neutral, p_up, abstained, outcome"
_SCORED: Final = f"""
    SELECT {_COLUMNS} FROM predictions WHERE {_OF_SERIES} AND outcome IS NOT NULL
    ORDER BY timestamp DESC LIMIT $3
"""  # noqa: S608 - constants of this file
_SCORED_OF: Final = f"""
    SELECT {_COLUMNS} FROM predictions
    WHERE {_OF_SERIES} AND outcome IS NOT NULL AND model_id = $4
    ORDER BY timestamp DESC LIMIT $3
"""  # noqa: S608 - constants of this file
_FEATURES: Final = f"""
    SELECT features FROM predictions WHERE {_OF_SERIES} AND model_id = $3
    ORDER BY timestamp DESC LIMIT $4
"""  # noqa: S608 - constants of this file
