"""The envelope of every answer: `{"success": true, "data": …}`, sometimes with a message."""

from collections.abc import Mapping
from typing import Any, Generic, Literal, TypeVar

import orjson
from fastapi import Response
from pydantic import BaseModel

DataT = TypeVar("DataT")


class Envelope(BaseModel, Generic[DataT]):
    """For the OpenAPI document: what `success()` sends."""

    success: Literal[True]
    data: DataT
    message: str | None = None


class ErrorBody(BaseModel):
    message: str
    type: str
    requestId: str | None = None  # noqa: N815 - the contract's spelling
    details: list[Any] | None = None  # Any: whatever JSON explains the error


class ErrorEnvelope(BaseModel):
    """For the OpenAPI document: what `service_kit.errors` sends."""

    success: Literal[False]
    error: ErrorBody


Responses = dict[int | str, dict[str, Any]]  # Any: FastAPI's own type


def error_responses(*statuses: int) -> Responses:
    """For the OpenAPI document: that a router's routes may answer these."""
    return {status: {"model": ErrorEnvelope} for status in statuses}


def success(
    data: object, *, message: str | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """Data as JSON in the envelope; bytes are taken for JSON that is ready to send."""
    encoded = data if isinstance(data, bytes) else orjson.dumps(_plain(data))
    tail = b"" if message is None else b',"message":' + orjson.dumps(message)
    body = b'{"success":true,"data":' + encoded + tail + b"}"
    return Response(body, 200, dict(headers or {}), media_type="application/json")


def _plain(data: object) -> object:
    return data.model_dump(mode="json", by_alias=True) if isinstance(data, BaseModel) else data
