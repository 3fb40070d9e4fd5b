"""Follow every live signal on closed 1m candles: to take-profit 1, the stop or its horizon.

Woken by the hint of a closed 1m candle, and every SWEEP_SECONDS, and at start. What was found is
stored, entered in `signal_events` and told to the room in one transaction. Each signal is followed
up to the first hole; a minute that the exchange never had is none.
"""

import asyncio
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import groupby
from typing import Final

from service_kit import candle_queries
from service_kit.background import run_together
from service_kit.database import Database, pooled_connection
from service_kit.errors import StoreUnavailableError
from service_kit.event_bus import EventBus
from service_kit.events import ClosedCandleHint, RoomEventsHint, Stream
from service_kit.logging import get_logger
from service_kit.room import Room
from service_kit.room_event_store import RoomEventKind, RoomMessage
from service_kit.series import Series
from signals_service.outcome_store import AT_ONCE, FollowedSignal, OutcomeStore
from signals_service.signal_event import SignalEvent
from signals_service.signal_outcome import outcome_events, progressed
from signals_service.signal_payload import signal_payload
from signals_service.signal_row import SignalRow
from signals_service.unbroken_candles import UnbrokenCandles, unbroken_candles
from trading_core.outcomes.follow import follow_all
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

log = get_logger(__name__)

SWEEP_SECONDS: Final = 5.0


class OutcomeFollower:
    """`run` goes on for as long as the service does."""

    def __init__(
        self, database: Database, store: OutcomeStore, bus: EventBus, symbols: Sequence[Symbol]
    ) -> None:
        self._database = database
        self._store = store
        self._bus = bus
        self._woken = {symbol.compact: asyncio.Event() for symbol in symbols}
        self._symbols = tuple(symbols)

    async def run(self) -> None:
        follows = {f"follow {one}": partial(self._keep_following, one) for one in self._symbols}
        await run_together({"hear_closed_candles": self._listen, **follows})

    async def follow(self, symbol: Symbol) -> int:
        """Every signal of the market up to the newest closed candle; how many got further.

        Raises StoreUnavailableError.
        """
        async with pooled_connection(self._database) as connection:
            until_ms = await candle_queries.closed_until(connection, symbol, Timeframe.M1)
        total, further = 0, AT_ONCE
        while until_ms is not None and further == AT_ONCE:
            further = await self._follow_some(symbol, until_ms)
            total += further
        return total

    async def _follow_some(self, symbol: Symbol, until_ms: int) -> int:
        async with self._store.claim(symbol, until_ms) as claim:
            if not claim.signals:
                return 0
            since_ms = min(one.progress.followed_until_ms for one in claim.signals)
            series = Series(symbol, Timeframe.M1)
            minutes = await unbroken_candles(self._database, series, since_ms, until_ms)
            rows = await asyncio.to_thread(_followed_rows, claim.signals, minutes)
            pairs = [(one.row, row) for one, row in zip(claim.signals, rows, strict=True)]
            events = [event for pair in pairs for event in outcome_events(*pair)]
            messages = _messages(rows, events)
            further = [now for before, now in pairs if now != before]
            await claim.save(further, events, messages)
        await self._tell(messages)
        return len(further)

    async def _tell(self, messages: Iterable[RoomMessage]) -> None:
        rooms = tuple(sorted({message.room.name for message in messages}))
        if rooms:
            await self._bus.hint(Stream.ROOM_EVENTS, RoomEventsHint(rooms=rooms))

    async def _listen(self) -> None:
        async for message in self._bus.hints(Stream.CANDLES_CLOSED):
            hint = ClosedCandleHint.model_validate_json(message)
            woken = self._woken.get(hint.symbol)
            if hint.timeframe is Timeframe.M1 and woken is not None:
                woken.set()

    async def _keep_following(self, symbol: Symbol) -> None:
        woken = self._woken[symbol.compact]
        while True:
            woken.clear()
            try:
                await self.follow(symbol)
            except StoreUnavailableError as error:
                log.warning("outcomes_wait", symbol=symbol.compact, reason=error.message)
            try:
                async with asyncio.timeout(SWEEP_SECONDS):
                    await woken.wait()
            except TimeoutError:
                continue


def _followed_rows(signals: Sequence[FollowedSignal], minutes: UnbrokenCandles) -> list[SignalRow]:
    """In the order given; those that start together share one walk over the candles."""
    rows: dict[int, SignalRow] = {}
    by_start = sorted(range(len(signals)), key=lambda at: signals[at].progress.followed_until_ms)
    for start_ms, group in groupby(by_start, lambda at: signals[at].progress.followed_until_ms):
        places = list(group)
        progresses = [signals[at].progress for at in places]
        for at, progress in zip(
            places, follow_all(progresses, minutes.after(start_ms)), strict=True
        ):
            rows[at] = progressed(signals[at].row, progress)
    return [rows[at] for at in range(len(signals))]


def _messages(rows: Iterable[SignalRow], events: Iterable[SignalEvent]) -> list[RoomMessage]:
    """One `signal_update` for each signal to which something happened."""
    changed = {event.signal_id for event in events}
    return [
        RoomMessage(
            Room(row.symbol, row.timeframe), RoomEventKind.SIGNAL_UPDATE, signal_payload(row)
        )
        for row in rows
        if row.id in changed
    ]
