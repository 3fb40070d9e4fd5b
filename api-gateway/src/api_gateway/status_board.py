"""The platform's status, made once for all who ask at about the same time."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import Final

from api_gateway.shape_status import Gathered, shape_status
from service_kit.series import Series

FRESH_SECONDS: Final = 1.0


class StatusBoard:
    def __init__(
        self,
        gather: Callable[[], Awaitable[Gathered]],
        watched: Iterable[Series],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._gather = gather
        self._watched = tuple(watched)
        self._monotonic = monotonic
        self._making: asyncio.Task[bytes] | None = None
        self._fresh_until = float("-inf")

    async def read(self) -> bytes:
        """JSON; never older than `FRESH_SECONDS`, and one who gives up spoils it for nobody."""
        making = self._making
        if making is None or (making.done() and self._monotonic() >= self._fresh_until):
            making = self._making = asyncio.create_task(self._make())
        return await asyncio.shield(making)

    async def _make(self) -> bytes:
        try:
            status = shape_status(await self._gather(), self._watched)
            return status.model_dump_json(by_alias=True).encode()
        finally:
            self._fresh_until = self._monotonic() + FRESH_SECONDS
