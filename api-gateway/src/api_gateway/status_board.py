"""The platform's status, made once for all who ask at about the same time."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Final

from api_gateway.ailments import ailments
from api_gateway.shape_status import Gathered, shape_status
from service_kit.series import Series

FRESH_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True)
class _Made:
    body: bytes
    ailments: tuple[str, ...]


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
        self._making: asyncio.Task[_Made] | None = None
        self._fresh_until = float("-inf")

    async def read(self) -> bytes:
        """JSON; never older than `FRESH_SECONDS`, and one who gives up spoils it for nobody."""
        return (await self._made()).body

    async def ailments(self) -> tuple[str, ...]:
        """What is wrong, in sentences, as of the same moment."""
        return (await self._made()).ailments

    async def _made(self) -> _Made:
        making = self._making
        if making is None or (making.done() and self._monotonic() >= self._fresh_until):
            making = self._making = asyncio.create_task(self._make())
        return await asyncio.shield(making)

    async def _make(self) -> _Made:
        try:
            status = shape_status(await self._gather(), self._watched)
            return _Made(status.model_dump_json(by_alias=True).encode(), ailments(status))
        finally:
            self._fresh_until = self._monotonic() + FRESH_SECONDS
