"""Errors as this service's clients know them: `{detail}`, without the platform's envelope."""

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from service_kit.errors import ServiceError
from trading_core.errors import TradingError


def answer_with_detail(app: FastAPI) -> None:
    """In place of the handlers that `create_service` installed."""
    app.add_exception_handler(ServiceError, _on_service_error)
    app.add_exception_handler(TradingError, _on_trading_error)
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)


def _detail(status: int, sentence: str) -> Response:
    return Response(orjson.dumps({"detail": sentence}), status, media_type="application/json")


async def _on_service_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, ServiceError)  # noqa: S101 - FastAPI dispatches by this type
    return _detail(error.status, error.message)


async def _on_trading_error(_request: Request, error: Exception) -> Response:
    return _detail(400, str(error))


async def _on_http_exception(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - FastAPI dispatches by this type
    return _detail(error.status_code, str(error.detail))


async def _on_invalid_request(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - FastAPI dispatches by this type
    wrong = (f"{'.'.join(map(str, e['loc'][1:])) or 'body'}: {e['msg']}" for e in error.errors())
    return _detail(400, "; ".join(wrong)[:500])
