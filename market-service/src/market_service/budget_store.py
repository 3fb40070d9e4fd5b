"""The request weight that all our processes may spend at the exchange, in `exchange_budget`.

The exchange counts by whole minutes of wall time and address. Every request is charged before it
is sent, in one statement, so that processes that share the address share the budget.
"""

from typing import Final
from urllib.parse import urlsplit

from market_service.errors import RateLimitedError
from service_kit.clock import Clock
from service_kit.database import Database, driver_connection
from trading_core.timeframe import MINUTE_MS

EXCHANGE_LIMIT: Final = 6_000
OUR_SHARE: Final = 0.8
"""The rest is for whatever else asks from this address."""
OUR_LIMIT: Final = int(EXCHANGE_LIMIT * OUR_SHARE)


class BudgetStore:
    """Every method raises StoreUnavailableError."""

    def __init__(self, engine: Database, clock: Clock, exchange_url: str) -> None:
        self._engine = engine
        self._clock = clock
        self._host = urlsplit(exchange_url).netloc

    async def spend(self, weight: int) -> int:
        """Charge a request; returns what this minute has cost so far.

        Raises RateLimitedError when the exchange has stopped us, or our share is used up.
        """
        wall_ms = self._clock.wall_ms()
        charge = (self._host, _minute(wall_ms), weight, wall_ms, OUR_LIMIT)
        async with driver_connection(self._engine) as connection:
            used: int | None = await connection.fetchval(_SPEND, *charge)
            if used is not None:
                return used
            until_ms: int = await connection.fetchval(_FREE_AT, self._host)
        raise RateLimitedError(until_ms, wall_ms)

    async def learn(self, used_weight: int) -> None:
        """Take over the exchange's own count of this minute, where it is above ours."""
        minute_ms = _minute(self._clock.wall_ms())
        async with driver_connection(self._engine) as connection:
            await connection.execute(_LEARN, self._host, minute_ms, used_weight)

    async def block(self, until_ms: int) -> None:
        """Let nobody ask before this wall time."""
        minute_ms = _minute(self._clock.wall_ms())
        async with driver_connection(self._engine) as connection:
            await connection.execute(_BLOCK, self._host, minute_ms, until_ms)


def _minute(wall_ms: int) -> int:
    return wall_ms - wall_ms % MINUTE_MS


# A window from the future is one from before somebody set the clock back.
_SPEND: Final = f"""
    INSERT INTO exchange_budget AS budget (host, window_start_ms, used_weight)
    VALUES ($1, $2, $3)
    ON CONFLICT (host) DO UPDATE SET
        window_start_ms = CASE WHEN budget.window_start_ms BETWEEN $2 AND $2 + {MINUTE_MS}
            THEN budget.window_start_ms ELSE $2 END,
        used_weight = CASE WHEN budget.window_start_ms BETWEEN $2 AND $2 + {MINUTE_MS}
            THEN budget.used_weight ELSE 0 END + $3,
        blocked_until_ms = NULL
    WHERE coalesce(budget.blocked_until_ms, 0) <= $4
      AND (budget.window_start_ms NOT BETWEEN $2 AND $2 + {MINUTE_MS}
           OR budget.used_weight + $3 <= $5)
    RETURNING used_weight
"""  # noqa: S608 - a constant of the timeframe module
_FREE_AT: Final = f"""
    SELECT greatest(blocked_until_ms, window_start_ms + {MINUTE_MS})
    FROM exchange_budget WHERE host = $1
"""  # noqa: S608 - a constant of the timeframe module
_LEARN: Final = """
    UPDATE exchange_budget SET used_weight = greatest(used_weight, $3)
    WHERE host = $1 AND window_start_ms = $2
"""
_BLOCK: Final = """
    INSERT INTO exchange_budget AS budget (host, window_start_ms, used_weight, blocked_until_ms)
    VALUES ($1, $2, 0, $3)
    ON CONFLICT (host) DO UPDATE SET
        blocked_until_ms = greatest(budget.blocked_until_ms, excluded.blocked_until_ms)
"""
