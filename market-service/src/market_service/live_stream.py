"""Our own client of the exchange's stream: one connection for all series and prices.

Whatever ends or silences a connection leads to the next one; no frame can end the client.
"""

import asyncio
import random
from collections.abc import Callable, Iterable, Sequence
from typing import Final, Literal
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from market_service.connection_loss import kind_of_loss
from market_service.errors import InvalidFrameError
from market_service.fault_kind import FaultKind
from market_service.feed_monitor import FeedMonitor
from market_service.frames import KlineFrame, ShutdownNotice, TickerFrame, parse_frame
from market_service.reconnect_delay import reconnect_delay
from service_kit.clock import Clock
from service_kit.logging import get_logger
from service_kit.series import Series
from service_kit.settings import LOOPBACK_HOSTS

log = get_logger(__name__)

SILENCE_SECONDS: Final = 6.0
"""Without a good frame for so long a connection is dead."""
PONG_SECONDS: Final = 1.0
"""How long a dead connection is asked whether the other side is still there."""
OPEN_SECONDS: Final = 5.0
CLOSE_SECONDS: Final = 1.0

MarketFrame = KlineFrame | TickerFrame


class StreamEndedError(Exception):
    """The connection is of no use any more."""

    def __init__(self, kind: FaultKind, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind


def stream_path(series: Iterable[Series]) -> str:
    """`/stream?streams=…` for the klines of every series and the prices of every symbol."""
    wanted = tuple(series)
    klines = (f"{one.symbol.compact.lower()}@kline_{one.timeframe}" for one in wanted)
    tickers = {f"{one.symbol.compact.lower()}@miniTicker": None for one in wanted}
    return "/stream?streams=" + "/".join((*klines, *tickers))


class LiveStream:
    """Calls `receive` with every good frame of a wanted series; it must not wait for anything."""

    def __init__(
        self,
        urls: Sequence[str],
        series: Sequence[Series],
        receive: Callable[[MarketFrame], None],
        on_open: Callable[[], None],
        monitor: FeedMonitor,
        clock: Clock,
    ) -> None:
        self._urls = [url + stream_path(series) for url in urls]
        self._series = frozenset(series)
        self._symbols = frozenset(one.symbol for one in series)
        self._receive = receive
        self._on_open = on_open
        self._monitor = monitor
        self._clock = clock

    async def run(self) -> None:
        failures = 0
        while True:
            frames_before = self._monitor.frames
            try:
                await self._watch(self._urls[failures % len(self._urls)])
            except StreamEndedError as error:
                self._monitor.lost(error.kind, str(error))
            except (OSError, TimeoutError, WebSocketException) as error:
                reason = f"{type(error).__name__}: {error}"[:200]
                self._monitor.lost(kind_of_loss(error), reason)
            failures = 0 if self._monitor.frames > frames_before else failures + 1
            await asyncio.sleep(reconnect_delay(failures, random.random()))  # noqa: S311 - jitter

    async def _watch(self, url: str) -> None:
        async with connect(
            url,
            proxy=_proxy(url),
            compression=None,
            open_timeout=OPEN_SECONDS,
            close_timeout=CLOSE_SECONDS,
            ping_interval=None,  # silence is noticed sooner
        ) as socket:
            self._monitor.opened()
            self._on_open()
            log.info("feed_connected", host=urlsplit(url).netloc)
            try:
                await self._listen(socket)
            finally:
                self._monitor.closed()

    async def _listen(self, socket: ClientConnection) -> None:
        loop = asyncio.get_running_loop()
        silent_at = loop.time() + SILENCE_SECONDS
        while True:
            try:
                async with asyncio.timeout_at(silent_at):
                    message = await socket.recv()
            except TimeoutError:
                if not self._clock.ended:
                    raise await _silence(socket) from None
                silent_at = loop.time() + SILENCE_SECONDS
                continue
            if self._take(message):
                silent_at = loop.time() + SILENCE_SECONDS

    def _take(self, message: str | bytes) -> bool:
        """Whether it was a good frame. Raises StreamEndedError."""
        try:
            frame = parse_frame(message)
        except InvalidFrameError as error:
            self._monitor.dropped(error.reason)
            return False
        if isinstance(frame, ShutdownNotice):
            raise StreamEndedError(FaultKind.SERVER_SHUTDOWN, "the server announced its shutdown")
        if not self._is_wanted(frame):
            self._monitor.dropped(FaultKind.UNKNOWN_SERIES)
            return False
        self._monitor.received(frame)
        self._receive(frame)
        return True

    def _is_wanted(self, frame: MarketFrame) -> bool:
        if isinstance(frame, KlineFrame):
            return frame.candle.series in self._series
        return frame.symbol in self._symbols


async def _silence(socket: ClientConnection) -> StreamEndedError:
    """Whether the other side is gone, or there and says nothing."""
    silence = f"no good frame for {SILENCE_SECONDS:g} s"
    try:
        async with asyncio.timeout(PONG_SECONDS):
            await (await socket.ping())
    except (TimeoutError, WebSocketException):
        return StreamEndedError(FaultKind.HALF_OPEN, f"{silence}, and no answer to a ping")
    return StreamEndedError(FaultKind.SILENT_STREAM, silence)


def _proxy(url: str) -> Literal[True] | None:
    """The environment's proxy, except to this very machine."""
    return None if urlsplit(url).hostname in LOOPBACK_HOSTS else True
