"""The exchange's error answers, by its documented codes."""

from collections.abc import Mapping


class BinanceError(Exception):
    """An answer `{"code", "msg"}`; the functions below are the ones this exchange gives."""

    def __init__(
        self,
        code: int,
        message: str,
        *,
        status: int = 400,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.headers = headers or {}


def missing_parameter(name: str) -> BinanceError:
    return BinanceError(
        -1102, f"Mandatory parameter '{name}' was not sent, was empty/null, or malformed."
    )


def empty_parameter(name: str) -> BinanceError:
    return BinanceError(-1105, f"Parameter '{name}' was empty.")


def illegal_characters(name: str, legal: str) -> BinanceError:
    return BinanceError(
        -1100, f"Illegal characters found in parameter '{name}'; legal range is '{legal}'."
    )


def invalid_value(name: str) -> BinanceError:
    return BinanceError(-1130, f"Data sent for parameter '{name}' is not valid.")


def invalid_symbol() -> BinanceError:
    return BinanceError(-1121, "Invalid symbol.")


def invalid_interval() -> BinanceError:
    return BinanceError(-1120, "Invalid interval.")


def invalid_combination() -> BinanceError:
    return BinanceError(-1128, "Combination of optional parameters invalid.")


def too_much_weight(limit: int, retry_after_seconds: int) -> BinanceError:
    return BinanceError(
        -1003,
        f"Too much request weight used; current limit is {limit} request weight per 1 MINUTE. "
        "Please use WebSocket Streams for live updates to avoid polling the API.",
        status=429,
        headers={"Retry-After": str(retry_after_seconds)},
    )


def banned(until_wall_ms: int, retry_after_seconds: int) -> BinanceError:
    return BinanceError(
        -1003,
        f"Way too much request weight used; IP banned until {until_wall_ms}. "
        "Please use WebSocket Streams for live updates to avoid bans.",
        status=418,
        headers={"Retry-After": str(retry_after_seconds)},
    )
