"""Who listens to which stream, and the sending of one frame to all of them."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

FRAMES_IN_BACKLOG: Final = 2_048
"""A listener further behind than this is disconnected: some minutes of all streams at 120x."""


@dataclass(eq=False, slots=True)
class Listener:
    """One connection's outgoing side: frames wait here until its writer has sent them."""

    wrapped: bool
    """Whether frames come as `{"stream", "data"}`."""

    frames: asyncio.Queue[str] = field(default_factory=lambda: asyncio.Queue(FRAMES_IN_BACKLOG))
    too_slow: asyncio.Event = field(default_factory=asyncio.Event)

    def offer(self, frame: str) -> None:
        try:
            self.frames.put_nowait(frame)
        except asyncio.QueueFull:
            self.too_slow.set()


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

    def publish(self, stream: str, payload: str) -> None:
        """Both spellings are made once and shared by all listeners."""
        wrapped = f'{{"stream":"{stream}","data":{payload}}}'
        for listener in self._listeners.get(stream, ()):
            listener.offer(wrapped if listener.wrapped else payload)
