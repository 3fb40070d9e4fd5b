"""Who listens to which stream, and the sending of one frame to all of them."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from exchange_simulator.ending import EXPIRED, TOO_SLOW, Ending
from exchange_simulator.stream_frame import StreamFrame

FRAMES_IN_BACKLOG: Final = 2_048
"""A listener further behind than this is disconnected: some minutes of all streams at 120x."""


@dataclass(eq=False, slots=True)
class Listener:
    """One connection's outgoing side: frames wait here until its writer has sent them."""

    wrapped: bool
    """Whether frames come as `{"stream", "data"}`."""

    silent: bool = False
    """Whether it is sent nothing more, while the connection stays."""

    frames: asyncio.Queue[str | bytes] = field(
        default_factory=lambda: asyncio.Queue(FRAMES_IN_BACKLOG)
    )
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    ending: Ending = EXPIRED
    """Why its connection ends, once it has ended."""

    def offer(self, frame: str | bytes) -> None:
        if self.silent:
            return
        try:
            self.frames.put_nowait(frame)
        except asyncio.QueueFull:
            self.end(TOO_SLOW)

    def end(self, ending: Ending) -> None:
        if not self.ended.is_set():
            self.ending = ending
            self.ended.set()


@dataclass(slots=True)
class Subscriptions:
    _listeners: defaultdict[str, set[Listener]] = field(default_factory=lambda: defaultdict(set))
    _streams: defaultdict[Listener, dict[str, None]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def add(self, listener: Listener, streams: Iterable[str]) -> None:
        for stream in streams:
            self._listeners[stream].add(listener)
            self._streams[listener][stream] = None

    def remove(self, listener: Listener, streams: Iterable[str]) -> None:
        for stream in streams:
            self._streams[listener].pop(stream, None)
            self._listeners[stream].discard(listener)
            if not self._listeners[stream]:
                del self._listeners[stream]

    def forget(self, listener: Listener) -> None:
        self.remove(listener, self.of(listener))
        del self._streams[listener]

    def of(self, listener: Listener) -> list[str]:
        """The listener's streams, in the order it asked for them."""
        return list(self._streams[listener])

    def wanted(self, stream: str) -> bool:
        return stream in self._listeners

    def publish(self, frame: StreamFrame) -> None:
        """Both spellings are made once and shared by all listeners."""
        wrapped = f'{{"stream":"{frame.stream}","data":{frame.payload}}}'
        for listener in self._listeners.get(frame.stream, ()):
            listener.offer(wrapped if listener.wrapped else frame.payload)

    def publish_bare(self, stream: str, content: str | bytes) -> None:
        """To all who listen to the stream, as it is."""
        for listener in self._listeners.get(stream, ()):
            listener.offer(content)
