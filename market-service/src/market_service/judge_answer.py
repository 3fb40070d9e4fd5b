"""What an HTTP answer of the exchange means: fine, or which of our errors."""

from collections.abc import Mapping
from typing import Final

from market_service.errors import (
    ExchangeError,
    HostRefusedError,
    PermanentExchangeError,
    RateLimitedError,
    TransientExchangeError,
)
from market_service.fault_kind import FaultKind

WEIGHT_HEADER: Final = "x-mbx-used-weight-1m"

TOO_MANY: Final = 429
BANNED: Final = 418
FORBIDDEN: Final = 403
UNAVAILABLE_FOR_LEGAL_REASONS: Final = 451
SERVER_ERROR: Final = 500
BAD_REQUEST: Final = 400

PAUSE_SECONDS: Final[Mapping[int, int]] = {TOO_MANY: 60, BANNED: 120, FORBIDDEN: 300}
"""How long to keep quiet where the exchange does not say: its shortest ban, its longest window."""
LONGEST_PAUSE_SECONDS: Final = 7 * 24 * 3600
"""The longest ban is three days; a number beyond all measure is an error of theirs."""

TRANSIENT_CODES: Final = frozenset({-1000, -1001, -1003, -1006, -1007, -1008, -1016})
"""Unknown, disconnected, too much weight, no reply, timed out, busy, shutting down."""


def judge_answer(
    status: int, headers: Mapping[str, str], body: object, wall_ms: int
) -> ExchangeError | None:
    """Read status, headers in lower case and parsed JSON (None where it was none).

    Returns what to raise, or None when the answer may be read.
    """
    retry_after = read_seconds(headers.get("retry-after"))
    if status in (TOO_MANY, BANNED) or (status == FORBIDDEN and retry_after is not None):
        pause_seconds = PAUSE_SECONDS[status] if retry_after is None else retry_after
        until_ms = wall_ms + min(pause_seconds, LONGEST_PAUSE_SECONDS) * 1000
        return RateLimitedError(until_ms, wall_ms, _FAULTS[status])
    if status in (FORBIDDEN, UNAVAILABLE_FOR_LEGAL_REASONS):
        return HostRefusedError(f"the exchange refuses to serve us here (HTTP {status})")
    if status >= SERVER_ERROR:
        return _in_trouble(f"HTTP {status}")
    return _judge_body(status, body)


def read_seconds(text: str | None) -> int | None:
    """None where it is no number of at most twelve digits."""
    is_number = text is not None and len(text) <= 12 and text.isascii() and text.isdigit()  # noqa: PLR2004
    return int(text) if text is not None and is_number else None


def _judge_body(status: int, body: object) -> ExchangeError | None:
    if body is None:
        return TransientExchangeError("the exchange's answer is no JSON", FaultKind.REST_NOT_JSON)
    code = body.get("code") if isinstance(body, dict) else None
    if status < BAD_REQUEST and code is None:
        return None
    if code in TRANSIENT_CODES:
        return _in_trouble(f"code {code}")
    return PermanentExchangeError(f"the exchange refuses the request (HTTP {status}, code {code})")


def _in_trouble(what: str) -> TransientExchangeError:
    return TransientExchangeError(
        f"the exchange is in trouble ({what})", FaultKind.REST_SERVER_ERROR
    )


_FAULTS: Final[Mapping[int, FaultKind]] = {
    TOO_MANY: FaultKind.REST_RATE_LIMITED,
    BANNED: FaultKind.REST_BANNED,
    FORBIDDEN: FaultKind.REST_REFUSED,
}
