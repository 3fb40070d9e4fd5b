"""A frame on its way from the exchange to those who listen, while faults are at it."""

from dataclasses import dataclass, replace

import orjson

from exchange_simulator.faults.candle_kinds import Event


@dataclass(frozen=True, slots=True)
class Passing:
    """Its event as JSON; once it is spoilt as a text, `text` stands for it."""

    event: Event
    text: str | bytes | None = None
    held_back_seconds: float = 0.0

    @property
    def payload(self) -> str:
        return orjson.dumps(self.event).decode()

    def telling(self, event: Event) -> "Passing":
        return replace(self, event=event)

    def as_text(self, text: str | bytes) -> "Passing":
        return replace(self, text=text)
