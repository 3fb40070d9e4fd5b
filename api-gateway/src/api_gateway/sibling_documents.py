"""The siblings' OpenAPI documents, asked for now and then; of one that is away, the last known."""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Final

import aiohttp

from api_gateway.forward_routes import ForwardRoute
from api_gateway.openapi_document import Document, public_paths
from service_kit.kept_session import KeptSession
from service_kit.logging import get_logger

log = get_logger(__name__)

REFRESH_SECONDS: Final = 30.0
TIMEOUT_SECONDS: Final = 2.0


class SiblingDocuments(KeptSession):
    """`async with` opens its client; `current()` is every document that is known."""

    def __init__(
        self, routes: Iterable[ForwardRoute], monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        timeout = aiohttp.ClientTimeout(TIMEOUT_SECONDS)
        super().__init__(lambda: aiohttp.ClientSession(timeout=timeout))
        self._routes = {route.sibling: route for route in routes}
        self._monotonic = monotonic
        self._known: dict[str, Document] = {}
        self._asked_at = float("-inf")

    async def current(self) -> Mapping[str, Document]:
        complete = self._known.keys() == self._routes.keys()
        if not complete or self._monotonic() - self._asked_at >= REFRESH_SECONDS:
            self._asked_at = self._monotonic()
            await asyncio.gather(*(self._ask(name) for name in self._routes))
        return self._known

    async def _ask(self, name: str) -> None:
        try:
            route = self._routes[name]
            async with self._session.get(f"{route.base_url}/openapi.json") as answer:
                answer.raise_for_status()
                self._known[name] = public_paths(await answer.json(), route)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            log.warning("document_unavailable", sibling=name, error=str(error)[:200])
