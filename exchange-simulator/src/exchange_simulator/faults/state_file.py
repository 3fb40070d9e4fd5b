"""What outlives the simulator: the scripts that were armed, and what the armed one has done."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import orjson

from exchange_simulator.faults.arming import Arming
from exchange_simulator.faults.fault import Tally
from exchange_simulator.faults.script import Script, ScriptError, read_script
from service_kit.clock import ClockState


@dataclass(frozen=True, slots=True)
class GivenScript:
    """The script that was given at the start, and the run of the clock in which it was armed."""

    script: Script
    clock: ClockState

    def json(self) -> dict[str, object]:
        return {"script": self.script.json(), "clock": asdict(self.clock)}

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Self:  # Any: JSON
        """Raises: KeyError, TypeError, ScriptError."""
        return cls(read_script(content["script"]), ClockState(**content["clock"]))


@dataclass(frozen=True, slots=True)
class FaultState:
    """`tallies` are of the arming that has not ended, the last one; by the fault's index."""

    armings: tuple[Arming, ...] = ()
    tallies: tuple[Tally, ...] = ()
    given: GivenScript | None = None

    def write(self, path: Path) -> None:
        """Replaces the file in one step, so that a reader never sees half of it."""
        content = {
            "armings": [arming.json() for arming in self.armings],
            "tallies": [asdict(tally) for tally in self.tallies],
            "given": self.given and self.given.json(),
        }
        draft = path.with_name(path.name + ".new")
        draft.write_bytes(orjson.dumps(content))
        draft.replace(path)


def read_state(path: Path) -> FaultState:
    """Nothing where there is no file yet.

    Raises:
        ScriptError: the file is not what `FaultState.write` writes.

    """
    if not path.exists():
        return FaultState()
    try:
        content = orjson.loads(path.read_bytes())
        return FaultState(
            tuple(Arming.read(arming) for arming in content["armings"]),
            tuple(Tally(**tally) for tally in content["tallies"]),
            GivenScript.read(content["given"]) if content.get("given") else None,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ScriptError(f"the fault state {path} cannot be read: {error}") from error
