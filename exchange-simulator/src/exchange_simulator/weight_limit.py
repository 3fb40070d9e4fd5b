"""Request weight for each IP address: 6,000 in a minute of wall time, then 429, then a ban."""

from dataclasses import dataclass, field
from typing import Final

from exchange_simulator.binance_errors import BinanceError, banned, too_much_weight
from trading_core.timeframe import DAY_MS, MINUTE_MS

WEIGHT_PER_MINUTE: Final = 6_000

TOLERATED_AFTER_429: Final = 5
"""Requests that may still be under way when the first 429 arrives; the next one brings a ban."""

FIRST_BAN_MS: Final = 2 * MINUTE_MS
LONGEST_BAN_MS: Final = 3 * DAY_MS


@dataclass(slots=True)
class _Account:
    minute: int = 0
    used: int = 0
    refused: int = 0
    bans: int = 0
    banned_until_ms: int = 0


@dataclass(slots=True)
class WeightLimit:
    """Counts by whole minutes, as the exchange does; every ban lasts twice as long as the last."""

    limit: int = WEIGHT_PER_MINUTE
    _accounts: dict[str, _Account] = field(default_factory=dict)

    def charge(self, ip: str, weight: int, wall_ms: int) -> int:
        """Weight used in this minute, this request included.

        Raises:
            BinanceError: 429 over the limit, 418 for those who go on, both with Retry-After.

        """
        account = self._account(ip, wall_ms)
        if wall_ms < account.banned_until_ms:
            raise _ban(account, wall_ms)
        account.used += weight
        if account.used <= self.limit:
            return account.used
        account.refused += 1
        if account.refused > TOLERATED_AFTER_429:
            account.bans += 1
            account.banned_until_ms = wall_ms + _ban_length_ms(account.bans)
            raise _ban(account, wall_ms)
        raise too_much_weight(self.limit, _seconds(MINUTE_MS - wall_ms % MINUTE_MS))

    def used(self, ip: str, wall_ms: int) -> int:
        return self._account(ip, wall_ms).used

    def _account(self, ip: str, wall_ms: int) -> _Account:
        account = self._accounts.setdefault(ip, _Account())
        if account.minute != wall_ms // MINUTE_MS:
            account.minute = wall_ms // MINUTE_MS
            account.used = account.refused = 0
        return account


def _ban(account: _Account, wall_ms: int) -> BinanceError:
    remaining_ms = account.banned_until_ms - wall_ms
    return banned(account.banned_until_ms, _seconds(remaining_ms))


def _ban_length_ms(bans: int) -> int:
    return int(min(FIRST_BAN_MS << (bans - 1), LONGEST_BAN_MS))


def _seconds(duration_ms: int) -> int:
    """Rounded up: whoever waits so long has waited enough."""
    return -(-duration_ms // 1000)
