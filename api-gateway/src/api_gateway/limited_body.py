"""A request's body as it comes, up to a limit."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Final

from starlette.requests import ClientDisconnect, Request

LARGEST_BODY_BYTES: Final = 1024 * 1024
DRAINED_BYTES: Final = 1024 * 1024
DRAINED_SECONDS: Final = 1.0


class BodyTooLargeError(ValueError):
    """More came than is allowed."""


class LimitedBody:
    """An async iterable; reading past the limit raises BodyTooLargeError and is remembered."""

    def __init__(self, request: Request, limit_bytes: int = LARGEST_BODY_BYTES) -> None:
        self._request = request
        self._chunks = request.stream()
        """One for both who read: it may end with the very chunk that is too much."""
        self._limit = limit_bytes
        self.was_too_large = False

    @property
    def is_present(self) -> bool:
        headers = self._request.headers
        return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"

    @property
    def is_announced_too_large(self) -> bool:
        announced = self._request.headers.get("content-length", "0")
        return announced.isdecimal() and int(announced) > self._limit

    async def drain(self) -> None:
        """Read away a little of what is too much: who is still sending may miss our answer."""
        left = DRAINED_BYTES
        with suppress(ClientDisconnect, TimeoutError):
            async with asyncio.timeout(DRAINED_SECONDS):
                async for chunk in self._chunks:
                    left -= len(chunk)
                    if left < 0:
                        return

    async def __aiter__(self) -> AsyncIterator[bytes]:
        received = 0
        async for chunk in self._chunks:
            received += len(chunk)
            if received > self._limit:
                self.was_too_large = True
                raise BodyTooLargeError
            if chunk:
                yield chunk
