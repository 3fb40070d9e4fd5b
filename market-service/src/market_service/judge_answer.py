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

WEIGHT_HEADER: Final = "x-mbx-used-weight-1m"

TOO_MANY: Final = 429
BANNED: Final = 418
FORBIDDEN: Final = 403
UNAVAILABLE_FOR_LEGAL_REASONS: Final = 451
SERVER_ERROR: Final = 500
BAD_REQUEST: Final = 400

PAUSE_SECONDS: Final[Mapping[int, int]] = {TOO_MANY: 60, BANNED: 120, FORBIDDEN: 300}
"""How long to keep quiet where the exchange does not say: its shortest ban, its longest window."""

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
        return RateLimitedError(wall_ms + pause_seconds * 1000, wall_ms)
    if status in (FORBIDDEN, UNAVAILABLE_FOR_LEGAL_REASONS):
        return HostRefusedError(f"the exchange refuses to serve us here (HTTP {status})")
    if status >= SERVER_ERROR:
        return TransientExchangeError(f"the exchange is in trouble (HTTP {status})")
    return _judge_body(status, body)


def read_seconds(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() else None


def _judge_body(status: int, body: object) -> ExchangeError | None:
    if body is None:
        return TransientExchangeError("the exchange's answer is no JSON")
    code = body.get("code") if isinstance(body, dict) else None
    if status < BAD_REQUEST and code is None:
        return None
    if code in TRANSIENT_CODES:
        return TransientExchangeError(f"the exchange is in trouble (code {code})")
    return PermanentExchangeError(f"the exchange refuses the request (HTTP {status}, code {code})")
