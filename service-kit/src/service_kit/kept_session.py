"""One kept-alive HTTP session, open for as long as the one who asks through it is."""

from collections.abc import Callable
from types import TracebackType
from typing import Self

import aiohttp


class KeptSession:
    """`async with` opens it, once and in the lifespan, since a session belongs to its loop."""

    def __init__(self, open_session: Callable[[], aiohttp.ClientSession]) -> None:
        self._open_session = open_session
        self._opened: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._opened = self._open_session()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._opened is not None:
            await self._opened.close()
            self._opened = None

    @property
    def _session(self) -> aiohttp.ClientSession:
        if self._opened is None:
            raise RuntimeError(f"{type(self).__name__} is opened with `async with`")
        return self._opened
