"""What went over a page's socket: its requests, and the numbered events of the room it follows."""

import json
from typing import Any

from playwright.sync_api import Page, WebSocket

Body = dict[str, Any]  # Any: JSON
EVENT = "42"
"""Engine.IO's message and Socket.IO's event; an acknowledgement's number may follow."""


class SocketFrames:
    """Listens to every socket of the page from now on; hears only while Playwright waits."""

    def __init__(self, page: Page, room: str) -> None:
        symbol, _, self._timeframe = room.partition("_")
        self._symbol = symbol.replace("/", "")
        self.sent: list[tuple[str, Body]] = []
        self.numbers: list[int] = []
        page.on("websocket", self._listen)

    def requests(self, name: str) -> list[Body]:
        return [body for event, body in self.sent if event == name]

    @property
    def holes(self) -> list[int]:
        """Numbers between the first and the last that never came."""
        heard = set(self.numbers)
        return sorted(set(range(min(heard), max(heard))) - heard) if heard else []

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", self._take_sent)
        socket.on("framereceived", self._take_received)

    def _take_sent(self, frame: str | bytes) -> None:
        if (event := _event(frame)) is not None:
            self.sent.append(event)

    def _take_received(self, frame: str | bytes) -> None:
        _, body = _event(frame) or ("", {})
        if "seq" in body and (body.get("symbol"), body.get("timeframe")) == self._room:
            self.numbers.append(body["seq"])

    @property
    def _room(self) -> tuple[str, str]:
        return self._symbol, self._timeframe


def _event(frame: str | bytes) -> tuple[str, Body] | None:
    if not isinstance(frame, str) or not frame.startswith(EVENT):
        return None
    name, *arguments = json.loads(frame[len(EVENT) :].lstrip("0123456789"))
    return name, arguments[0] if arguments else {}
