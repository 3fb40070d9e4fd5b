"""What the gateway counts."""

from dataclasses import dataclass
from typing import Self

from prometheus_client import CollectorRegistry, Counter, Gauge


@dataclass(frozen=True, slots=True)
class GatewayMetrics:
    sockets: Gauge
    rooms: Gauge
    messages: Counter
    cut_off: Counter
    dropped: Counter
    forwards: Counter
    refusals: Counter

    @classmethod
    def register(cls, registry: CollectorRegistry) -> Self:
        return cls(
            sockets=Gauge("sockets_connected", "Sockets that are connected.", registry=registry),
            rooms=Gauge("rooms_open", "Rooms that somebody is in.", registry=registry),
            messages=Counter(
                "socket_messages_total",
                "Messages sent, one a socket.",
                ("event",),
                registry=registry,
            ),
            cut_off=Counter(
                "sockets_cut_off_total", "Sockets that were too slow.", registry=registry
            ),
            dropped=Counter(
                "dropped_total", "Input that could not be read.", ("origin",), registry=registry
            ),
            forwards=Counter(
                "forwarded_requests_total",
                "Requests passed on, by what came of them.",
                ("sibling", "outcome"),
                registry=registry,
            ),
            refusals=Counter(
                "refused_requests_total", "Turned away at the door.", ("reason",), registry=registry
            ),
        )
