"""HTTP connections that end when their client takes too long to ask, or to take the answer.

Uvicorn by itself waits for ever for the rest of a request: connections that say nothing, or a byte
now and then, would be kept until there are no more.
"""

import asyncio
from collections.abc import Callable
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADER_SECONDS: Final = 10.0
"""From the connection, or a later request's first byte, to the end of its headers."""
BODY_SECONDS: Final = 30.0
TAKING_SECONDS: Final = 30.0
"""For how long a client may take nothing of an answer that waits for it."""


class Deadline:
    """Something happens unless it is cleared, or set anew, before."""

    def __init__(self, expire: Callable[[], None]) -> None:
        self._expire = expire
        self._timer: asyncio.TimerHandle | None = None

    def set(self, seconds: float) -> None:
        self.clear()
        self._timer = asyncio.get_running_loop().call_later(seconds, self._expire)

    def clear(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    @property
    def is_set(self) -> bool:
        return self._timer is not None


class PatientHttpProtocol(HttpToolsProtocol):
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's own
        super().connection_made(transport)
        self._asking = Deadline(transport.abort)
        self._taking = Deadline(transport.abort)
        self._asking.set(HEADER_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        self._asking.clear()
        self._taking.clear()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if not self._asking.is_set:
            self._asking.set(HEADER_SECONDS)

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        self._asking.set(BODY_SECONDS)

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._asking.clear()

    def handle_websocket_upgrade(self) -> None:
        self._asking.clear()
        super().handle_websocket_upgrade()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._taking.set(TAKING_SECONDS)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._taking.clear()
