"""`./eth signals tail`: signals as they are made, and what becomes of them, over Socket.IO.

A gateway that goes away is waited for; what was said meanwhile is asked for and comes in order.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any, Final

import socketio
from socketio.exceptions import SocketIOError

from eth_cli.room_follower import Payload, RoomFollower
from eth_cli.signal_line import signal_line
from eth_cli.stack_errors import StackError
from service_kit.room import Room

SHOWN: Final = frozenset({"new_signal", "signal_update"})
RETRY_SECONDS: Final = 1.0
ACK_SECONDS: Final = 10

Write = Callable[[str], None]


class TailSignals:
    """`write` gets what there is to show, `tell` what happens to the connection; line by line."""

    def __init__(
        self, url: str, rooms: tuple[Room, ...], write: Write, tell: Write, *, as_json: bool
    ) -> None:
        self._url = url
        self._follower = RoomFollower(rooms)
        self._write = write
        self._tell = tell
        self._line = _json_line if as_json else signal_line
        self._is_away = False
        self._is_read = True
        self._stop: Callable[[], object]

    async def run(self) -> None:
        """Until it is cancelled, or nobody reads any more.

        Raises StackError for a room that the gateway refuses.
        """
        following = asyncio.create_task(self._follow())
        self._stop = following.cancel
        try:
            await following
        except asyncio.CancelledError:
            if self._is_read:
                raise

    async def _follow(self) -> None:
        while True:
            socket = socketio.AsyncClient(reconnection=False)
            socket.on("*", self._hear)
            try:
                await socket.connect(self._url, transports=["websocket"])
                self._say_back(await self._enter(socket))
                await socket.wait()
            except (SocketIOError, TimeoutError):
                pass  # said below
            finally:
                await socket.disconnect()
            self._say_away()
            await asyncio.sleep(RETRY_SECONDS)

    async def _enter(self, socket: Any) -> int:  # noqa: ANN401 - socketio ships no types
        """Be told of every room from where we stand; returns how much was missed."""
        missed = 0
        for room in self._follower.rooms:
            event, body = self._follower.request(room)
            ack = await socket.call(event, body, timeout=ACK_SECONDS)
            if not ack["ok"] and event == "resume":
                raise TimeoutError(ack["error"])  # as of now; the room itself was accepted before
            if not ack["ok"]:
                raise StackError(f"{room.name}: {ack['error']}.")
            self._follower.accepted(room, ack)
            missed += ack.get("missed", 0)
        return missed

    async def _hear(self, event: str, payload: Payload) -> None:
        if event == "snapshot":
            self._tell(f"{payload['room']}: more was missed than can be told again.")
        elif self._follower.hears(payload) and event in SHOWN:
            self._show(self._line(event, payload))

    def _show(self, line: str) -> None:
        if not self._is_read:
            return
        try:
            self._write(line)
        except BrokenPipeError:
            self._is_read = False
            self._stop()

    def _say_back(self, missed: int) -> None:
        if self._is_away:
            self._tell(f"Connected again; {missed} events were missed and follow.")
        self._is_away = False

    def _say_away(self) -> None:
        if not self._is_away:
            self._tell("The gateway cannot be reached; trying again.")
        self._is_away = True


def _json_line(event: str, payload: Payload) -> str:
    return json.dumps({"event": event, **payload}, ensure_ascii=False)
