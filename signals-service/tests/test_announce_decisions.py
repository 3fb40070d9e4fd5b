from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, generate_latest

from decided_bar import HOURS, decided, gathered, window
from service_kit.clock import Clock
from service_kit.event_bus import EventBus
from service_kit.events import Event, RoomEventsHint, Stream
from service_kit.room import Room
from service_kit.room_event_store import RoomEventKind, RoomMessage
from service_kit.series import Series
from signals_service.announce_decisions import DecisionAnnouncer
from signals_service.gathered_inputs import Source
from signals_service.latest_signal import LatestSignals
from signals_service.signal_store import Stored
from signals_service.signals_metrics import SignalsMetrics
from trading_core.signal_state import SignalOrigin

TOLD = RoomMessage(Room(HOURS.symbol, HOURS.timeframe), RoomEventKind.NEW_SIGNAL, {})


@dataclass
class FakeBus(EventBus):
    hints_given: list[tuple[Stream, Event]] = field(default_factory=list)

    async def hint(self, stream: Stream, event: Event) -> bool:
        self.hints_given.append((stream, event))
        return True


@dataclass
class FakeLatest(LatestSignals):
    forgotten: list[Series] = field(default_factory=list)

    async def forget(self, series: Series) -> None:
        self.forgotten.append(series)


async def announced(stored: Stored) -> tuple[FakeBus, FakeLatest, str]:
    registry, bus, latest = CollectorRegistry(), FakeBus(), FakeLatest()
    clock = Clock(None, lambda: float(stored.row.closes_at_ms + 250))
    await DecisionAnnouncer(latest, bus, clock, SignalsMetrics(registry)).announce(stored)
    return bus, latest, generate_latest(registry).decode()


async def test_gateways_are_woken_once_for_what_the_room_was_told() -> None:
    row = decided(gathered(window()))
    bus, latest, metrics = await announced(Stored(row, (TOLD, TOLD)))
    assert bus.hints_given == [(Stream.ROOM_EVENTS, RoomEventsHint(rooms=("ETH/USDT_1h",)))]
    assert latest.forgotten == [HOURS]
    assert 'signals_decided_total{origin="live",timeframe="1h",type="HOLD"} 1.0' in metrics
    assert 'signals_close_to_commit_seconds_sum{timeframe="1h"} 0.25' in metrics


async def test_a_late_decision_is_counted_and_neither_timed_nor_hinted_at() -> None:
    late = decided(gathered(window(), {Source.VOLUME: "away"}), origin=SignalOrigin.LATE)
    bus, _, metrics = await announced(Stored(late, ()))
    assert bus.hints_given == []
    assert 'signals_decided_total{origin="late",timeframe="1h",type="HOLD"} 1.0' in metrics
    assert 'signals_degraded_total{source="volume"} 1.0' in metrics
    assert 'signals_close_to_commit_seconds_count{timeframe="1h"} 0.0' in metrics
