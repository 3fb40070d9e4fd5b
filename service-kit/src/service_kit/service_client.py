"""HTTP to a sibling: one kept-alive client, time-outs, retries, typed answers."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final, TypeVar

import aiohttp
import stamina
from pydantic import BaseModel, TypeAdapter, ValidationError

from service_kit.envelope import Envelope, ErrorEnvelope
from service_kit.errors import (
    BadRequestError,
    ConflictError,
    NotFoundError,
    ServiceError,
    UnavailableError,
)
from service_kit.kept_session import KeptSession
from service_kit.request_id import HEADER, current_request_id
from service_kit.sibling_metrics import SiblingMeter, nobodys_meter

T = TypeVar("T")

CONNECT_TIMEOUT_SECONDS: Final = 2.0
ATTEMPTS: Final = 3

_ERRORS_BY_STATUS: Final[dict[int, type[ServiceError]]] = {
    400: BadRequestError,
    404: NotFoundError,
    409: ConflictError,
}


class ServiceClient(KeptSession):
    """Open it once in the lifespan: `async with ServiceClient(url, "market") as market:`."""

    def __init__(
        self,
        base_url: str,
        name: str,
        *,
        timeout_seconds: float = 10.0,
        meter: SiblingMeter | None = None,
    ) -> None:
        timeout = aiohttp.ClientTimeout(timeout_seconds, connect=CONNECT_TIMEOUT_SECONDS)
        super().__init__(lambda: aiohttp.ClientSession(timeout=timeout))
        self._base_url = base_url.rstrip("/")
        self._name = name
        self._meter = meter or nobodys_meter(name)

    async def get(
        self, path: str, answer: type[T], params: Mapping[str, str | int] | None = None
    ) -> T:
        """The answer's `data` as `answer`. Retried, since a GET changes nothing.

        Raises:
            ServiceError: the sibling's own 400, 404 or 409; else UnavailableError.

        """
        async for attempt in stamina.retry_context(
            on=UnavailableError, attempts=ATTEMPTS, wait_initial=0.05, wait_max=0.5
        ):
            with attempt:
                return await self._call("GET", path, answer, params, None)
        raise AssertionError("stamina either returns or raises")

    async def post(
        self,
        path: str,
        answer: type[T],
        params: Mapping[str, str | int] | None = None,
        body: BaseModel | None = None,
    ) -> T:
        """Like `get`, but sent once: the caller knows whether it may be repeated."""
        return await self._call("POST", path, answer, params, body)

    async def _call(
        self,
        method: str,
        path: str,
        answer: type[T],
        params: Mapping[str, str | int] | None,
        body: BaseModel | None,
    ) -> T:
        request_id = current_request_id()
        try:
            with self._meter.asking() as asked:
                async with self._session.request(
                    method,
                    self._base_url + path,
                    params=params,
                    json=None if body is None else body.model_dump(mode="json", by_alias=True),
                    headers={HEADER: request_id} if request_id else None,
                ) as response:
                    read = await response.read()
                    asked.answered(response.status)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise UnavailableError(f"{self._name} cannot be reached") from error
        return self._read(response.status, read, answer)

    def _read(self, status: int, body: bytes, answer: type[T]) -> T:
        try:
            if status < HTTPStatus.BAD_REQUEST:
                return TypeAdapter(Envelope[answer]).validate_json(body).data  # type: ignore[valid-type] # a type given at run time
            message = ErrorEnvelope.model_validate_json(body).error.message
        except ValidationError as error:
            raise UnavailableError(f"{self._name} answered {status} unreadably") from error
        raise _ERRORS_BY_STATUS.get(status, UnavailableError)(message)
