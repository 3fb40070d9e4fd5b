"""What a service says when it cannot answer, and the envelope that it says it in.

ServiceError                     500  internal_error
├── BadRequestError              400  bad_request
├── UnauthorizedError            401  unauthorized
├── ForbiddenError               403  forbidden
├── NotFoundError                404  not_found
├── ConflictError                409  conflict
│   └── CandlesMissingError      409  candles_missing  a hole in what is to be computed from
└── UnavailableError             503  unavailable     a sibling or the exchange is away
    └── StoreUnavailableError    503  unavailable     the database is away
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service_kit.logging import get_logger
from service_kit.request_id import current_request_id
from trading_core.errors import TradingError
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import Timeframe

log = get_logger(__name__)


class ServiceError(Exception):
    status: ClassVar[int] = 500
    type: ClassVar[str] = "internal_error"

    def __init__(self, message: str, *, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.headers = headers


class BadRequestError(ServiceError):
    status = 400
    type = "bad_request"


class UnauthorizedError(ServiceError):
    status = 401
    type = "unauthorized"


class ForbiddenError(ServiceError):
    status = 403
    type = "forbidden"


class NotFoundError(ServiceError):
    status = 404
    type = "not_found"


class ConflictError(ServiceError):
    status = 409
    type = "conflict"


class CandlesMissingError(ConflictError):
    """Nothing is computed across a hole; it is being healed."""

    type = "candles_missing"

    def __init__(self, symbol: Symbol, timeframe: Timeframe, missing: Sequence[TimeRange]) -> None:
        bars = sum(timeframe.bars_between(hole.start_ms, hole.end_ms) for hole in missing)
        super().__init__(
            f"{bars} {timeframe} candles of {symbol.slashed} are missing, "
            f"the first opens at {missing[0].start_ms}"
        )
        self.missing = tuple(missing)


class UnavailableError(ServiceError):
    status = 503
    type = "unavailable"


class StoreUnavailableError(UnavailableError):
    """The database cannot be reached."""


_TYPES_BY_STATUS = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    413: "too_large",
    415: "unsupported_media_type",
    429: "too_many_requests",
    502: "bad_gateway",
    503: "unavailable",
    504: "timeout",
}


def error_response(
    status: int,
    message: str,
    *,
    type_: str | None = None,
    details: Sequence[Any] | None = None,  # Any: whatever JSON explains the error
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The envelope `{"success": false, "error": {message, type, requestId, details?}}`."""
    error: dict[str, Any] = {  # Any: heterogeneous JSON
        "message": message,
        "type": type_ or _TYPES_BY_STATUS.get(status, "internal_error"),
        "requestId": current_request_id(),
    }
    if details:
        error["details"] = details
    return Response(
        orjson.dumps({"success": False, "error": error}, default=str),
        status,
        dict(headers or {}),
        media_type="application/json",
    )


async def _on_service_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, ServiceError)  # noqa: S101 - FastAPI dispatches by this type
    return error_response(error.status, error.message, type_=error.type, headers=error.headers)


async def _on_trading_error(_request: Request, error: Exception) -> Response:
    return error_response(400, str(error))


async def _on_http_exception(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - FastAPI dispatches by this type
    return error_response(error.status_code, str(error.detail), headers=error.headers)


async def _on_invalid_request(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - FastAPI dispatches by this type
    details = [{"field": _field_name(e["loc"]), "message": e["msg"]} for e in error.errors()]
    message = "; ".join(f"{d['field']}: {d['message']}" for d in details)
    return error_response(400, message[:500], type_="validation_error", details=details)


def _field_name(location: Sequence[str | int]) -> str:
    """`("query", "limit")` → `limit`; a body that is no JSON has only its place."""
    return ".".join(map(str, location[1:])) or str(location[0])


async def _on_bug(request: Request, error: Exception) -> Response:
    log.error("request_failed", path=request.url.path, exc_info=error)
    return error_response(500, "something went wrong on our side")


class BugBoundary:
    """Answers what nobody handled, while the request's id is still known.

    Starlette's own handler stands outside every middleware, where it no longer is.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception as error:
            if scope["type"] != "http" or started:
                raise
            response = await _on_bug(Request(scope), error)
            await response(scope, receive, send)


def install_error_handlers(app: FastAPI) -> None:
    """Map every error to its status and the envelope, in this one place."""
    app.add_exception_handler(ServiceError, _on_service_error)
    app.add_exception_handler(TradingError, _on_trading_error)
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_middleware(BugBoundary)
