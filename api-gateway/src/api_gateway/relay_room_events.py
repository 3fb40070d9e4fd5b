"""What is appended to the log of rooms goes to the sockets: in order, once, with its number.

Hints only wake it up; every second it looks by itself. While the database is away it stands, and
then goes on where it stood.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import suppress
from typing import Final, Protocol

from prometheus_client import Counter
from pydantic import ValidationError

from api_gateway.room_log import ReadingRoomLog, RoomPositions
from api_gateway.socket_messages import RoomDelivery, SnapshotReason, room_event
from api_gateway.trace_rooms import TracedRooms
from service_kit.errors import StoreUnavailableError
from service_kit.events import RoomEventsHint, Stream
from service_kit.logging import get_logger
from service_kit.room import Room
from service_kit.room_event_store import RoomEventKind
from service_kit.room_queries import RoomEvent

log = get_logger(__name__)

SWEEP_SECONDS: Final = 1.0
EVENTS_AT_ONCE: Final = 500


class HintSource(Protocol):
    def hints(self, stream: Stream) -> AsyncIterator[bytes]: ...


class TellingRooms(Protocol):
    def tell_room(self, room: Room, told: RoomDelivery) -> None: ...


class Resuming(Protocol):
    def keep(self, room: Room, told: RoomDelivery) -> None:
        """What the room is told now, for who comes back to it."""

    def break_off(self, room: Room, reason: SnapshotReason) -> None:
        """What the room was told is no longer the beginning of what it will be told."""


class HearingCloses(Protocol):
    def hear_closed(self, payload: str) -> None:
        """A closed candle went to its room."""


class RelayRoomEvents:
    def __init__(
        self,
        room_log: ReadingRoomLog,
        positions: RoomPositions,
        hints: HintSource,
        sockets: TellingRooms,
        resumes: Resuming,
        closes: HearingCloses,
        dropped: Counter,
    ) -> None:
        self._log = room_log
        self._positions = positions
        self._hints = hints
        self._sockets = sockets
        self._resumes = resumes
        self._closes = closes
        self._dropped = dropped
        self._woken = asyncio.Event()
        self._hinted: set[str] = set()
        self._is_away = False
        self._traced = TracedRooms(positions)

    async def listen(self) -> None:
        """For ever: take in hints."""
        async for data in self._hints.hints(Stream.ROOM_EVENTS):
            try:
                hint = RoomEventsHint.model_validate_json(data)
                self._hinted.update(hint.rooms)
                self._traced.heard(hint)
            except ValidationError as error:
                self._dropped.labels("redis").inc()
                log.warning("hint_dropped", error=str(error)[:200])
            self._woken.set()

    async def run(self) -> None:
        """For ever: send what is new, when woken and every second."""
        loop = asyncio.get_running_loop()
        sweep_at = loop.time()
        while True:
            hinted, self._hinted = self._hinted, set()
            self._woken.clear()
            with self._traced.telling():
                if loop.time() >= sweep_at:
                    sweep_at = loop.time() + SWEEP_SECONDS
                    await self._guarded(self.sweep())
                else:
                    await self._guarded(self._read(self._positions.seen(hinted)))
            with suppress(TimeoutError):
                async with asyncio.timeout(max(0.0, sweep_at - loop.time())):
                    await self._woken.wait()

    async def sweep(self) -> None:
        """Look into every room, and whether the log is still the same one.

        Raises StoreUnavailableError.
        """
        state = await self._log.state()
        known = self._positions.epoch
        broken = self._positions.follow(state)
        if known is not None and broken:
            log.warning("room_log_restarted", epoch=str(state.epoch), rooms=len(broken))
            for room in broken:
                self._resumes.break_off(room, SnapshotReason.LOG_RESTARTED)
        await self._read(self._positions.behind(state.heads))

    async def _read(self, seen: dict[str, int]) -> None:
        if self._positions.epoch is None:
            return
        while seen:
            events = await self._log.events_after(seen, EVENTS_AT_ONCE)
            for event in events:
                self._tell(event, self._positions.epoch)
            seen = self._positions.seen(seen) if len(events) == EVENTS_AT_ONCE else {}

    def _tell(self, event: RoomEvent, epoch: str) -> None:
        room = self._positions.rooms[event.room]
        is_next = event.seq == self._positions.told(room) + 1
        self._positions.advance(event)
        if not is_next:
            log.warning("room_events_lost", room=room.name, before=event.seq)
            self._resumes.break_off(room, SnapshotReason.TOO_OLD)
            return
        told = room_event(event, epoch)
        self._resumes.keep(room, told)
        self._sockets.tell_room(room, told)
        if event.event == RoomEventKind.CANDLE_UPDATE:
            self._closes.hear_closed(event.payload)

    async def _guarded(self, work: Awaitable[None]) -> None:
        try:
            await work
        except StoreUnavailableError as error:
            if not self._is_away:
                log.warning("room_log_away", reason=error.message)
            self._is_away = True
        else:
            if self._is_away:
                log.info("room_log_back")
            self._is_away = False
