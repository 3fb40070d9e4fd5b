"""What can go wrong between the exchange and the tables.

MarketError
├── InvalidCandleError            a row that is no candle
└── InvalidFrameError             a message of the stream that means nothing to us

UnavailableError                  of service-kit: answered as 503
├── StoreUnavailableError         the database is away; whatever was to be written is still here
└── ExchangeError
    ├── TransientExchangeError    asking again soon may help
    ├── HostRefusedError          this host will not serve us (451, 403); another one may
    ├── RateLimitedError          nobody may ask before `until_ms`
    └── PermanentExchangeError    asking again changes nothing
"""

from collections.abc import Mapping

from market_service.fault_kind import FaultKind
from service_kit.errors import UnavailableError


class MarketError(ValueError):
    """Something that the exchange sent is not what it promised."""

    def __init__(self, reason: FaultKind) -> None:
        super().__init__(reason.value)
        self.reason = reason


class InvalidCandleError(MarketError):
    """The row breaks a rule of candles."""


class InvalidFrameError(MarketError):
    """The message is no frame of a stream that we know."""


class ExchangeError(UnavailableError):
    """The exchange did not give what it was asked for."""

    def __init__(
        self, message: str, fault: FaultKind, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message, headers=headers)
        self.fault = fault


class TransientExchangeError(ExchangeError):
    """Time-outs, 5xx, broken answers."""


class HostRefusedError(ExchangeError):
    """The host refuses this place of the world, or this client."""

    def __init__(self, message: str) -> None:
        super().__init__(message, FaultKind.REST_REFUSED)


class RateLimitedError(ExchangeError):
    """Carries the wall time until which nobody may ask."""

    def __init__(
        self, until_ms: int, wall_ms: int, fault: FaultKind = FaultKind.REST_RATE_LIMITED
    ) -> None:
        self.until_ms = until_ms
        self.wait_seconds = max(1, -(-(until_ms - wall_ms) // 1000))
        super().__init__(
            f"the exchange takes no request for {self.wait_seconds} s",
            fault,
            headers={"Retry-After": str(self.wait_seconds)},
        )


class PermanentExchangeError(ExchangeError):
    """The request itself is wrong, such as a symbol that the exchange does not list."""

    def __init__(self, message: str) -> None:
        super().__init__(message, FaultKind.REST_WRONG_REQUEST)
