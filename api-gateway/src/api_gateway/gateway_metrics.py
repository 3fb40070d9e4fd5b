"""What the gateway counts."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Protocol, Self

from prometheus_client import CollectorRegistry, Counter, Gauge

from api_gateway.engine_socket import CutOff
from api_gateway.guard_origin import Refusal
from service_kit.room_event_store import RoomEventKind

TRANSPORTS = ("polling", "websocket", "wire")
EVENTS = (*RoomEventKind, "price_update", "feed_state", "snapshot", "connected")
REFUSALS = (
    *(one.name.lower() for one in Refusal),
    "too_many_sockets",
    "too_many_messages",
)


class Watched(Protocol):
    """What is measured of a socket when somebody looks."""

    @property
    def transport_name(self) -> str: ...
    @property
    def waiting_bytes(self) -> int: ...


@dataclass(frozen=True, slots=True)
class GatewayMetrics:
    sockets: Gauge
    waiting_bytes: Gauge
    longest_wait_bytes: Gauge
    rooms: Gauge
    messages: Counter
    pictures_dropped: Counter
    cut_offs: Counter
    unreadable: Counter
    forwards: Counter
    refusals: Counter

    @classmethod
    def register(cls, registry: CollectorRegistry) -> Self:
        def counter(name: str, sentence: str, *labels: str) -> Counter:
            return Counter(name, sentence, labels, registry=registry)

        def gauge(name: str, sentence: str, *labels: str) -> Gauge:
            return Gauge(name, sentence, labels, registry=registry)

        metrics = cls(
            sockets=gauge("sockets_connected", "Sockets that are connected.", "transport"),
            waiting_bytes=gauge(
                "sockets_waiting_bytes", "What waits for all sockets, shared frames counted each."
            ),
            longest_wait_bytes=gauge(
                "socket_waiting_bytes_max", "What waits for the socket for which most does."
            ),
            rooms=gauge("rooms_open", "Rooms that somebody is in."),
            messages=counter("socket_messages_total", "Messages sent, one a socket.", "event"),
            pictures_dropped=counter(
                "pictures_dropped_total",
                "Pictures that a slow socket did not get: a newer one, or the event, went instead.",
                "reason",
            ),
            cut_offs=counter("sockets_cut_off_total", "Sockets that were cut off.", "reason"),
            unreadable=counter(
                "unreadable_input_total", "Messages that could not be read.", "origin"
            ),
            forwards=counter(
                "forwarded_requests_total",
                "Requests passed on, by what came of them.",
                "sibling",
                "outcome",
            ),
            refusals=counter("refused_requests_total", "Turned away at the door.", "reason"),
        )
        metrics._begin_at_zero()
        return metrics

    def _begin_at_zero(self) -> None:
        """Whatever can be counted is there before it happens."""
        for counter, labels in (
            (self.messages, EVENTS),
            (self.pictures_dropped, ("replaced", "outdated")),
            (self.cut_offs, CutOff),
            (self.unreadable, ("redis", "socket")),
            (self.refusals, REFUSALS),
        ):
            for label in labels:
                counter.labels(label)

    def watch_sockets(self, sockets: Callable[[], Collection[Watched]]) -> None:
        """Nothing is counted while deliveries are made: it is looked when somebody asks."""

        def count(transport: str) -> Callable[[], float]:
            return lambda: sum(one.transport_name == transport for one in sockets())

        for transport in TRANSPORTS:
            self.sockets.labels(transport).set_function(count(transport))
        self.waiting_bytes.set_function(lambda: sum(one.waiting_bytes for one in sockets()))
        self.longest_wait_bytes.set_function(
            lambda: max((one.waiting_bytes for one in sockets()), default=0)
        )
