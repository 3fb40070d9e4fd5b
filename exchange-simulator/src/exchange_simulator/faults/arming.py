"""A script that was armed: when, and what the stack's clock said then."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Self

from exchange_simulator.faults.fault import Fault, placed
from exchange_simulator.faults.script import Script, read_script
from service_kit.clock import ClockState


@dataclass(frozen=True)
class Arming:
    """`told_from_ms` and `told_until_ms` bound, in event time, what its market faults may touch.

    Nothing that the exchange had told before the arming changes, and nothing after its end.
    """

    script: Script
    armed_at_ms: int
    clock: ClockState
    told_from_ms: int
    told_until_ms: int | None = None
    """None while it is armed."""

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        script = self.script
        entries = enumerate(script.entries)
        return tuple(placed(e, index, script.seed, self.armed_at_ms) for index, e in entries)

    def json(self) -> dict[str, object]:
        return {
            "script": self.script.json(),
            "armed_at_ms": self.armed_at_ms,
            "clock": asdict(self.clock),
            "told_from_ms": self.told_from_ms,
            "told_until_ms": self.told_until_ms,
        }

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Self:  # Any: JSON
        """Raises: KeyError, TypeError, ScriptError."""
        fields = dict(content)
        script, clock = read_script(fields.pop("script")), ClockState(**fields.pop("clock"))
        return cls(script=script, clock=clock, **fields)
